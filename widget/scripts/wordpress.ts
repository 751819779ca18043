/**
 * Owns `dist/wordpress/lead-form.zip`, which WordPress installs as it is: the sources of the plugin with
 * the version filled in, the built script, and the translations in the two forms that WordPress reads.
 * The same sources make the same bytes.
 */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { Zippable } from "fflate";
import { mo, po } from "gettext-parser";
import type { GetTextTranslation, GetTextTranslations } from "gettext-parser";

const SOURCE = "widget/wordpress";
const OUT = "dist/wordpress";
/** The folder inside the zip, and by that the plugin's name: WordPress unpacks it as it is. */
const SLUG = "lead-form";
const EDITOR = { source: "block/edit.js", handle: "lead-form-edit" };

/** The earliest day a zip can hold, in local time as zips are; and what Unix calls rw-r--r--. */
const FIXED = { mtime: new Date(1980, 0, 1), level: 9, os: 3, attrs: 0o100644 << 16 } as const;

/** What is shipped of the sources: neither the engineer's README nor pictures. */
const isShipped = (file: string): boolean => /\.(?:php|js|json|txt)$/.test(file);

const translationsOf = (catalog: GetTextTranslations): GetTextTranslation[] =>
  Object.values(catalog.translations)
    .flatMap((context) => Object.values(context))
    .filter(({ msgid }) => msgid !== "");

/** What the editor's script says, as `wp.i18n` takes it. */
const scriptTexts = (catalog: GetTextTranslations): string => {
  const texts = translationsOf(catalog)
    .filter(({ comments }) => comments?.reference?.includes(EDITOR.source))
    .map(({ msgid, msgstr }) => [msgid, msgstr]);
  const head = {
    domain: "messages",
    lang: catalog.headers["Language"],
    "plural-forms": catalog.headers["Plural-Forms"],
  };
  const messages = { "": head, ...Object.fromEntries(texts) };
  return JSON.stringify({ domain: "messages", locale_data: { messages } });
};

/** A `.mo` for PHP and a JSON file for the editor, of each `.po`. */
const readTranslations = async (): Promise<[string, Uint8Array][]> => {
  const folder = join(SOURCE, "languages");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".po"));
  const made = files.map(async (file): Promise<[string, Uint8Array][]> => {
    const catalog = po.parse(await readFile(join(folder, file)));
    const name = `languages/${file.replace(/\.po$/, "")}`;
    return [
      [`${name}.mo`, mo.compile(catalog)],
      [`${name}-${EDITOR.handle}.json`, strToU8(scriptTexts(catalog))],
    ];
  });
  return (await Promise.all(made)).flat();
};

const readSources = async (version: string): Promise<[string, Uint8Array][]> => {
  const entries = await readdir(SOURCE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && isShipped(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file): Promise<[string, Uint8Array]> => {
      const text = await readFile(file, "utf8");
      const name = file.slice(SOURCE.length + 1).replaceAll("\\", "/");
      return [name, strToU8(text.replaceAll("__VERSION__", version))];
    }),
  );
};

export const writeWordPressPlugin = async ({ version }: { version: string }): Promise<void> => {
  const files = [
    ...(await readSources(version)),
    ...(await readTranslations()),
    ["lead-form.full.js", await readFile("dist/widget/lead-form.full.js")] as const,
    ["LICENSE", await readFile("LICENSE")] as const,
  ];
  const zipped: Zippable = {};
  for (const [name, content] of files.toSorted(([a], [b]) => (a < b ? -1 : 1)))
    zipped[`${SLUG}/${name}`] = [content, FIXED];
  await mkdir(OUT, { recursive: true });
  await writeFile(join(OUT, `${SLUG}.zip`), zipSync(zipped));
};
