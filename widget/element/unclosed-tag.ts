/**
 * Owns the test whether `<lead-form />` has swallowed the rest of its page. Must not change the
 * page.
 */

/** What no fallback has a use for. Where one of these stands inside, what is inside must not vanish. */
export const REST_OF_PAGE =
  ":is(main,header,footer,nav,section,article,h1,script):not([slot],[slot] *)";
