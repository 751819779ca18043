/** Owns the tables of widget/README.md that restate the manifest. Must not add a word of its own. */
import { readFileSync } from "node:fs";
import type { Generated } from "./generated-file.ts";
import { manifest } from "./manifest.ts";

const FILE = "widget/README.md";

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: string) => (text ? `\`${cell(text)}\`` : "");
const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: string[][]) =>
  [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells))].join("\n");

const { attributes, properties, events, slots, cssParts, cssStates, cssProperties, methods } =
  manifest;

const plain = (entries: readonly { name: string; description: string }[], empty = "") =>
  entries.map(({ name, description }) => [code(name) || empty, description]);

const typed = (entries: typeof attributes) =>
  entries.map((entry) => [
    code(entry.name),
    code(entry.type),
    code(entry.default),
    entry.description,
  ]);

/** By the heading that they stand below. */
const TABLES: Readonly<Record<string, string>> = {
  Attributes: table(["attribute", "type", "default", "meaning"], typed(attributes)),
  Properties: table(["property", "type", "default", "meaning"], typed(properties)),
  Methods: table(["method", "what it does"], plain(methods)),
  Events: table(
    ["event", "`detail`", "when"],
    events.map(({ name, detail, description }) => [code(name), code(detail), description]),
  ),
  Slots: table(["slot", "what goes there"], plain(slots, "(default)")),
  Parts: table(["part", "what it is"], plain(cssParts)),
  States: table(
    ["state", "when"],
    plain(cssStates.map((state) => ({ ...state, name: `:state(${state.name})` }))),
  ),
  "CSS properties": table(["property", "what it colours or measures"], plain(cssProperties)),
};

export const manifestTables = (): Generated => ({
  file: FILE,
  text: Object.entries(TABLES).reduce(
    (page, [title, rows]) => {
      const section = new RegExp(`(### ${title}\\n\\n)(?:\\|.*\\n?)+`);
      if (!section.test(page)) throw new Error(`${FILE} has no table below "### ${title}"`);
      return page.replace(section, (_, head: string) => `${head}${rows}\n`);
    },
    readFileSync(FILE, "utf8"),
  ),
});
