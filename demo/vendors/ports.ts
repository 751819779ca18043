/** Owns the default ports of the simulated vendors. Must not import anything. */
export const VENDOR_PORTS = { sakneen: 8791, brainysoft: 8792 } as const;
