/**
 * Owns the registry: one line for each vendor. Must not be read but with `Object.hasOwn`: a
 * namespace may inherit `toString`.
 */
export { sakneen } from "./sakneen.ts";
export { brainysoft } from "./brainysoft.ts";
