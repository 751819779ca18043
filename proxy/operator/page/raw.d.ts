/** A file as text, by Vite (https://vite.dev/guide/assets#importing-asset-as-string). */
declare module "*?raw" {
  const text: string;
  export default text;
}
