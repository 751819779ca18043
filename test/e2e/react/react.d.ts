/** Owns the few types of React that the test's app needs. Must not grow: React's own are a dependency more. */
declare module "react" {
  export type Node = object | string | false | null;
  export const createElement: (
    type: (() => Node) | string,
    props?: Readonly<Record<string, unknown>> | null,
    ...children: readonly Node[]
  ) => Node;
  export const useEffect: (effect: () => (() => void) | void, inputs: readonly unknown[]) => void;
  export const useRef: <Value>(value: Value | null) => { current: Value | null };
  export const useState: <Value>(value: Value) => [Value, (next: Value) => void];
}
declare module "react-dom/server" {
  export const renderToString: (node: import("react").Node) => string;
}
declare module "react-dom/client" {
  type Node = import("react").Node;
  type Options = { onRecoverableError: (error: unknown) => void };
  export const createRoot: (container: Element) => { render: (node: Node) => void };
  export const hydrateRoot: (container: Element, node: Node, options: Options) => void;
}
