/** A target's own fields before a person: in full, corrected, exported, and what stays of them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { toKept } from "../../../proxy/lead/kept.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";
import { correctLead } from "../../../proxy/operator/correct.ts";
import { toStream } from "../../../proxy/operator/export.ts";
import type { ExportOptions } from "../../../proxy/operator/export.ts";
import { toDetails } from "../../../proxy/operator/view.ts";
import { DEAD } from "./leads.ts";
import { leadOf, ownTarget } from "./own-target.ts";
import { readPhone } from "../../read-phone.ts";

const LABEL = { en: "Budget", ar: "الميزانية", ru: "Бюджет" };
const FIELDS = [
  { name: "budget", type: "number", as: "budget", label: LABEL, required: true },
  { name: "rooms", type: "select", label: LABEL, options: ["1", "2"] },
  { name: "visit", type: "checkbox", label: LABEL },
  { name: "note", type: "textarea", label: LABEL },
];
const target = ownTarget(FIELDS);
const fieldsOf = target.definitions.fields;
const openOf = (lead: Lead) => toDetails("t", DEAD, { lead }, fieldsOf);
const keptOf = (lead: Lead) =>
  toDetails(
    "t",
    { ...DEAD, state: "delivered" },
    { payload: "gone", kept: toKept(lead, target), ref: undefined },
    fieldsOf,
  );

const exported = async (lead: Lead, options: ExportOptions) => {
  const details = options.kind === "delivered" ? keptOf(lead) : openOf(lead);
  async function* pages() {
    yield [details];
  }
  const stream = toStream({ targets: [target], ...options }, pages(), () => {});
  return new Response(stream).text();
};
const cells = (line = "") =>
  [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, text = ""]) => text.replaceAll('""', '"'));
const csv = async (lead: Lead, options: Partial<ExportOptions> = {}) => {
  const [, head, row] = (await exported(lead, { format: "csv", ...options })).split("\r\n");
  const values = cells(row);
  return Object.fromEntries(cells(head).map((name, i) => [name, values[i] ?? ""]));
};

describe("the own fields of a lead", () => {
  test("stand with the others, flat, and so does what the settings hold no more", () => {
    const details: Record<string, unknown> = openOf(leadOf({ own: { budget: "5", old: "x" } }));
    const { x_budget, x_rooms, x_old } = details;
    assert.deepEqual([x_budget, x_rooms, x_old], ["5", null, "x"]);
  });

  test("that the vendor has not got stay, and are named", () => {
    const lead = leadOf({ own: { budget: "5", rooms: "2", note: "by the sea" } });
    const { unsent, ...details } = keptOf(lead);
    const { x_budget, x_rooms, x_note } = details as Record<string, unknown>;
    assert.equal(unsent, "x_rooms x_note");
    assert.deepEqual([x_budget, x_rooms, x_note], [null, "2", "by the sea"]);
  });

  test("are corrected, each by its rules, and removed by an empty text", () => {
    const lead = leadOf({ own: { budget: "5", rooms: "7", old: "x" }, asked: true });
    const correct = (patch: Record<string, string>) =>
      correctLead(lead, new Map(Object.entries(patch)), target, { now: () => 0, readPhone });
    const corrected = correct({ x_budget: "٣٬٠٠٠", x_visit: "1" });
    assert.ok("lead" in corrected);
    assert.deepEqual(corrected.lead.own, { budget: "3000", rooms: "7", visit: "1", old: "x" });
    assert.deepEqual(correct({ x_rooms: "9" }), { fields: { x_rooms: "field_unknown" } });
    const removed = correct({ x_budget: "" });
    assert.deepEqual("lead" in removed && removed.lead.own, { rooms: "7", old: "x" });
  });
});

describe("an export of own fields", () => {
  const lead = leadOf({ own: { budget: "5", note: '=HYPERLINK("x")', old: "-1", visit: "1" } });

  test("has a column for each of them, safe for a spreadsheet", async () => {
    const row = await csv(lead);
    assert.deepEqual(
      [row["x_budget"], row["x_rooms"], row["x_visit"], row["x_note"]],
      ["5", "", "1", `'=HYPERLINK("x")`],
    );
    assert.equal(row["other_fields"], `{"x_old":"'-1"}`);
  });

  test("has them as keys in NDJSON", async () => {
    const line = JSON.parse(
      (await exported(lead, { format: "ndjson" })).split("\n")[0] ?? "",
    ) as Record<string, unknown>;
    assert.deepEqual(
      [line["x_budget"], line["x_rooms"], line["x_old"], line["vendor_key"]],
      ["5", null, "-1", null],
    );
  });

  test("of delivered leads holds what was chosen, and no text of a person", async () => {
    const sold = leadOf({ own: { rooms: "2", visit: "1", note: "call Mona", old: "Mona" } });
    const row = await csv(sold, { kind: "delivered" });
    assert.deepEqual(
      [row["x_rooms"], row["x_visit"], row["x_note"], row["other_fields"], row["unsent"]],
      ["2", "1", "", "", "x_rooms x_visit x_note x_old"],
    );
    const options = { format: "ndjson", kind: "delivered" } as const;
    const [line = ""] = (await exported(sold, options)).split("\n");
    assert.doesNotMatch(line, /Mona/);
    assert.equal((JSON.parse(line) as Record<string, unknown>)["x_rooms"], "2");
  });

  test("takes no text for a choice because a list has changed", async () => {
    const row = await csv(leadOf({ own: { rooms: "Mona" } }), { kind: "delivered" });
    assert.equal(row["x_rooms"], "");
  });
});
