/**
 * Owns the type of a file that Vite imports as text
 * (https://vite.dev/guide/assets#importing-asset-as-string). Must not hold a value.
 */
declare module "*?raw" {
  const text: string;
  export default text;
}
