/**
 * Owns the end of a script, where its origin stands, in each encoding. Must not compress: what comes before is the
 * same for every origin, and is taken as the build made it.
 */

/** The smallest first. */
export const ENCODINGS = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export type Bytes = Uint8Array<ArrayBuffer>;

export const toBytes = (text: string): Bytes => Uint8Array.from(new TextEncoder().encode(text));

/**
 * The last that a script says: what it calls itself with. An origin of the settings holds no character that ends
 * a template.
 */
export const tailFor = (origin: string): string => `\`${origin}\`);`;

const littleEndian = (value: number, length: number): number[] =>
  Array.from({ length }, (_, place) => (value >>> (8 * place)) & 0xff);

const makeCrcTable = (): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
    return rest;
  });

/** Of gzip (RFC 1952, 8). A Worker has no zlib. */
const crc32 = (content: Bytes): number => {
  const table = makeCrcTable();
  return ~content.reduce((crc, byte) => (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0), ~0);
};

const ENDINGS: Readonly<Record<Encoding, (tail: Bytes, whole: Bytes) => readonly number[]>> = {
  identity: (tail) => [...tail],
  /**
   * A block that is not compressed, and an empty last one (RFC 7932, 9.2). From its lowest bit: not the last,
   * 16 bits of length, the length less one, not compressed.
   */
  br: (tail) => [...littleEndian(((tail.length - 1) << 3) | (1 << 19), 3), ...tail, 0b11],
  /** A last block that is not compressed (RFC 1951, 3.2.4), then the sum and the length of all (RFC 1952). */
  gzip: (tail, whole) => [
    1,
    ...littleEndian(tail.length, 2),
    ...littleEndian(~tail.length, 2),
    ...tail,
    ...littleEndian(crc32(whole), 4),
    ...littleEndian(whole.length, 4),
  ],
};

/** @param whole the script that ends with the tail, as it is without an encoding */
export const endingOf = (encoding: Encoding, tail: string, whole: Bytes): Bytes =>
  Uint8Array.from(ENDINGS[encoding](toBytes(tail), whole));

/** @returns the content with the other ending, or undefined where it does not end so */
export const replaceEnding = (content: Bytes, from: Bytes, to: Bytes): Bytes | undefined => {
  const kept = content.length - from.length;
  if (kept < 0 || !from.every((byte, place) => content[kept + place] === byte)) return undefined;
  const replaced = new Uint8Array(kept + to.length);
  replaced.set(content.subarray(0, kept));
  replaced.set(to, kept);
  return replaced;
};
