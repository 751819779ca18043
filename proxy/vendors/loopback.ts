/** Owns the names of the machine itself. Must not resolve a name. */

/** @param hostname as `URL` writes it: small letters, an IPv6 address in brackets */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
