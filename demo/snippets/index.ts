/** Owns the list of snippets, as the playground and pages about other hosts take them. Must not touch the DOM. */
import { div, hosted, link } from "./builders.ts";
import { npm, react, svelte, vue } from "./frameworks.ts";
import { fast, gtm, script } from "./pages.ts";
import { block, shortcode } from "./wordpress.ts";
import type { Kind } from "./form.ts";

export type { Form, Kind } from "./form.ts";
export { qrCode } from "./qr.ts";

/** In the order of the playground: the first is the one that most pages need. */
export const SNIPPETS = {
  script,
  fast,
  shortcode,
  block,
  div,
  link,
  gtm,
  react,
  vue,
  svelte,
  npm,
  hosted,
} as const satisfies Readonly<Record<string, Kind>>;

export type SnippetName = keyof typeof SNIPPETS;

export const isSnippetName = (name: string | undefined): name is SnippetName =>
  name !== undefined && Object.hasOwn(SNIPPETS, name);
