/** An operator's test lead: what it proves, who may send one, and that it leaves no trace among the leads. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import type { VendorHandle } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";
import { startTargets } from "./targets.ts";
import type { OwnTarget, Targets } from "./targets.ts";

const OWNER = "operator-token-of-the-tests-0123456789";
const TOKENS = {
  lena: { token: "l".repeat(40), targets: ["entry"], can: ["read", "replay"] },
  rami: { token: "r".repeat(40), can: ["read", "erase", "export"] },
} as const;
const SECRET = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;

/** Every message of the proxy to anybody but a vendor. */
const told: string[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  request.once("end", () => {
    told.push(body);
    response.writeHead(204).end();
  });
});

let targets: Targets;
/** Gets nothing but what is refused. */
let refused: OwnTarget;
let proxy: Proxy;
before(async () => {
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  targets = await startTargets(20);
  refused = targets.take();
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen, brainysoft } = targetsFor(vendors);
      return {
        ...targets.settings({
          storage: "ledger",
          shards: 2,
          stamp: "off",
          limits: { perPhonePerDay: 1, perAddressPerMinute: 20 },
          events: { url, secret: "EVENTS_SECRET" },
          notify: { kind: "webhook", secret: "NOTIFY_URL" },
        }),
        // Neither a store nor a proof of work.
        relayed: { ...sakneen, stamp: "required" },
        lender: { ...brainysoft, storage: "ledger" },
        entry: {
          ...sakneen,
          storage: "ledger",
          projects: ["Palm Hills"],
          routes: { "Palm Hills": "routed" },
        },
        routed: { ...sakneen, storage: "ledger" },
      };
    },
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      OPERATOR_TOKEN: OWNER,
      OPERATOR_TOKENS: JSON.stringify(TOKENS),
      EVENTS_SECRET: SECRET,
      NOTIFY_URL: url,
      ALERT_WEBHOOK_URL: url,
      ALERT_WEBHOOK_SECRET: SECRET,
    }),
  });
});
after(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await proxy.close();
  await targets.close();
});

type Values = Readonly<Record<string, string>>;
type Body = Record<string, unknown>;

