/**
 * Owns the signature of a message, after the Standard Webhooks specification (1.0.0, "Signature scheme").
 * Must not know what a message says.
 *
 * The specification's own library brings a SHA-256 of its own, and is 4.4 kB (gzip) of the Worker; the platform
 * has one, and this is 0.3. A test has the library verify what is signed here.
 */
import { fromBase64 } from "./config/ledger-keys.ts";

const PREFIX = "whsec_";
const HMAC = { name: "HMAC", hash: "SHA-256" };

export interface Message {
  id: string;
  /** Whole seconds since the epoch. */
  timestamp: number;
  body: string;
}

/** @returns what a message's header `webhook-signature` says */
export type Sign = (message: Message) => Promise<string>;

/**
 * Throws on a secret that cannot sign.
 * @param secret base64, with or without `whsec_` before it
 */
export const createSigner = (secret: string): Sign => {
  const bytes = fromBase64(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  if (bytes.length === 0) throw new RangeError("A key of no bytes signs nothing");
  let key: Promise<CryptoKey> | undefined;
  return async ({ id, timestamp, body }) => {
    key ??= crypto.subtle.importKey("raw", bytes, HMAC, false, ["sign"]);
    const text = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
    const signature = new Uint8Array(await crypto.subtle.sign("HMAC", await key, text));
    return `v1,${btoa(String.fromCharCode(...signature))}`;
  };
};
