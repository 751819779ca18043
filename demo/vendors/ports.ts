/** Names where the simulated vendors are found unless told otherwise. Imports nothing. */
export const VENDOR_PORTS = { sakneen: 8791, brainysoft: 8792 } as const;