interface Sent {
  token?: string | undefined;
  origin?: string;
  query?: string;
}
/** As a command sends it: without an origin. */
const send = async (values: Values, { token = OWNER, origin, query = "" }: Sent = {}) => {
  const response = await proxy.fetch(`/v1/leads${query}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
      ...(origin && { origin }),
    },
    body: JSON.stringify({ ...LEADS.sakneen, ...values }),
  });
  return { status: response.status, body: (await response.json()) as Body };
};
const sendTest = (values: Values = {}) => send({ test: "1", ...values });

const ask = async (method: string, path: string, token: string = OWNER) => {
  const response = await proxy.fetch(`/operator${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json;");
  return { status: response.status, text, body: (isJson ? JSON.parse(text) : {}) as Body };
};
const listed = async (query: string) =>
  (await ask("GET", `/leads?${query}`)).body["leads"] as Body[];

let phones = 0;
/** One that no other test has used. */
const newPhone = () => `0101234${String(++phones).padStart(4, "0")}`;
const sendReal = async (target: string, values: Values = {}) => {
  const id = crypto.randomUUID();
  const response = await postLead(proxy, { ...LEADS.sakneen, target, id, ...values });
  return { status: response.status, body: (await response.json()) as Body };
};

const PROVEN = {
  test: true,
  stored: true,
  reached: true,
  key_accepted: true,
  validated: true,
  reason: null,
};
const untouched = (vendor: VendorHandle) =>
  assert.deepEqual([vendor.leads().length, vendor.requests().length], [0, 0]);

describe("a test lead", () => {
  test("goes to the vendor's validation, and creates nothing there", async () => {
    const { target, vendor } = targets.take();
    const { status, body } = await sendTest({ target, email: "mona@example.com" });
    const { receipt, ...proof } = body;
    assert.deepEqual([status, proof], [200, { ...PROVEN, target }]);
    assert.match(String(receipt), /^[\da-f-]{36}$/);
    assert.deepEqual([vendor.leads().length, vendor.requests().length], [0, 1]);
    assert.doesNotMatch(JSON.stringify(body), /Mona|mona@|1012345678/);
  });

  test("goes to Brainysoft's too", async () => {
    const { status, body } = await sendTest({ ...LEADS.brainysoft, target: "lender" });
    const { receipt: _, ...proof } = body;
    assert.deepEqual([status, proof], [200, { ...PROVEN, target: "lender" }]);
    const { brainysoft } = proxy.vendors;
    assert.deepEqual([brainysoft.leads().length, brainysoft.requests().length], [0, 1]);
  });

  test("stores nothing where nothing is stored", async () => {
    const { body } = await sendTest({ target: "relayed" });
    const { receipt: _, ...proof } = body;
    assert.deepEqual(proof, { ...PROVEN, stored: false, target: "relayed" });
    assert.equal(proxy.vendors.sakneen.leads().length, 0);
  });

  test("is held to the rules of the target", async () => {
    const { target, vendor } = targets.take();
    const { status, body } = await sendTest({ target, phone: "12", project: "Nowhere" });
    assert.equal(status, 422);
    assert.deepEqual(body["fields"], { phone: "phone_invalid", project: "project_unknown" });
    untouched(vendor);
  });

  for (const [mode, expected] of [
    ["bad_key", { reached: true, key_accepted: false, reason: "key_refused" }],
    ["no_form", { reached: true, key_accepted: true, reason: "no_form" }],
    ["unavailable_503", { reached: true, key_accepted: null, reason: "overloaded" }],
    ["html_200", { reached: true, key_accepted: null, reason: "html" }],
    ["reset", { reached: false, key_accepted: null, reason: "network" }],
  ] as const)
    test(`tells of a vendor under ${mode}, and does not stop the target`, async () => {
      const { target, vendor } = targets.take();
      vendor.setFaults({ mode });
      for (let n = 0; n < 3; n++) {
        const { body } = await sendTest({ target });
        const { receipt: _, ...proof } = body;
        assert.deepEqual(proof, { ...PROVEN, ...expected, target, validated: false });
      }
      const [item] = await listed(`target=${target}&test=1`);
      assert.deepEqual([item?.["state"], item?.["reason"]], ["held", expected.reason]);
      vendor.setFaults({ mode: "ok" });
      assert.equal((await sendReal(target, { phone: newPhone() })).status, 201);
      const view = (await ask("GET", "/targets")).body["targets"] as Body[];
      assert.equal(view.find((each) => each["target"] === target)?.["state"], "working");
    });
});

describe("who may send a test lead", () => {
  const CASES: readonly [what: string, sent: Sent, values: Values][] = [
    ["nobody without a token", { token: "" }, { test: "1" }],
    ["no page of the target", { token: "", origin: ORIGIN }, { test: "1" }],
    ["no page by the address either", { token: "", origin: ORIGIN, query: "?test=1" }, {}],
    ["no page by another word", { token: "", origin: ORIGIN }, { test: "yes" }],
    ["no page with a capital", { token: "", origin: ORIGIN }, { test: "True" }],
    ["no wrong token", { token: "w".repeat(40) }, { test: "1" }],
    ["no wrong token of an allowed page", { token: "w".repeat(40), origin: ORIGIN }, { test: "1" }],
    ["no token without the right to send", { token: TOKENS.rami.token }, { test: "1" }],
    ["no token of other targets", { token: TOKENS.lena.token }, { test: "1" }],
  ];
  for (const [what, sent, values] of CASES)
    test(`${what}: 403, and no lead`, async () => {
      const { vendor } = refused;
      const { status, body } = await send({ target: refused.target, ...values }, sent);
      assert.deepEqual([status, body["code"]], [403, "origin_refused"]);
      assert.deepEqual(await listed(`target=${refused.target}`), []);
      untouched(vendor);
    });

  test("nobody by way of another target", async () => {
    const { status } = await send(
      { target: "entry", project: "Palm Hills", test: "1" },
      { token: TOKENS.lena.token },
    );
    assert.equal(status, 403);
    assert.deepEqual(await listed("target=routed"), []);
  });

  test("a token opens nothing but tests", async () => {
    for (const test of [undefined, "0", "false", ""]) {
      const values = { target: refused.target, ...(test !== undefined && { test }) };
      assert.equal((await send(values)).status, 403);
    }
    assert.deepEqual(await listed(`target=${refused.target}`), []);
  });

  test("one who may, also by the address, and by way of another target", async () => {
    const { target, vendor } = targets.take();
    assert.equal((await send({ target }, { query: "?test=1" })).body["test"], true);
    assert.equal(vendor.leads().length, 0);
    const by = await sendTest({ target: "entry", project: "Palm Hills" });
    assert.equal(by.body["target"], "routed");
    const [item] = await listed("target=routed");
    assert.deepEqual([item?.["test"], item?.["entered_by"]], [true, "entry"]);
  });

  test("the log names the token and the target, and nobody else", async () => {
    const { body } = await send({ target: "entry", test: "1" }, { token: TOKENS.lena.token });
    const id = String(body["receipt"]);
    await until(() => proxy.logs().includes(`"by":"lena","target":"entry","id":"${id}"`));
    for (const text of ["Mona", "1012345678", OWNER, TOKENS.lena.token])
      assert.ok(!proxy.logs().includes(text), text);
  });
});

describe("a test lead among leads", () => {
  test("is listed as one, looked at, and moved nowhere", async () => {
    const { target, vendor } = targets.take();
    const receipt = String((await sendTest({ target })).body["receipt"]);
    const real = String((await sendReal(target)).body["receipt"]);
    const list = await listed(`target=${target}`);
    assert.deepEqual(
      list.map(({ id, test }) => [id, test]),
      [
        [real, undefined],
        [receipt, true],
      ],
    );
    assert.equal(list[1]?.["phone"], "+20…78");
    assert.deepEqual((await listed(`target=${target}&test=1`)).length, 1);
    assert.deepEqual((await listed(`target=${target}&state=rejected`)).length, 1);
    assert.deepEqual((await listed(`target=${target}&state=delivered`))[0]?.["id"], real);
    const details = (await ask("GET", `/leads/${receipt}`)).body;
    assert.deepEqual([details["test"], details["name"]], [true, "Mona Adel"]);
    for (const move of ["replay", "release"])
      assert.equal((await ask("POST", `/leads/${receipt}/${move}`)).status, 409);
    const correction = await proxy.fetch(`/operator/leads/${receipt}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${OWNER}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Mona" }),
    });
    assert.equal(correction.status, 409);
    assert.equal(vendor.leads().length, 1);
  });

  test("goes in one press, which moves no lead", async () => {
    const { target } = targets.take();
    const receipt = String((await sendTest({ target })).body["receipt"]);
    const real = String((await sendReal(target)).body["receipt"]);
    const kept = await ask("DELETE", `/leads/${real}`);
    assert.deepEqual([kept.status, kept.body["state"]], [409, "delivered"]);
    assert.equal((await ask("DELETE", `/leads/${receipt}`, TOKENS.rami.token)).status, 403);
    assert.deepEqual((await ask("DELETE", `/leads/${receipt}`)).body, { removed: 1 });
    assert.equal((await ask("DELETE", `/leads/${receipt}`)).status, 404);
    assert.deepEqual(
      (await listed(`target=${target}`)).map(({ id }) => id),
      [real],
    );
  });

  test("is never taken for a lead of the same content, nor a lead for it", async () => {
    const { target, vendor } = targets.take();
    assert.equal((await sendTest({ target })).status, 200);
    const real = await sendReal(target);
    assert.deepEqual([real.status, vendor.leads().length], [201, 1]);
    const again = await sendTest({ target });
    assert.equal(again.body["test"], true);
    assert.notEqual(again.body["receipt"], real.body["receipt"]);
    assert.equal((await listed(`target=${target}`)).length, 3);
  });

  test("shares no id with a lead, whichever comes first", async () => {
    const { target, vendor } = targets.take();
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    assert.equal((await sendTest({ target, id: first })).status, 200);
    const real = await sendReal(target, { id: first });
    assert.deepEqual([real.status, real.body["receipt"], vendor.leads().length], [201, first, 1]);
    assert.equal((await sendReal(target, { id: second, phone: newPhone() })).status, 201);
    const refusal = await sendTest({ target, id: second });
    assert.deepEqual([refusal.status, refusal.body["code"]], [422, "id_reused"]);
    assert.equal((await ask("DELETE", `/leads/${second}`)).status, 409);
  });

  test("is counted nowhere, limited by nothing, told to nobody and in no file", async () => {
    const { target, vendor } = targets.take();
    const phone = newPhone();
    const figures = async () => {
      const { body } = await ask("GET", "/targets");
      const view = (body["targets"] as Body[]).find((each) => each["target"] === target);
      const { text } = await ask("GET", "/metrics");
      return [view, text.split("\n").filter((line) => line.includes(`target="${target}"`))];
    };
    const before = await figures();
    const receipts: string[] = [];
    for (let n = 0; n < 25; n++)
      receipts.push(String((await sendTest({ target, phone })).body["receipt"]));
    assert.deepEqual(await figures(), before);
    assert.equal(
      (await ask("GET", `/export?target=${target}&format=ndjson`)).text.includes(phone.slice(1)),
      false,
    );

    // The number's one lead of the day, and the address's twenty of the minute, are untouched.
    const real = await sendReal(target, { phone });
    assert.deepEqual([real.status, vendor.leads().length], [201, 1]);
    // What would have been told of the tests, would have been told before.
    const id = String(real.body["receipt"]);
    await until(() => told.filter((body) => body.includes(id)).length >= 2);
    for (const receipt of receipts) assert.ok(!told.some((body) => body.includes(receipt)));
  });

  test("goes with the person whose number it holds", async () => {
    const { target } = targets.take();
    const phone = newPhone();
    await sendTest({ target, phone });
    await sendReal(target, { phone });
    const { body } = await ask("DELETE", `/leads?phone=${phone}`);
    assert.equal(body["erased"], 2);
    assert.deepEqual(await listed(`target=${target}`), []);
  });
});
