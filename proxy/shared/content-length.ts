/** Owns the length that a message announces. Must not be asked of a body that is encoded on its way. */

/** Whether a body ends within so many bytes by its own word, which HTTP holds it to (RFC 9112, 6.3). */
export const isShort = (headers: Headers, most: number): boolean => {
  const length = headers.get("content-length");
  return length !== null && /^\d{1,9}$/.test(length) && Number(length) <= most;
};
