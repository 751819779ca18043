/** Owns the search for a secret in what a server has left behind. Must not print one that it has found. */
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** A shorter text may stand somewhere by chance. */
const MIN_LENGTH = 8;

/** Where a secret is an address, only its query and what is before the host are secret. */
const partsOf = (value: string): string[] => {
  if (!URL.canParse(value)) return [...value.matchAll(/[\w+/=-]{8,}/g)].map(([part]) => part);
  const { username, password, search } = new URL(value);
  return [username, password, ...new URLSearchParams(search).values()];
};

/** In every form in which something may have written it. */
const formsOf = (part: string): string[] => [
  part,
  encodeURIComponent(part),
  Buffer.from(part).toString("base64").replace(/=+$/, ""),
  Buffer.from(part).toString("hex"),
  ...(/^[\w+/]{43}=$/.test(part) ? [Buffer.from(part, "base64").toString("latin1")] : []),
];

/** Each secret part with all its forms, by the name of its setting. */
const canariesOf = (secrets: Readonly<Record<string, string>>): [name: string, form: string][] =>
  Object.entries(secrets).flatMap(([name, value]) =>
    partsOf(value)
      .filter((part) => part.length >= MIN_LENGTH && new Set(part).size > 2)
      .flatMap(formsOf)
      .map((form): [string, string] => [name, form]),
  );

const filesOf = async (folder: string): Promise<string[]> => {
  // A Worker that stores nothing has none.
  if (!folder || !existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
};

/** @returns the name of each secret that was found, and where */
export const findSecrets = async (
  secrets: Readonly<Record<string, string>>,
  text: string,
  folder = "",
): Promise<string[]> => {
  const canaries = canariesOf(secrets);
  const findIn = (content: string, where: string): string[] =>
    canaries.filter(([, form]) => content.includes(form)).map(([name]) => `${name} in ${where}`);
  const found = findIn(text, "its output");
  for (const file of await filesOf(folder))
    found.push(...findIn(await readFile(file, "latin1"), file.slice(folder.length)));
  return [...new Set(found)];
};
