/**
 * Owns the lengths of what a pattern of a numbering plan matches. Must not know more of regular expressions
 * than those patterns use: digits, classes, groups, alternatives and counts.
 */

/** An element with its count: `\d{2,9}`, `[1-4]`, `(?:`, `)`, `|`, `7`. */
const TOKEN = /(\(\?:|\(|\)|\||\[[^\]]*\]|\\d|\d)(?:\{(\d+)(?:,(\d+))?\}|(\?))?/y;

/** No national number is longer, so no length is of interest. */
const LONGEST = 20;

type Lengths = ReadonlySet<number>;

const sums = (some: Lengths, others: Lengths): Lengths =>
  new Set(
    [...some].flatMap((a) => [...others].map((b) => a + b)).filter((length) => length <= LONGEST),
  );

const repeat = (lengths: Lengths, least: number, most: number): Lengths => {
  let all: Lengths = new Set([0]);
  const found = new Set<number>();
  for (let count = 0; count <= most; count++) {
    if (count >= least) all.forEach((length) => found.add(length));
    all = sums(all, lengths);
  }
  return found;
};

/** @throws where a pattern holds anything else: a new release of the library may */
export const lengthsOf = (pattern: string): Lengths => {
  let at = 0;
  const readAlternatives = (): Lengths => {
    const found = new Set<number>();
    let current: Lengths = new Set([0]);
    for (;;) {
      TOKEN.lastIndex = at;
      const [token, element = ")"] = TOKEN.exec(pattern) ?? [];
      if (token === undefined && at < pattern.length) throw new Error(`unknown in ${pattern}`);
      if (element === ")") {
        current.forEach((length) => found.add(length));
        return found;
      }
      at += token!.length;
      if (element === "|") {
        current.forEach((length) => found.add(length));
        current = new Set([0]);
        continue;
      }
      let inner: Lengths = new Set([1]);
      let counted = token!.slice(element.length);
      if (element.startsWith("(")) {
        inner = readAlternatives();
        TOKEN.lastIndex = at;
        const [close = ")"] = TOKEN.exec(pattern) ?? [];
        at += close.length;
        counted = close.slice(1);
      }
      const [least = "1", most = least] = counted.match(/\d+/g) ?? (counted ? ["0", "1"] : []);
      current = sums(current, repeat(inner, Number(least), Number(most)));
    }
  };
  return readAlternatives();
};
