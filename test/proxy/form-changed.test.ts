/** A vendor's form that changes under a running proxy: real stores, real restarts, real alerts. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LEADS, SECRETS, postLead, startProxy, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";
import { startReceiver } from "./receiver.ts";
import type { Receiver } from "./receiver.ts";
import { startTargets } from "./targets.ts";
import type { OwnTarget, Targets } from "./targets.ts";

const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";

const LABEL = { en: "Budget", ar: "الميزانية", ru: "Бюджет" };
const BUDGET = { name: "budget", type: "number", label: LABEL };
const SENT = { ...BUDGET, as: "budget" };
const LEAD_COUNT = 6;

let proxy: Proxy;
let folder: string;
let targets: Targets;
let receiver: Receiver;
/** What differs from the others' settings, by target. */
let changes: Record<string, object> = {};

const start = async (vendors?: Proxy["vendors"]) => {
  proxy = await startProxy({
    persistTo: folder,
    ...(vendors && { vendors }),
    targets: ({ brainysoft }) => {
      const all = targets.settings({ storage: "ledger", stamp: "off", fields: [BUDGET] });
      const lender = {
        vendor: "brainysoft",
        baseUrl: brainysoft.baseUrl,
        origins: ["https://www.example.com"],
        stamp: "off",
      };
      return Object.fromEntries(
        Object.entries({ ...all, lender }).map(([key, settings]) => [
          key,
          { ...settings, ...changes[key] },
        ]),
      );
    },
    secrets: () => ({ ...SECRETS, LEDGER_KEYS, OPERATOR_TOKEN, ...receiver.secrets }),
  });
};
/** As after a deploy with other settings. In workerd a store then sleeps until its alarm, 45 s at most. */
const restart = async (more: Record<string, object>) => {
  changes = { ...changes, ...more };
  const { vendors } = proxy;
  await proxy.stopWorker();
  await start(vendors);
};
/** The same, and a look of the operator, which opens each store at once. */
const restartAndLook = async (more: Record<string, object>) => {
  await restart(more);
  await ask("GET", "/targets");
};
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-form-state-"));
  receiver = await startReceiver();
  targets = await startTargets(6);
  await start();
});
after(async () => {
  await proxy.close();
  await targets.close();
  receiver.close();
  await rm(folder, { recursive: true, force: true });
});

