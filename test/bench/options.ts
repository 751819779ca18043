/** Owns the options of the benchmarks' command lines. Must not know one of them. */

/** The word after a flag; undefined where the flag is missing. */
export const optionOf = (
  flag: string,
  args: readonly string[] = process.argv,
): string | undefined => {
  const at = args.indexOf(flag);
  return at < 0 ? undefined : args[at + 1];
};
