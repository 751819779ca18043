/**
 * Owns the shape of a listed defence, and what becomes of its file without it. Must not read or write a
 * file.
 */

export interface Defence {
  /** What is held, as a noun. */
  name: string;
  file: string;
  /** Occurs once in the file. */
  text: string;
  becomes: string;
  /** Test files of which one must be red without it; those of `test/unit/` take a second, the others a build. */
  tests: readonly string[];
}

/** The file without the defence, or how often its text was found instead of once. */
export const without = (
  { text, becomes }: Pick<Defence, "text" | "becomes">,
  source: string,
): string | { found: number } => {
  const parts = source.split(text);
  return parts.length === 2 ? parts.join(becomes) : { found: parts.length - 1 };
};

/** Other tests than those of pure modules test what is built, or need its pages. */
export const needsBuild = ({ tests }: Pick<Defence, "tests">): boolean =>
  tests.some((file) => !file.startsWith("test/unit/"));
