/** Holds the words about the element, which custom-elements.json and the README repeat, to its code. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LeadForm } from "../../../widget/element/lead-form.ts";
import { DEFAULT_THEME, THEMES } from "../../../proxy/shared/themes.ts";
import { manifest } from "../../../widget/scripts/manifest.ts";
import { ATTRIBUTE_DEFAULTS } from "../../../widget/element/attributes.ts";

const read = (name: string) =>
  readFileSync(new URL(`../../../widget/${name}`, import.meta.url), "utf8");
const namesOf = (entries: readonly { name: string }[]) =>
  entries.map(({ name }) => name).toSorted();
const matches = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].toSorted();

const markup = [
  "element/view/view.ts",
  "element/view/fields.ts",
  "element/view/panels.ts",
  "extras/dialog.ts",
]
  .map(read)
  .join("\n");
const styles = [
  ...["element/styles.ts", "essentials/styles.ts", "extras/styles.ts"].map(read),
  DEFAULT_THEME,
  ...Object.values(THEMES),
].join("\n");

test("every attribute that is observed is named, with its default", () => {
  // A family of attributes cannot be observed: it is read when the form is drawn and sent.
  const named = manifest.attributes.filter(
    ({ name }) => !["status", "field-<name>"].includes(name),
  );
  assert.deepEqual(namesOf(named), LeadForm.observedAttributes.toSorted());
  for (const { name, default: said } of named) {
    const property = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const actual = (ATTRIBUTE_DEFAULTS as Record<string, string | boolean>)[property];
    if (actual && property !== "endpoint") assert.equal(said, String(actual), name);
  }
});

test("every event that can be heard is named", () => {
  assert.deepEqual(
    namesOf(manifest.events),
    matches(read("element/events.ts"), /^ {2}"(lead-form-\w+)":/gm),
  );
});

test("every slot, part, state and custom property that stands in the code is named", () => {
  const slots = matches(markup, /<slot name="([\w-]+)"/g);
  assert.deepEqual(namesOf(manifest.slots), ["", ...slots].toSorted());
  // Names that are put in at run time: a panel's part, a field's.
  const parts = new Set([...matches(markup, /part="([a-z]+)[" ]/g), "summary", "success", "phone"]);
  assert.deepEqual(namesOf(manifest.cssParts), [...parts].toSorted());
  // Each status is a state; those that no style sheet has a use for are not promised.
  const statuses = /type LeadFormStatus = (.*);/.exec(read("sending/submission.ts"))![1]!;
  const promised = matches(statuses, /"(\w+)"/g).filter((name) => !/idle|retrying/.test(name));
  assert.deepEqual(namesOf(manifest.cssStates), promised);
  assert.deepEqual(namesOf(manifest.cssProperties), matches(styles, /(--lead-form-[\w-]+)/g));
});

test("every method and property of the class is named", () => {
  const internal = /^(constructor|.*Callback|template|drawn|sheets)$/;
  const own = Object.getOwnPropertyNames(LeadForm.prototype).filter((name) => !internal.test(name));
  const said = [
    ...manifest.methods
      .map(({ name }) => name.replace(/\(.*/, ""))
      .filter((name) => !name.startsWith("static")),
    ...namesOf(manifest.properties).filter((name) => name !== "updateComplete"),
    "status",
  ];
  assert.deepEqual(said.toSorted(), own.toSorted());
});

test("every static method and property of the class is named", () => {
  const internal = /^(length|name|prototype|formAssociated|observedAttributes)$/;
  const own = Object.getOwnPropertyNames(LeadForm).filter((name) => !internal.test(name));
  const said = manifest.methods
    .filter(({ name }) => name.startsWith("static "))
    .map(({ name }) => name.replace(/^static |\(.*/g, ""));
  assert.deepEqual(said.toSorted(), own.toSorted());
});
