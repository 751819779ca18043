/** Own fields of any settings and any values: nothing breaks, nothing unknown reaches a vendor, nothing is revealed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { printForm } from "../../../widget/print/index.ts";
import { createApp } from "../../../proxy/app.ts";
import { createCounters } from "../../../proxy/ledger/counters.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { OWN_TYPES } from "../../../proxy/shared/own-fields.ts";
import { runs } from "../../property.ts";
import { leadOf, ownTarget } from "./own-target.ts";

const RUNS = runs(150);
const ORIGIN = "https://www.example.com";

/** Words that stand nowhere but in the settings: for keys, for fallbacks, for fallbacks of numbers. */
const SECRET = /zqvendorkey|zqfallback|918273645/;

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 600 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "٣٬٠٠٠",
    "1e9",
    "-0",
    "2026-02-30",
    "2026-11-26",
    "on",
    '"><script>',
    "\u0000\r\n\u202E",
  ),
);
const label = fc.oneof(
  fc.constant("Label"),
  fc.constant({ en: "A <b>", ar: "ب", ru: 'В"' }),
  fc.constant({ ru: "Б" }),
);
const option = fc.constantFrom("1", "2", "three", "أربعة", "<5>", "6,7");

const limits = (type: string) => {
  if (type === "number" || type === "range")
    return fc.constantFrom(
      {},
      { min: 0 },
      { max: 918_273_646 },
      { min: -5, max: 918_273_646, step: 1 },
    );
  if (type === "date")
    return fc.constantFrom({}, { min: "today" }, { min: "2026-01-01", max: "2099-12-31" });
  return type.startsWith("text") ? fc.constantFrom({}, { max: 20 }) : fc.constant({});
};
const fallbackOf = (type: string) => {
  if (type === "number") return 918_273_645;
  return type.startsWith("text") || type === "hidden" ? "zqfallback" : undefined;
};

/** One field that the settings allow; its name and its key are given later, so that none stands twice. */
const field = fc.constantFrom(...OWN_TYPES).chain((type) =>
  fc
    .record({
      label,
      hint: fc.option(label, { nil: undefined }),
      required: type === "hidden" ? fc.constant(false) : fc.boolean(),
      options: fc.uniqueArray(option, { minLength: 1 }),
      limits: limits(type),
      isSent: fc.boolean(),
      isNested: fc.boolean(),
      hasFallback: fc.boolean(),
    })
    .map(({ options, limits: bounds, hasFallback, ...rest }) => ({
      ...rest,
      settings: {
        type,
        ...bounds,
        ...(/select|radio/.test(type) && { options }),
        ...(hasFallback && { fallback: fallbackOf(type) }),
      },
    })),
);

const target = fc.record({
  vendor: fc.constantFrom("sakneen", "brainysoft"),
  fields: fc.array(field, { minLength: 1, maxLength: 12 }),
  /** By the position of the field. */
  values: fc.array(fc.option(text, { nil: undefined }), { minLength: 12, maxLength: 12 }),
  knows: fc.boolean(),
  lang: fc.constantFrom("en", "ar", "ru"),
});
type Given = typeof target extends fc.Arbitrary<infer T> ? T : never;

const nameOf = (i: number) => `f${"abcdefghijkl"[i]}`;
const settingsOf = ({ vendor, fields }: Given) =>
  fields.map(({ settings, label: words, hint, required, isSent, isNested }, i) => ({
    name: nameOf(i),
    label: words,
    ...(hint !== undefined && { hint }),
    ...(required && { required }),
    ...(isSent && {
      as: `${isNested && vendor === "brainysoft" ? "extraFields." : ""}zqvendorkey${nameOf(i)}`,
    }),
    ...settings,
  }));

