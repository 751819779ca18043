/**
 * Owns `npm run snippet -- --target tower --lang ar`, with `--fast` or `--pinned` too: the markup for one target, from the
 * settings that a build sees. Must not print anything else to the output.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LANGUAGES } from "../shared/contract.ts";
import { printer } from "../../widget/print/index.ts";
import { fastSnippetFor, snippetFor } from "../shared/snippet.ts";
import type { Pin } from "../shared/snippet.ts";
import { integrityOf, withOrigin } from "./encode-script.ts";
import {
  factsOf,
  readKnown,
  readPublicOrigin,
  sourceProblems,
  targetProblems,
} from "./known-settings.ts";

const stop = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const { values } = parseArgs({
  options: {
    target: { type: "string" },
    lang: { type: "string" },
    fast: { type: "boolean" },
    pinned: { type: "boolean" },
  },
  strict: true,
});
const settings = readKnown(process.env);
const { targets } = settings.config;
const known = [...targets.keys()];
const key = values.target ?? (known.length === 1 ? known[0] : undefined);
const lang = LANGUAGES.find((language) => language === values.lang);
const list = [
  known.length > 0 ? `Known: ${known.join(", ")}.` : "No target is known to the build.",
  ...sourceProblems(settings),
].join("\n");
const { origin = "", problem } = readPublicOrigin(process.env, settings.vars);

const BUILT = "dist/widget";
/** With every part inside: of the small script a hash covers the first file only. */
const PINNED = "lead-form.full.js";

const readBuilt = (name: string): string => {
  try {
    return readFileSync(`${BUILT}/${name}`, "utf8");
  } catch {
    return stop("There is no build to take the hash from: npm run build");
  }
};

/** Of the script as a server of that origin hands it out. */
const readPin = (): Pin => {
  const { version } = JSON.parse(readBuilt("package.json")) as { version: string };
  const script = withOrigin(readBuilt(PINNED), origin);
  return { path: `/v/${version}/${PINNED}`, integrity: integrityOf(Buffer.from(script)) };
};

if (problem !== undefined) stop(problem);
if (values.lang !== undefined && lang === undefined)
  stop(`There is no language "${values.lang}". Known: ${LANGUAGES.join(", ")}.`);
if (key === undefined) stop(`Name a target: npm run snippet -- --target <key>. ${list}`);
else if (!targets.has(key)) stop(`There is no target "${key}". ${list}`);
else {
  const target = targets.get(key);
  const print = values.fast ? fastSnippetFor : snippetFor;
  const options = { origin, lang, pin: values.pinned ? readPin() : undefined };
  if (target) console.log(await print(factsOf(target), options, printer));
  else stop(`The target "${key}" cannot work:\n${targetProblems(settings, key).join("\n")}`);
}