const post = async (target: string, values: Record<string, string> = {}) => {
  const response = await postLead(proxy, { ...LEADS.sakneen, target, ...values });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const postMany = async (target: string) => {
  for (let n = 0; n < LEAD_COUNT; n++)
    assert.equal((await post(target, { phone: `0101234567${n}` })).status, 202);
};
const ask = async (method: string, path: string, body?: object) => {
  const response = await proxy.fetch(`/operator${path}`, {
    method,
    headers: {
      authorization: `Bearer ${OPERATOR_TOKEN}`,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const view = async (target: string) => {
  const all = (await ask("GET", "/targets")).body["targets"] as Record<string, unknown>[];
  const { state, breaker } = all.find((found) => found["target"] === target) ?? {};
  const { reason, key } = breaker as Record<string, unknown>;
  return { state, reason, key };
};
const budgets = ({ vendor }: OwnTarget) => vendor.leads().map(({ body }) => body["budget"]);
const told = async (target: string) => {
  await until(() => receiver.of(target, "vendor.form_changed").length > 0);
  const alerts = receiver.of(target, "vendor.form_changed");
  for (const { body } of alerts) assert.doesNotMatch(body, /Mona|1012345/);
  return alerts.map(({ data }) => [data["reason"], data["key"]]);
};
const BLOCKED = { state: "blocked", reason: "form_changed", key: "budget" };

describe("a key that the vendor's form demands", () => {
  test("blocks the target; all leads wait, and arrive with the setting", async () => {
    const own = targets.take();
    own.vendor.setFaults({ mode: "demanded_key" });
    await postMany(own.target);
    // This visitor's form showed the field, though no vendor took it yet.
    assert.equal(
      (await post(own.target, { phone: "01112345678", x_budget: "٧٥٠٬٠٠٠" })).status,
      202,
    );
    assert.deepEqual(await view(own.target), BLOCKED);
    const [line] = await proxy.deliveries({ target: own.target }, 1);
    assert.deepEqual([line?.["reason"], line?.["vendor_key"]], ["form_changed", "budget"]);
    assert.deepEqual(await told(own.target), [["form_changed", "budget"]]);

    const started = Date.now();
    await restart({ [own.target]: { fields: [{ ...SENT, fallback: 500_000 }] } });
    await until(() => budgets(own).length > LEAD_COUNT);
    assert.ok(Date.now() - started < 60_000);
    assert.deepEqual(
      budgets(own)
        .map(Number)
        .toSorted((a, b) => a - b),
      [...Array.from({ length: LEAD_COUNT }, () => 500_000), 750_000],
    );
    assert.equal((await told(own.target)).length, 1);
  });

  test("is told anew when another one follows it", async () => {
    const own = targets.take();
    own.vendor.setFaults({ mode: "demanded_key" });
    await post(own.target);
    await told(own.target);
    own.vendor.setFaults({ mode: "demanded_key", key: "rooms" });
    await restartAndLook({ [own.target]: { fields: [{ ...SENT, fallback: 1 }] } });
    await until(async () => (await view(own.target)).key === "rooms");
    await until(() => receiver.of(own.target, "vendor.form_changed").length === 2);
    const rooms = { name: "rooms", type: "select", as: "rooms", label: LABEL, options: ["1", "2"] };
    await restartAndLook({
      [own.target]: {
        fields: [
          { ...SENT, fallback: 1 },
          { ...rooms, fallback: "2" },
        ],
      },
    });
    await until(() => own.vendor.leads().length === 1);
    assert.equal(own.vendor.leads()[0]?.body["rooms"], "2");
  });

  test("without a fallback holds the lead by the field's name, until a person fills it", async () => {
    const own = targets.take();
    own.vendor.setFaults({ mode: "localised" });
    await restartAndLook({ [own.target]: { fields: [SENT] } });
    const { status, body } = await post(own.target, { lang: "ar" });
    assert.equal(status, 202);
    const id = String(body["receipt"]);
    const look = async () => (await ask("GET", `/leads/${id}`)).body;
    const { state, reason, fields, x_budget } = await look();
    assert.deepEqual(
      [state, reason, fields, x_budget],
      ["held", "field_refused", { x_budget: "field_missing" }, null],
    );
    assert.equal((await view(own.target)).state, "struggling");
    const wrong = await ask("PATCH", `/leads/${id}`, { x_budget: "much" });
    assert.deepEqual([wrong.status, wrong.body["fields"]], [422, { x_budget: "field_invalid" }]);
    assert.equal((await ask("PATCH", `/leads/${id}`, { x_budget: "3,000" })).status, 200);
    await until(() => budgets(own).length === 1);
    assert.deepEqual(budgets(own), [3_000]);
  });

  test("is told once where nothing is stored, and no lead is thanked for", async () => {
    const own = targets.take();
    await restartAndLook({ [own.target]: { storage: "none", fields: [] } });
    own.vendor.setFaults({ mode: "demanded_key" });
    for (let n = 0; n < 3; n++) {
      const { status, body } = await post(own.target, { phone: `0101234567${n}` });
      assert.deepEqual([status, body["code"]], [503, "unavailable"]);
    }
    assert.deepEqual(await told(own.target), [["form_changed", "budget"]]);
  });

  test("is read from a code of Brainysoft, too", async () => {
    const { brainysoft } = proxy.vendors;
    brainysoft.setFaults({ mode: "demanded_key", key: "loanPurpose" });
    const lead = { phone: "89776200777", name: "Иван" };
    assert.equal((await post("lender", lead)).status, 202);
    assert.deepEqual(await view("lender"), { ...BLOCKED, key: "loanPurpose" });
    const purpose = { name: "purpose", type: "text", label: LABEL, fallback: "car" };
    await restartAndLook({ lender: { fields: [{ ...purpose, as: "extraFields.loanPurpose" }] } });
    await until(() => brainysoft.leads().length === 1);
    const extra = [{ key: "loanPurpose", value: "car" }];
    assert.deepEqual(brainysoft.leads()[0]?.body["extraFields"], extra);
  });
});

test("a key that the vendor knows no more blocks the target, until its setting goes", async () => {
  const own = targets.take();
  await restartAndLook({ [own.target]: { fields: [SENT] } });
  own.vendor.setFaults({ mode: "refused_key" });
  assert.equal((await post(own.target, { x_budget: "5" })).status, 202);
  assert.deepEqual(await view(own.target), BLOCKED);
  assert.deepEqual(await told(own.target), [["form_changed", "budget"]]);
  await restartAndLook({ [own.target]: { fields: [BUDGET] } });
  await until(() => own.vendor.leads().length === 1);
  assert.deepEqual(budgets(own), [undefined]);
});
