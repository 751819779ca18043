/** Holds the gallery to the whole of the form: each type, status, theme and presentation stands there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { OWN_FIELDS } from "../../../demo/gallery/own-fields.ts";
import { STATES } from "../../../demo/gallery/states.ts";
import { OWN_TYPES } from "../../../proxy/shared/own-fields.ts";
import { THEMES } from "../../../proxy/shared/themes.ts";

test("each type of an own field has a form of its own", () => {
  assert.deepEqual(OWN_FIELDS.fields.map(({ type }) => type).toSorted(), [...OWN_TYPES].toSorted());
  for (const type of OWN_TYPES) assert.ok(STATES[`own_${type}`], type);
});

test("each status of the form is reached", () => {
  const source = readFileSync("widget/sending/submission.ts", "utf8");
  const [, list = ""] = /LeadFormStatus = (.*);/.exec(source) ?? [];
  const all = [...list.matchAll(/"(\w+)"/g)].map(([, status]) => status);
  assert.ok(all.length > 4, list);
  const reached = Object.values(STATES).flatMap(({ until }) =>
    until && "status" in until ? [until.status] : until && "event" in until ? [until.event] : [],
  );
  for (const status of all)
    assert.ok(
      status === "idle" ||
        reached.includes(status ?? "") ||
        (status === "retrying" && reached.includes("lead-form-retry")),
      status,
    );
});

test("each theme, and the dialog, can be chosen", () => {
  const page = readFileSync("demo/gallery.html", "utf8");
  for (const theme of Object.keys(THEMES))
    assert.match(page, new RegExp(`name="theme" value="${theme}"`));
  assert.ok(
    Object.values(STATES).some(({ attributes }) => attributes?.["presentation"] === "dialog"),
  );
});
