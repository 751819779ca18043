/**
 * Owns `npm run snippet -- --target tower --lang ar`, with `--fast` too: the markup for one target, from the settings that a
 * build sees. Must not print anything else to the output.
 */
import { parseArgs } from "node:util";
import { LANGUAGES } from "../shared/contract.ts";
import { printer } from "../../widget/print/index.ts";
import { fastSnippetFor, snippetFor } from "../shared/snippet.ts";
import { factsOf, readKnown, sourceProblems, targetProblems } from "./known-settings.ts";

const stop = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const { values } = parseArgs({
  options: { target: { type: "string" }, lang: { type: "string" }, fast: { type: "boolean" } },
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
const origin = new URL(process.env["LEAD_FORM_ENDPOINT"] ?? "http://localhost:8787").origin;

if (values.lang !== undefined && lang === undefined)
  stop(`There is no language "${values.lang}". Known: ${LANGUAGES.join(", ")}.`);
if (key === undefined) stop(`Name a target: npm run snippet -- --target <key>. ${list}`);
else if (!targets.has(key)) stop(`There is no target "${key}". ${list}`);
else {
  const target = targets.get(key);
  const print = values.fast ? fastSnippetFor : snippetFor;
  if (target) console.log(await print(factsOf(target), { origin, lang }, printer));
  else stop(`The target "${key}" cannot work:\n${targetProblems(settings, key).join("\n")}`);
}
