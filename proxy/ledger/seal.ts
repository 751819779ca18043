/**
 * Owns the secrecy of stored leads: AES-256-GCM for the payload, HMAC-SHA-256 for values to
 * compare. Must not hash a phone number without a key: that is reversible.
 */
import { fromBase64 } from "../config/ledger-keys.ts";

export interface Keyring {
  /** Newest first; the first seals, all open. */
  ids: readonly string[];
  encryption: ReadonlyMap<string, CryptoKey>;
  mac: ReadonlyMap<string, CryptoKey>;
}

const IV_BYTES = 12;

/** Bytes that one call takes as its arguments. */
const CHUNK = 8_192;
const toBase64 = (bytes: Uint8Array & { toBase64?: () => string }): string => {
  // Node 24 has none.
  if (bytes.toBase64) return bytes.toBase64();
  let text = "";
  for (let from = 0; from < bytes.length; from += CHUNK)
    text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(text);
};
const encoder = new TextEncoder();
const utf8 = (text: string): Uint8Array<ArrayBuffer> =>
  encoder.encode(text) as Uint8Array<ArrayBuffer>;

/** RFC 5869: one secret, two keys that reveal nothing of each other. */
const derive = async (
  secret: Uint8Array<ArrayBuffer>,
  purpose: "seal" | "mac",
): Promise<CryptoKey> => {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const hkdf = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: utf8(`lead-form ${purpose}`),
  };
  return purpose === "seal"
    ? crypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, [
        "encrypt",
        "decrypt",
      ])
    : crypto.subtle.deriveKey(hkdf, base, { name: "HMAC", hash: "SHA-256", length: 256 }, false, [
        "sign",
      ]);
};

export const createKeyring = async (
  keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Keyring> => {
  const ids = [...keys.keys()];
  const all = async (purpose: "seal" | "mac") =>
    new Map(
      await Promise.all(
        [...keys].map(async ([id, key]) => [id, await derive(key, purpose)] as const),
      ),
    );
  return { ids, encryption: await all("seal"), mac: await all("mac") };
};

export interface Box {
  keyId: string;
  /** Base64 of IV and ciphertext. */
  box: string;
}

/** A box as one text: base64 holds no dot. */
export const toText = ({ keyId, box }: Box): string => `${box}.${keyId}`;
export const fromText = (text: string): Box => {
  const [box = "", ...keyId] = text.split(".");
  return { box, keyId: keyId.join(".") };
};

/** A row has three boxes: the lead, what stays of it, and the vendor's own id. */
type Part = "lead" | "kept" | "ref";

/** Bound to its row and column: a box moved to another id, target or column does not open. */
const boundTo = (id: string, target: string, part: Part): Uint8Array<ArrayBuffer> =>
  utf8(part === "lead" ? `${id}|${target}` : `${id}|${target}|${part}`);

export const seal = async (
  { ids, encryption }: Keyring,
  id: string,
  target: string,
  text: string,
  part: Part = "lead",
): Promise<Box> => {
  const keyId = ids[0] ?? "";
  const key = encryption.get(keyId);
  if (!key) throw new Error("The keyring is empty.");
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const algorithm = { name: "AES-GCM", iv, additionalData: boundTo(id, target, part) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, utf8(text)));
  const bytes = new Uint8Array(IV_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(sealed, IV_BYTES);
  return { keyId, box: toBase64(bytes) };
};

/** Undefined if the key is missing or the box was changed: then its content is unknown. */
export const open = async (
  { encryption }: Keyring,
  id: string,
  target: string,
  { keyId, box }: Box,
  part: Part = "lead",
): Promise<string | undefined> => {
  const key = encryption.get(keyId);
  if (!key) return undefined;
  try {
    const bytes = fromBase64(box);
    const algorithm = {
      name: "AES-GCM",
      iv: bytes.subarray(0, IV_BYTES),
      additionalData: boundTo(id, target, part),
    };
    const text = await crypto.subtle.decrypt(algorithm, key, bytes.subarray(IV_BYTES));
    return new TextDecoder().decode(text);
  } catch {
    return undefined;
  }
};

/** A keyed hash under every key, newest first: store the first, look for all. */
export const hashes = async (
  { ids, mac }: Keyring,
  purpose: string,
  text: string,
): Promise<string[]> =>
  Promise.all(
    ids.map(async (id) => {
      const key = mac.get(id);
      if (!key) throw new Error("The keyring lacks a key.");
      return toBase64(
        new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(`${purpose}|${text}`))),
      );
    }),
  );
