/** Owns pauses. Must not be the only end of what they stand beside. */

/** @param ms none: until the page has had its turn */
export const pause = (ms?: number): Promise<unknown> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds without a key: a typist who is not done is faster. */
const TYPING_MS = 150;

/** One for the page: a visitor types into one form at a time. */
let typing: ReturnType<typeof setTimeout> | undefined;

/** Runs the last of many, once no other follows. */
export const afterTyping = (run: () => void): void => {
  clearTimeout(typing);
  typing = setTimeout(run, TYPING_MS);
};
