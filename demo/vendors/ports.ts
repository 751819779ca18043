/** Owns the default ports of the simulated vendors and of the receiver of alerts. Must not import anything. */
export const VENDOR_PORTS = { sakneen: 8791, brainysoft: 8792 } as const;

/** Where the demo receives its alerts. */
export const RECEIVER_PORT = 8793;