const appOf = (given: Given) => {
  const fields = settingsOf(given);
  const config = readConfig({
    TARGETS: {
      t: {
        vendor: given.vendor,
        baseUrl: "https://vendor.example",
        country: "EG",
        phone: "any",
        origins: [ORIGIN],
        storage: "none",
        fields,
      },
    },
    SAKNEEN_API_KEY: "k",
    BRAINYSOFT_TOKEN: "k",
  });
  assert.deepEqual(config.faults, []);
  const bodies: Record<string, unknown>[] = [];
  const problems: unknown[] = [];
  const app = createApp({
    config,
    isLocal: false,
    fetch: async (_url, { body }) => {
      bodies.push(JSON.parse(body as string) as Record<string, unknown>);
      return Response.json({ newLead: { _id: "1" }, status: "ok", data: 1 });
    },
    now: () => Date.UTC(2026, 10, 26),
    log: (level, line) => level === "error" && problems.push(line),
    newId: () => crypto.randomUUID(),
    addressOf: () => undefined,
    printForm,
    asset: async () => new Response(null, { status: 404 }),
    keyring: () => Promise.reject(new Error("nothing is stored")),
    storeFor: () => undefined,
    storesOf: () => [],
    sendAlert: undefined,
    waitUntil: () => {},
    counters: createCounters({ elapsed: () => 0, random: () => 0 }),
  });
  return { app, fields, bodies, problems, version: config.targets.get("t")?.definitions.version };
};

/** Keys of a body that neither a document nor the settings name. */
const unknownKeys = (body: Record<string, unknown>, keys: readonly string[]): string[] => {
  const extra = (body["extraFields"] ?? []) as { key: string }[];
  const usual = ["name", "phoneNumber", "firstName", "mobilePhone", "extraFields"];
  return [...Object.keys(body), ...extra.map(({ key }) => `extraFields.${key}`)].filter(
    (key) => !usual.includes(key) && !keys.includes(key),
  );
};

describe("own fields of any settings", () => {
  test("and any values break nothing, send nothing unknown and reveal no key and no fallback", () =>
    fc.assert(
      fc.asyncProperty(target, async (given) => {
        const { app, fields, bodies, problems, version = "" } = appOf(given);
        const own = given.values.flatMap((value, i) =>
          value === undefined ? [] : [[`x_${nameOf(i)}`, value] as const],
        );
        const lead = {
          target: "t",
          name: "Mona",
          phone: "+201012345678",
          lang: given.lang,
          ...Object.fromEntries(own),
          ...(given.knows && { definitions: version }),
        };
        const query = new URLSearchParams({ lang: given.lang, ...Object.fromEntries(own) });
        const post = (accept: string, body: BodyInit, type?: string) =>
          app.request("/v1/leads", {
            method: "POST",
            headers: { origin: ORIGIN, accept, ...(type && { "content-type": type }) },
            body,
          });
        const answers = [
          await app.request("/v1/fields/t"),
          await app.request(`/f/t?${query.toString()}`),
          await post("application/json", JSON.stringify(lead), "application/json"),
          await post("text/html", new URLSearchParams(lead)),
        ];
        for (const answer of answers) {
          assert.ok([200, 201, 303, 413, 422].includes(answer.status), String(answer.status));
          assert.doesNotMatch(await answer.text(), SECRET);
        }
        assert.deepEqual(problems, []);
        if (!given.knows && answers.every(({ status }) => status !== 413))
          assert.equal(bodies.length, 2, "a lead outweighs its budget");
        const keys = fields.flatMap(({ as }) => as ?? []);
        for (const body of bodies) assert.deepEqual(unknownKeys(body, keys), []);
      }),
      RUNS,
    ));
});

describe("any answer of a vendor", () => {
  test("is an outcome, and no word of a visitor is told as a key", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom("sakneen", "brainysoft"),
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            message: fc.array(fc.dictionary(fc.constantFrom("mona", "adel", "b"), text)),
          }),
          fc.record({ message: fc.constantFrom("mona should not exist", "adel is required") }),
          fc.record({ data: fc.constantFrom("NO_MONA_ERROR", "NO_B_ERROR") }),
        ),
        async (vendor, answer) => {
          const outcome = await ownTarget([], { vendor }).deliver(leadOf({ name: "Mona Adel" }), {
            fetch: async () => Response.json(answer, { status: 400 }),
            now: () => 0,
            left: () => 6_000,
          });
          assert.doesNotMatch(JSON.stringify(outcome), /mona|adel/i);
        },
      ),
      RUNS,
    ));
});
