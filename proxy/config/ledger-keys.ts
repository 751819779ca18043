/** Owns the reading of the setting `LEDGER_KEYS`. Must not use a key. */
import { isRecord } from "../shared/is-record.ts";

/** AES-256 and HMAC-SHA-256 are both derived from a secret of this length. */
const KEY_BYTES = 32;

/** Throws on text that is not base64. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // Not `Uint8Array.from`, which takes fifteen times as long: an export opens 20,000 boxes a second.
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

/** The keys of `LEDGER_KEYS` by id, the last one first, or the problem with the setting. */
export const readLedgerKeys = (
  text: string | undefined,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> | string => {
  if (!text) return "is missing";
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed)) return "must be an object of keys by id";
    const entries = Object.entries(parsed).map(
      ([id, key]) => [id, fromBase64(String(key))] as const,
    );
    if (entries.length === 0) return "holds no key";
    // JavaScript moves such names to the front, and the last key is the one that seals.
    if (entries.some(([id]) => /^\d+$/.test(id))) return "must not name a key by a number";
    return entries.every(([, key]) => key.byteLength === KEY_BYTES)
      ? new Map(entries.reverse())
      : "must hold keys of 32 bytes in base64";
  } catch {
    return "must be JSON with keys in base64";
  }
};
