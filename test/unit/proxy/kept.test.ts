/** What stays of a lead once its vendor has it, and for how long. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import type { Kept } from "../../../proxy/lead/kept.ts";
import { toKept } from "../../../proxy/lead/kept.ts";
import { readLead } from "../../../proxy/lead/lead.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import { createRetentionJob } from "../../../proxy/ledger/retention.ts";
import { CAMPAIGN_FIELDS } from "../../../proxy/shared/contract.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { renewKept, sealKept } from "../../../proxy/ledger/kept.ts";
import {
  createKeyring,
  fromText,
  open as openBox,
  seal,
  toText,
} from "../../../proxy/ledger/seal.ts";
import { openKept, toDetails } from "../../../proxy/operator/view.ts";
import { DEAD, POLICY, idOf, submissionOf } from "./leads.ts";
import { readPhone } from "../../read-phone.ts";

const DAY = 24 * 60 * 60_000;

const SETTINGS = {
  vendor: "sakneen",
  baseUrl: "https://crm.example",
  origins: ["https://www.example.com"],
  storage: "none",
};
const configOf = (settings: object) =>
  readConfig({
    TARGETS: { t: { ...SETTINGS, ...settings } },
    SAKNEEN_API_KEY: "k",
    BRAINYSOFT_TOKEN: "k",
  });
const targetOf = (settings: object): Target => {
  const { targets, faults } = configOf(settings);
  const target = targets.get("t");
  assert.ok(target, JSON.stringify(faults));
  return target;
};

const CAMPAIGN = Object.fromEntries(CAMPAIGN_FIELDS.map((field) => [field, `the ${field}`]));
const UTM = Object.fromEntries(
  Object.entries(CAMPAIGN).filter(([field]) => field.startsWith("utm_")),
);
const PERSON = { name: "Mona Adel", phone: "+79776200777", email: "mona@example.com" };

const leadOf = (values: object = {}, settings: object = {}): Lead => {
  const request = {
    ...PERSON,
    ...CAMPAIGN,
    target: "t",
    project: "Palm Hills",
    lang: "ar",
    page: "https://u:p@www.example.com:8443/offers/?email=mona%40example.com#token",
    referrer: "https://search.example/?q=1",
    consent_version: "2026-11",
    own: new Map(),
    ...values,
  };
  const read = readLead(request, targetOf(settings), {
    newId: () => idOf(1),
    now: () => 0,
    readPhone,
  });
  assert.ok("lead" in read, JSON.stringify(read));
  return read.lead;
};
const keptBy = (settings: object, values: object = {}) =>
  toKept(leadOf(values, settings), targetOf(settings));

describe("what stays of a delivered lead", () => {
  test("is the campaign, the project and the page's path, and nothing that the vendor has got", () => {
    assert.deepEqual(keptBy({}), {
      project: "Palm Hills",
      lang: "ar",
      consentVersion: "2026-11",
      attribution: { page: "https://www.example.com:8443/offers/", ...UTM },
      unsent: [],
    });
  });

  test("is the click ids too where the target says so", () => {
    const { attribution } = keptBy({ retain: { attribution: "click_ids" } });
    assert.deepEqual(attribution, { page: "https://www.example.com:8443/offers/", ...CAMPAIGN });
  });

  test("is no campaign where the target says none", () => {
    assert.deepEqual(keptBy({ retain: { attribution: "none" } }), {
      lang: "ar",
      consentVersion: "2026-11",
      attribution: {},
      unsent: [],
    });
  });

  test("is what the vendor has no place for, whatever the target retains", () => {
    const settings = { vendor: "brainysoft", retain: { attribution: "none" } };
    assert.equal(keptBy(settings).project, "Palm Hills");
    assert.ok(!("email" in keptBy(settings)));
    const switchedOff = keptBy({ ...settings, extra: { email: null } });
    assert.equal(switchedOff.email, "mona@example.com");
    assert.deepEqual(switchedOff.unsent, ["email", "project"]);
    const lead = { ...leadOf(), extension: "321" };
    assert.equal(toKept(lead, targetOf({})).extension, "321");
  });

  for (const page of ["", "javascript:alert(1)", "data:text/html,x", "/offers", "mailto:a@b.c"])
    test(`is no page where the address is ${JSON.stringify(page)}`, () => {
      assert.deepEqual(keptBy({}, { page }).attribution, UTM);
    });

  test("is set within bounds", () => {
    const faults = (retain: object) =>
      configOf({ retain }).faults.map(({ setting, problem }) => `${setting} ${problem}`);
    assert.deepEqual(targetOf({}).retain, { attribution: "campaign", days: 30 });
    assert.deepEqual(targetOf({ retain: { days: 365 } }).retain.attribution, "campaign");
    for (const days of [0, -1, 366, 1e9])
      assert.deepEqual(faults({ days }), ["TARGETS.t.retain.days must be 1 to 365"]);
    assert.equal(faults({ days: 1.5 }).length, 1);
    assert.deepEqual(faults({ attribution: "all" }), [
      "TARGETS.t.retain.attribution must be one of campaign, click_ids, none",
    ]);
    assert.deepEqual(faults({ fields: [] }), ["TARGETS.t.retain.fields is not a known key"]);
  });
});

describe("an attribution", () => {
  test("is stored up to 500 UTF-16 units a value, and never half a character", () => {
    const { attribution } = leadOf({
      utm_term: "x".repeat(501),
      utm_content: `${"x".repeat(499)}👍`,
      utm_source: `${"x".repeat(498)}👍`,
      gclid: "a\uD800b",
      page: `https://www.example.com/${"я".repeat(600)}`,
    });
    assert.equal(attribution["utm_term"], "x".repeat(500));
    assert.equal(attribution["utm_content"], "x".repeat(499));
    assert.equal(attribution["utm_source"], `${"x".repeat(498)}👍`);
    assert.equal(attribution["gclid"], "a\uFFFDb");
    assert.equal(attribution["page"]?.length, 500);
  });
});

const OK: Outcome = { kind: "created", ref: "64f1", status: 201 };
const DUPLICATE: Outcome = { kind: "duplicate", status: 400 };
const INVALID: Outcome = { kind: "invalid", fields: { phone: "phone_invalid" }, status: 400 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200 };

let clock: number;
let sql: Sql;
let ledger: Ledger;
const open = (days: number) => {
  ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: { ...POLICY, retain: { days } },
  });
};
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  sql = openSqlite(":memory:");
  open(30);
});
const submit = (n: number, outcome: Outcome) => {
  const begun = ledger.begin(submissionOf(n));
  assert.equal(begun.kind, "lease");
  return ledger.finish(idOf(n), 1, outcome);
};
const see = (n: number) => {
  const lead = createOperations({ ledger, now: () => clock }).get(idOf(n));
  return lead && { kept: lead.kept?.box, ref: lead.vendorRef?.box };
};
const rowOf = (n: number) => sql.all("SELECT * FROM lead WHERE id = ?", idOf(n))[0];
const GONE = { kept: undefined, ref: undefined };

test("a box is one text with the name of its key, whatever that is", () => {
  for (const keyId of ["k1", "a.b", ""]) {
    const box = { keyId, box: "aGk+/w==" };
    assert.deepEqual(fromText(toText(box)), box);
  }
});

describe("what cannot be read of it", () => {
  const keys = { k1: new Uint8Array(32).fill(1), k2: new Uint8Array(32).fill(2) };
  const ringOf = (...ids: ("k1" | "k2")[]) =>
    createKeyring(new Map(ids.map((id) => [id, keys[id]])));
  const kept = toKept(leadOf(), targetOf({}));
  const open = async (keyId: string, part: "lead" | "kept", ...ids: ("k1" | "k2")[]) => {
    const { box } = await seal(await ringOf("k1"), idOf(1), "t", JSON.stringify(kept), part);
    const stored = { ...DEAD, state: "delivered", kept: { keyId, box } } as const;
    return toDetails("t", stored, await openKept(await ringOf(...ids), "t", stored));
  };

  test("is said: a file without it would pass for a whole one", async () => {
    const read = await open("k1", "kept", "k2", "k1");
    assert.deepEqual([read.payload, read.attribution], ["gone", kept.attribution]);
    const missing = await open("k1", "kept", "k2");
    assert.deepEqual([missing.payload, missing.attribution], ["key_missing", {}]);
    assert.equal((await open("k2", "kept", "k2", "k1")).payload, "tampered");
  });

  test("is the box of another column", async () => {
    assert.equal((await open("k1", "lead", "k1")).payload, "tampered");
  });
});

describe("a lead that has waited", () => {
  test("leaves what its target says on the day of the delivery", async () => {
    const ring = await createKeyring(new Map([["k1", new Uint8Array(32).fill(1)]]));
    const lead = leadOf();
    const read = async (text: string) =>
      JSON.parse((await openBox(ring, idOf(1), "t", fromText(text), "kept")) ?? "") as Kept;
    const before = await sealKept(ring, lead, targetOf({}));
    assert.equal(await renewKept(ring, lead, targetOf({}), before), undefined);
    const off = targetOf({ extra: { email: null } });
    const after = await renewKept(ring, lead, off, before);
    assert.ok(after);
    assert.equal((await read(after)).email, "mona@example.com");
    const old = await renewKept(ring, lead, off, null);
    assert.ok(old);
    assert.deepEqual((await read(old)).unsent, ["email"]);
  });
});

describe("it stays", () => {
  test("sealed, with the vendor's id, after the box is gone", () => {
    submit(1, OK);
    assert.deepEqual(see(1), { kept: "kept1", ref: "64f1" });
    assert.deepEqual(
      [rowOf(1)?.["box"], rowOf(1)?.["key_id"], rowOf(1)?.["phone_tail"]],
      [null, null, null],
    );
    submit(2, DUPLICATE);
    assert.deepEqual(see(2), { kept: "kept2", ref: undefined });
  });

  test("of a delivered lead only: what is rejected or expired leaves nothing", () => {
    submit(1, INVALID);
    assert.deepEqual(see(1), GONE);
    submit(2, DRIFT);
    assert.equal(see(2)?.kept, "kept2");
    clock += 30 * DAY;
    ledger.tidy();
    assert.deepEqual(see(2), GONE);
    assert.equal(rowOf(2)?.["state"], "expired");
  });

  for (const days of [1, 7, 30, 90])
    test(`for ${days} days, while the id is answered for 30 at least`, () => {
      open(days);
      submit(1, OK);
      clock += days * DAY - 1;
      ledger.tidy();
      assert.equal(see(1)?.kept, "kept1");
      clock += 1;
      ledger.tidy();
      assert.deepEqual(see(1), days < 30 ? GONE : undefined);
      if (days < 30) assert.equal(ledger.begin(submissionOf(1)).kind, "created");
      clock += 30 * DAY;
      ledger.tidy();
      assert.equal(rowOf(1), undefined);
    });

  test("no longer than a setting that was shortened since", () => {
    open(90);
    submit(1, OK);
    open(7);
    clock += 7 * DAY;
    ledger.tidy();
    assert.deepEqual(see(1), GONE);
  });

  test("no longer where its target is gone", () => {
    open(7);
    submit(1, OK);
    clock += 7 * DAY;
    createRetentionJob(sql, () => clock, { elapsed: () => clock, run: "test" }).run();
    assert.deepEqual(see(1), GONE);
  });

  test("until the person asks to be forgotten", () => {
    submit(1, OK);
    createOperations({ ledger, now: () => clock }).erase(["phone1"]);
    assert.equal(rowOf(1), undefined);
  });
});
