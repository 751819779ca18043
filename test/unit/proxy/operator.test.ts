/** Holds the operator's words against every reason there is, and exports against spreadsheets. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { FIELD_CODES, OWN_CODES } from "../../../proxy/shared/contract.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import type { SealedLead } from "../../../proxy/ledger/inspection.ts";
import { createKeyring } from "../../../proxy/ledger/seal.ts";
import type { OperatorStore } from "../../../proxy/ledger/store.ts";
import { createOperator } from "../../../proxy/operator/routes.ts";
import { FIELD_WORDS, REASONS } from "../../../proxy/operator/page/reasons.ts";
import { operatorPage } from "../../../proxy/operator/page/html.ts";
import { toStream } from "../../../proxy/operator/export.ts";
import type { Details } from "../../../proxy/operator/view.ts";
import { findOperator } from "../../../proxy/operator/auth.ts";
import { readCursor, toCursor, toTargetView } from "../../../proxy/operator/view.ts";
import { CLOSED } from "../../../proxy/ledger/breaker.ts";
import type { Summary } from "../../../proxy/ledger/inspection.ts";
import { DEAD } from "./leads.ts";
import { phones } from "../../read-phone.ts";

describe("the operator's page", () => {
  test("has words for every reason of a vendor and of the ledger, and what to do about it", () => {
    const source = readFileSync("proxy/vendors/vendor.ts", "utf8");
    const ofVendors = [...source.matchAll(/export type \w+Reason =([^;]+);/g)].flatMap(
      ([, union = ""]) => [...union.matchAll(/"(\w+)"/g)].map(([, reason = ""]) => reason),
    );
    assert.ok(ofVendors.length > 20);
    const ofLedger = [
      "interrupted",
      "unanswered",
      "tampered",
      "key_missing",
      "invalid",
      "paused",
      "duplicate",
      "test_created",
    ];
    const ofSuspicion = ["honeypot", "phone_limit"];
    assert.deepEqual(
      Object.keys(REASONS).sort(),
      [...ofVendors, ...ofLedger, ...ofSuspicion].sort(),
    );
    for (const [reason, { what, todo }] of Object.entries(REASONS)) {
      assert.match(what, /^[\p{L}{].*[^.]$/u, reason);
      assert.match(todo, /[.]$/, reason);
    }
  });

  test("has words for every mistake in a field", () => {
    assert.deepEqual(
      Object.keys(FIELD_WORDS).sort(),
      [...Object.values(FIELD_CODES).flat(), ...OWN_CODES].sort(),
    );
  });

  test("has a label for every input, and no inline script, style or handler", async () => {
    const page = String(await operatorPage());
    for (const [, id] of page.matchAll(/<input\s+id="([^"]+)"/g))
      assert.ok(page.includes(`for="${id}"`), id);
    assert.doesNotMatch(page, /<style|style=|\son\w+=/);
    for (const [script] of page.matchAll(/<script[^>]*>/g))
      assert.match(script, /src=|type="application\/json"/);
  });
});

const details = (values: Partial<Details>): Details => ({
  id: "00000000-0000-4000-8000-000000000001",
  target: "sakneen",
  state: "held",
  reason: "html",
  in_doubt: false,
  attempts: 1,
  next_at: null,
  created_at: "2026-11-22T00:00:00.000Z",
  payload: "open",
  fields: null,
  vendor_key: null,
  name: "Mona",
  phone: "+201012345678",
  email: null,
  project: null,
  extension: null,
  lang: "en",
  consent: "",
  consent_version: null,
  consent_at: null,
  delivered_at: null,
  vendor_ref: null,
  unsent: null,
  attribution: {},
  ...values,
});
async function* pagesOf(...pages: Details[][]): AsyncGenerator<Details[]> {
  yield* pages;
}
const written = async (format: "csv" | "ndjson", ...pages: Details[][]) => {
  let count = -1;
  const stream = toStream({ format }, pagesOf(...pages), (leads) => (count = leads));
  return { text: await new Response(stream).text(), count };
};

describe("an export", () => {
  for (const start of ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    test(`defuses a cell that begins with ${JSON.stringify(start)}`, async () => {
      const { text } = await written("csv", [details({ name: `${start}1+1` })]);
      assert.ok(text.includes(`"'${start}1+1"`));
    });

  test("quotes what would end a cell, and leaves the rest alone", async () => {
    const { text } = await written("csv", [details({ name: 'A "B", C\nD', project: "x=1" })]);
    assert.ok(text.includes('"A ""B"", C\nD"'));
    assert.ok(text.includes('"x=1"'));
  });

  test("counts what went out, over all pages", async () => {
    const { text, count } = await written("ndjson", [details({})], [], [details({}), details({})]);
    assert.deepEqual([text.split("\n").length, count], [5, 3]);
  });

  test("closes with their number, so that one that broke off cannot look whole", async () => {
    const { text } = await written("ndjson", [details({})], [details({}), details({})]);
    assert.deepEqual(JSON.parse(text.trim().split("\n").at(-1) ?? ""), { end: true, leads: 3 });
    assert.equal((await written("ndjson")).text, '{"end":true,"leads":0}\n');
    const sheet = (await written("csv", [details({})])).text.trim().split("\r\n");
    const [start, head = "", row = "", foot = ""] = sheet;
    assert.equal(start, "sep=,");
    assert.match(foot, /^"end of export","leads: 1",""/);
    const width = (line: string) => line.split('","').length;
    assert.deepEqual([width(row), width(foot), sheet.length], [width(head), width(head), 4]);
  });

  test("that a store fails meanwhile is an error for its reader, and has no such end", async () => {
    async function* broken() {
      yield [details({})];
      throw new Error("the store is closed");
    }
    const reader = toStream({ format: "ndjson" }, broken(), () => {}).getReader();
    const { value } = await reader.read();
    assert.ok(!new TextDecoder().decode(value).includes('"end"'));
    await assert.rejects(() => reader.read());
  });

  test("counts what went out until its receiver left", async () => {
    let count = -1;
    const stream = toStream(
      { format: "ndjson" },
      pagesOf([details({})], [details({})]),
      (n) => (count = n),
    );
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    assert.ok(count >= 1);
  });
});

test("a token is right only as a whole, under the scheme Bearer", async () => {
  const token = "secret".repeat(6);
  const { operators } = readConfig({
    OPERATOR_TOKEN: token,
    OPERATOR_TOKENS: { anna: { token: "a".repeat(32) } },
  });
  const nameOf = async (header: string | undefined) =>
    (await findOperator(header, operators))?.name ?? "none";
  assert.equal(await findOperator(`Bearer ${token}`, operators), operators[0]);
  assert.equal(await findOperator(`bearer  ${token} `, operators), operators[0]);
  assert.equal(await nameOf(`Bearer ${"a".repeat(32)}`), "anna");
  const wrong = [`Bearer ${token.slice(1)}`, `Bearer ${token}s`, token];
  for (const header of [undefined, "", "Bearer", ...wrong])
    assert.equal(await findOperator(header, operators), undefined, header);
  assert.equal(await findOperator("Bearer ", []), undefined);
});

describe("a lead is looked for in every store", () => {
  const broken = () => Promise.reject(new Error("unreachable"));
  const ask = async (gets: readonly (() => Promise<SealedLead | undefined>)[]) => {
    const config = readConfig({
      TARGETS: {
        t: { vendor: "sakneen", baseUrl: "https://crm.example", origins: ["https://a.example"] },
      },
      SAKNEEN_API_KEY: "k",
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      OPERATOR_TOKEN: "t".repeat(32),
    });
    const operator = createOperator({
      config,
      phones,
      keyring: () => createKeyring(config.ledgerKeys ?? new Map()),
      storesOf: () => gets.map((get) => ({ get }) as Partial<OperatorStore> as OperatorStore),
      now: () => Date.now(),
      log: () => {},
      asset: async () => new Response(null, { status: 404 }),
    });
    operator.onError((_, c) => c.body(null, 503));
    const headers = { authorization: `Bearer ${"t".repeat(32)}` };
    return (await operator.request(`/leads/${DEAD.id}`, { headers })).status;
  };

  test("and found though another one cannot be reached", async () => {
    assert.equal(await ask([broken, async () => DEAD]), 200);
    assert.equal(await ask([async () => DEAD, broken]), 200);
  });

  test("and said to be unknown only if all of them could be asked", async () => {
    assert.equal(await ask([async () => undefined, broken]), 503);
    assert.equal(await ask([async () => undefined, async () => undefined]), 404);
  });
});

test("a cursor is read back, and nothing else is", () => {
  const mark = { createdAt: 1_795_000_000_000, id: "00000000-0000-4000-8000-000000000001" };
  assert.deepEqual(readCursor(toCursor(mark)), mark);
  for (const cursor of ["", "1", "1.x", `x.${mark.id}`, `1.${mark.id} OR 1`])
    assert.equal(readCursor(cursor), undefined);
});

test("a target whose leads wait or whose calls fail is struggling, unless it is blocked or paused", () => {
  const breaker = { ...CLOSED, nextProbeAt: undefined };
  const group = { state: "queued", reason: null, automatic: true, leads: 1, oldest: 0 } as const;
  const quarantined = { ...group, state: "quarantined" } as const;
  const stateOf = (change: Partial<Summary["breaker"]>, waiting: Summary["waiting"] = []) =>
    toTargetView(
      { key: "t", vendor: "sakneen", routes: {} },
      [
        { breaker, counts: {}, waiting: [] },
        { breaker: { ...breaker, ...change }, counts: {}, waiting },
      ],
      1,
    ).state;
  assert.equal(stateOf({}), "working");
  assert.equal(stateOf({}, [quarantined]), "working");
  assert.equal(stateOf({}, [group]), "struggling");
  assert.equal(stateOf({ failures: 1 }), "struggling");
  assert.equal(stateOf({ state: "draining" }, [group]), "recovering");
  assert.equal(stateOf({ state: "open" }, [group]), "blocked");
  assert.equal(stateOf({ paused: true }, [group]), "paused");
});

test("shards are one target: counts add up, the oldest counts, the worst breaker speaks", () => {
  const closed = {
    state: "closed",
    reason: undefined,
    key: undefined,
    openedAt: undefined,
  } as const;
  const open = { state: "open", reason: "form_changed", key: "budget", openedAt: 1_000 } as const;
  const rest = { nextProbeAt: undefined, paused: false, failures: 0 };
  const group = { state: "held", reason: "html", automatic: false, leads: 2 } as const;
  const view = toTargetView(
    { key: "t", vendor: "sakneen", routes: {} },
    [
      {
        breaker: { ...closed, ...rest },
        counts: { held: 2 },
        waiting: [{ ...group, oldest: 5_000 }],
      },
      {
        breaker: { ...open, ...rest },
        counts: { held: 2 },
        waiting: [{ ...group, oldest: 3_000 }],
      },
    ],
    10_000,
  );
  assert.deepEqual(
    [view.state, view.breaker.reason, view.breaker.key, view.counts, view.reasons, view.oldest_age],
    ["blocked", "form_changed", "budget", { held: 4 }, { html: 4 }, 7],
  );
  assert.deepEqual(
    view.stuck.map(({ leads, oldest }) => [leads, oldest]),
    [[4, "1970-01-01T00:00:03.000Z"]],
  );
});
