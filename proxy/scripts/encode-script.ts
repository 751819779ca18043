/**
 * Owns the encodings and the hash of a built script, and the place of its origin. Must not run in a server: the best
 * compression takes too long there.
 */
import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { endingOf, tailFor } from "../http/script-origin.ts";
import type { Bytes, Encoding } from "../http/script-origin.ts";

/** What the origin is called inside. No minifier draws it so soon, and the build stops if one did. */
const NAME = "$0";

/** The variables without a value, then the one whose value is the origin. */
const FIRST = /^var ((?:[\w$]+,)*)([\w$]+)=\$0,/;

const HEAD = ";(function(){";
const TAIL = "})();";

/**
 * Hands the origin in from the end, where a server finds it. Inside, the whole literal alone is meant: not another
 * string that begins with it.
 */
export const endWithOrigin = (code: string, origin: string): string => {
  const text = code.trimEnd();
  if (!text.startsWith(HEAD) || !text.endsWith(TAIL) || text.includes(NAME))
    throw new Error("The script has another shape: its origin cannot be put at its end.");
  const inside = text.slice(HEAD.length, -TAIL.length).replaceAll(JSON.stringify(origin), NAME);
  if (!inside.includes(NAME)) throw new Error("The script does not hold its origin.");
  // Where the first value alone is the origin, that is the argument: a few bytes less.
  const [first = "", empty = "", own = ""] = FIRST.exec(inside) ?? [];
  return first && !inside.includes(NAME, first.length)
    ? `;(function(${own}){var ${empty}${inside.slice(first.length)}})(${tailFor(origin)}`
    : `;(function(${NAME}){${inside}})(${tailFor(origin)}`;
};

/**
 * How brotli writes distances (RFC 7932, 4): the smallest result is taken. By the hash of a build alone any of them is
 * larger by up to 40 bytes, and seldom all.
 */
const DISTANCES = [
  [0, 0],
  [0, 4],
  [1, 4],
  [1, 5],
  [2, 0],
  [2, 1],
  [3, 4],
] as const;

const toBrotli = (content: Bytes, finishFlush: number): Bytes => {
  const [smallest = content] = DISTANCES.map(([postfix, direct]) =>
    brotliCompressSync(content, {
      finishFlush,
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        [constants.BROTLI_PARAM_NDIRECT]: direct << postfix,
      },
    }),
  ).toSorted((one, other) => one.length - other.length);
  return smallest;
};

const toGzip = (content: Bytes, finishFlush: number): Bytes =>
  gzipSync(content, { level: constants.Z_BEST_COMPRESSION, finishFlush });

/** A built script as a server of that origin hands it out. */
export const withOrigin = (code: string, origin: string): string =>
  code.replace(/`[^`]*`\);$/, () => tailFor(origin));

/** As a tag pins it (SRI). */
export const integrityOf = (content: Uint8Array): string =>
  `sha384-${createHash("sha384").update(content).digest("base64")}`;

/** Smallest at the best setting: made here once, not for each browser. */
export const encodeScript = (whole: Bytes, origin: string): Record<Encoding, Bytes> => {
  const tail = tailFor(origin);
  const kept = whole.length - Buffer.byteLength(tail);
  if (Buffer.from(whole.subarray(kept)).toString() !== tail)
    return {
      identity: whole,
      br: toBrotli(whole, constants.BROTLI_OPERATION_FINISH),
      gzip: toGzip(whole, constants.Z_FINISH),
    };
  const head = whole.subarray(0, kept);
  const ended = (encoding: Encoding, encoded: Bytes): Bytes =>
    Buffer.concat([encoded, endingOf(encoding, tail, whole)]);
  return {
    identity: whole,
    br: ended("br", toBrotli(head, constants.BROTLI_OPERATION_FLUSH)),
    gzip: ended("gzip", toGzip(head, constants.Z_SYNC_FLUSH)),
  };
};
