/** Owns the registry: a new vendor is one line here. Look up with `Object.hasOwn` only. */
export { sakneen } from "./sakneen.ts";
export { brainysoft } from "./brainysoft.ts";
