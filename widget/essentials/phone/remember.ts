/** Owns the last results of a pure function of texts. Must not grow: a field may be typed in for hours. */

export interface Remembered<Args extends readonly string[], Result> {
  (...args: Args): Result;
  /** For when the same texts would give another result. */
  forget(): void;
}

/** @param limit results; past it all are forgotten, which costs one call each */
export const remember = <Args extends readonly string[], Result>(
  compute: (...args: Args) => Result,
  limit: number,
): Remembered<Args, Result> => {
  const results = new Map<string, Result>();
  const recall = (...args: Args): Result => {
    const key = JSON.stringify(args);
    if (!results.has(key)) {
      if (results.size >= limit) results.clear();
      results.set(key, compute(...args));
    }
    return results.get(key)!;
  };
  return Object.assign(recall, { forget: () => results.clear() });
};
