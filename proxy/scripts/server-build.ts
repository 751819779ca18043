/**
 * Owns the steps of the build for code that runs on a server: it is smaller for them, and starts sooner. Must not
 * change what that code answers.
 */
import { join } from "node:path";
import type { Plugin } from "vite";
import { SHEETS } from "../../widget/print/index.ts";
import { DEFAULT_THEME, THEMES } from "../shared/themes.ts";

const isServer: NonNullable<Plugin["applyToEnvironment"]> = ({ config }) =>
  config.consumer === "server";

interface StandIn {
  /** The end of what is imported, and where. */
  id: RegExp;
  by: RegExp;
  /** A file of `widget/print/`. */
  file: string;
}

/** Where a server prints the form, its modules find others of the same shape. */
const STAND_INS: readonly StandIn[] = [
  // The texts of the proxy's own pages: packed ones would be there besides.
  {
    id: /^\.\/(?:unpack|catalogs\.generated)\.ts$/,
    by: /\/widget\/i18n\/localize\.ts$/,
    file: "texts.ts",
  },
  // No part of the form is loaded there.
  { id: /^\.\/lazy-part\.ts$/, by: /\/widget\/lazy\//, file: "lazy-part.ts" },
  // Reading a body and mounting another framework: methods of Hono's classes that nothing calls.
  {
    id: /\/(?:utils\/(?:body|mount)|helper\/route\/index)\.js$/,
    by: /\/hono\/dist\//,
    file: "uncalled.ts",
  },
];

const standIns = (): Plugin => ({
  name: "stand-ins",
  enforce: "pre",
  applyToEnvironment: isServer,
  resolveId: {
    filter: { id: STAND_INS.map(({ id }) => id) },
    handler: (wanted, importer = "") => {
      const found = STAND_INS.find(({ id, by }) => id.test(wanted) && by.test(importer));
      return found && join(import.meta.dirname, "../../widget/print", found.file);
    },
  },
});

/** Colours stand in the sheets of other pages, too: once is enough. */
const COLOURS: readonly (readonly [name: string, css: string])[] = [
  ["DEFAULT_THEME", DEFAULT_THEME],
  ...Object.entries(THEMES).map(([name, css]) => [`THEMES.${name}`, css] as const),
];

/** The sheets as they are once they have run: without the rules that are never printed. */
const writtenSheets = (lean: (css: string) => string): Plugin => ({
  name: "written-sheets",
  enforce: "pre",
  applyToEnvironment: isServer,
  load: {
    filter: { id: /\/widget\/print\/sheets\.ts$/ },
    handler: () => {
      const written = COLOURS.reduce(
        (text, [name, css]) => text.replace(lean(css), `\${${name}}`),
        SHEETS.map((css) => `\`${lean(css).replaceAll("\\", "\\\\")}\``).join(","),
      );
      return `import { DEFAULT_THEME, THEMES } from "../../proxy/shared/themes.ts";
export const SHEETS = [${written}];`;
    },
  },
});

/** Without texts that only a form shows whose parts are loaded: each stands in a line of its own. */
const shownTexts = (later: readonly string[]): Plugin => ({
  name: "shown-texts",
  enforce: "pre",
  applyToEnvironment: isServer,
  transform: {
    filter: { id: /\/proxy\/shared\/messages\/[a-z]{2}\.ts$/ },
    handler: (code, id) => {
      const shown = later.reduce((text, key) => {
        const rest = text.replace(new RegExp(`^  ${key}:\\s+"[^\n]*",\n`, "m"), "");
        if (rest === text) throw new Error(`${id} has no line for ${key}`);
        return rest;
      }, code);
      return { code: shown, map: null };
    },
  },
});

interface Pattern {
  start: number;
  end: number;
  regex?: { pattern: string; flags: string };
}

const CLASS = "\\p{";

/**
 * V8 reads a pattern when it reads the script, and gathers each class of Unicode that it names: a fifth of what a
 * server's script costs before it runs, for patterns that few requests need.
 */
const latePatterns = (): Plugin => ({
  name: "late-patterns",
  applyToEnvironment: isServer,
  transform: {
    filter: { id: /\/proxy\/.*\.ts$/, code: CLASS },
    handler(code) {
      const patterns: Pattern[] = [];
      JSON.stringify(this.parse(code), (_, node: Pattern | null) => {
        if (node?.regex?.pattern.includes(CLASS)) patterns.push(node);
        return node;
      });
      const late = patterns
        .toSorted((one, other) => other.start - one.start)
        .reduce((text, { start, end, regex }) => {
          const args = [regex?.pattern, regex?.flags].map((part) => JSON.stringify(part));
          return `${text.slice(0, start)}new RegExp(${args.join(",")})${text.slice(end)}`;
        }, code);
      return { code: late, map: null };
    },
  },
});

interface Choices {
  /** Takes from a style sheet what says nothing. */
  lean: (css: string) => string;
  /** Keys of texts that come with a part of the form. */
  later: readonly string[];
}

export const serverBuild = ({ lean, later }: Choices): Plugin[] => [
  standIns(),
  writtenSheets(lean),
  shownTexts(later),
  latePatterns(),
];
