/** Owns an order that a seed decides: the same seed gives the same order. Must not touch a page or a file. */

/** Mulberry32: 32 bits of state are enough to order some hundred tests. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** Fisher-Yates. @returns a new list */
export const shuffle = <Item>(items: readonly Item[], seed: number): Item[] => {
  const random = randomOf(seed);
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
};
