/**
 * Owns an archive that any `tar` unpacks (POSIX ustar), compressed. Must not name a user, a machine or another time
 * than the one it is given: the same files make the same bytes.
 */
import { constants, gzipSync } from "node:zlib";

export interface TarEntry {
  /** Without a slash at its begin. Folders are made by who unpacks. */
  path: string;
  content: Uint8Array;
}

const BLOCK = 512;
/** Of a name. Longer ones would be cut. */
const MAX_PATH = 100;
/** rw-r--r-- */
const MODE = 0o644;

const octal = (value: number, length: number): string =>
  `${value.toString(8).padStart(length - 1, "0")}\0`;

const padded = (text: string, length: number): string => text.padEnd(length, "\0");

const header = ({ path, content }: TarEntry, seconds: number): Buffer => {
  if (Buffer.byteLength(path) > MAX_PATH) throw new Error(`${path} is too long for an archive.`);
  const [before, after] = [
    padded(path, MAX_PATH) +
      octal(MODE, 8) +
      octal(0, 8).repeat(2) +
      octal(content.length, 12) +
      octal(seconds, 12),
    `0${padded("", 100)}ustar\0${"00"}${padded("root", 32).repeat(2)}${octal(0, 8).repeat(2)}`,
  ];
  // The sum counts its own place as eight spaces.
  const sum = [...Buffer.from(before + " ".repeat(8) + after, "latin1")].reduce((a, b) => a + b, 0);
  const block = Buffer.alloc(BLOCK);
  block.write(`${before}${octal(sum, 7)} ${after}`, "latin1");
  return block;
};

/** @param seconds since 1970, the time of every file */
export const packTar = (entries: readonly TarEntry[], seconds: number): Buffer => {
  const blocks = entries
    .toSorted(({ path: one }, { path: other }) => (one < other ? -1 : 1))
    .flatMap((entry) => {
      const rest = -entry.content.length & (BLOCK - 1);
      return [header(entry, seconds), entry.content, Buffer.alloc(rest)];
    });
  const tar = Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
  return gzipSync(tar, { level: constants.Z_BEST_COMPRESSION });
};
