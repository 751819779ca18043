/** Leads that another target delivers: by its credential, from its store, for its operator. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
const SECRETS = {
  SAKNEEN_API_KEY: "key of the tower",
  NORTH_API_KEY: "key of the north",
  BRAINYSOFT_TOKEN: "token",
  OPERATOR_TOKEN,
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
};

let own: Vendors;
let other: Vendors;
let proxy: Proxy;
before(async () => {
  own = await startVendors({ secrets: { SAKNEEN_API_KEY: SECRETS.SAKNEEN_API_KEY } });
  other = await startVendors({
    secrets: { SAKNEEN_API_KEY: SECRETS.NORTH_API_KEY, BRAINYSOFT_TOKEN: SECRETS.BRAINYSOFT_TOKEN },
  });
  const base = { ...targetsFor(own).sakneen, storage: "ledger" };
  // The pages of these need not be the same.
  const origins = ["https://north.example.com"];
  proxy = await startProxy({
    vendors: own,
    targets: () => ({
      tower: {
        ...base,
        projects: ["Palm Hills", "Nile View", "Chain", "Loan", "Broken"],
        required: ["email"],
        stamp: "off",
        routes: { "Palm Hills": "north", Chain: "middle", Loan: "lender", Broken: "broken" },
      },
      north: {
        ...targetsFor(other).sakneen,
        storage: "ledger",
        credential: "NORTH",
        projects: ["Elsewhere"],
        stamp: "required",
        origins,
      },
      middle: { ...base, projects: ["Chain"], routes: { Chain: "north" } },
      lender: { ...targetsFor(other).brainysoft, storage: "ledger" },
      broken: { ...base, credential: "NOBODY" },
    }),
    secrets: () => SECRETS,
  });
});
after(async () => {
  await proxy.close();
  await other.close();
});
beforeEach(() => {
  for (const { sakneen, brainysoft } of [own, other]) {
    sakneen.clear();
    brainysoft.clear();
  }
});

let next = 0;
/** A number that no other test has used. */
const phone = () => `0101234${String(++next).padStart(4, "0")}`;

type Values = Readonly<Record<string, string>>;
const post = async (values: Values, origin?: string) => {
  const response = await postLead(
    proxy,
    { ...LEADS.sakneen, target: "tower", email: "mona@example.com", phone: phone(), ...values },
    { origin: origin ?? ORIGIN },
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const ask = async (path: string, init: RequestInit = {}) => {
  const response = await proxy.fetch(`/operator${path}`, {
    ...init,
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, "content-type": "application/json" },
  });
  return { status: response.status, text: await response.text() };
};
const read = async (path: string) =>
  JSON.parse((await ask(path)).text) as Record<string, unknown> & {
    leads: Record<string, unknown>[];
    targets: Record<string, unknown>[];
  };
const keyOf = (vendors: Vendors) => vendors.sakneen.requests().at(-1)?.headers["api-key"];

describe("a lead of a routed project", () => {
  test("goes by the other target's address and credential; others stay", async () => {
    assert.equal((await post({ project: "Palm Hills" })).status, 201);
    assert.deepEqual([own.sakneen.leads().length, other.sakneen.leads().length], [0, 1]);
    assert.equal(keyOf(other), SECRETS.NORTH_API_KEY);
    assert.equal((await post({ project: "Nile View" })).status, 201);
    assert.equal(keyOf(own), SECRETS.SAKNEEN_API_KEY);
    assert.equal((await post({})).status, 201);
    assert.deepEqual([own.sakneen.leads().length, other.sakneen.leads().length], [2, 1]);
  });

  test("goes on where its target has a route too", async () => {
    assert.equal((await post({ project: " Chain " })).status, 201);
    assert.equal(other.sakneen.leads().length, 1);
  });

  test("is checked by the rules of its form's target", async () => {
    const wrong = async (values: Values) => (await post(values)).body["fields"];
    assert.deepEqual(await wrong({ project: "Palm Hills", email: "" }), { email: "email_missing" });
    assert.deepEqual(await wrong({ project: "Elsewhere" }), { project: "project_unknown" });
    // The other target demands a proof of work of its own forms.
    assert.equal((await post({ target: "north" }, "https://north.example.com")).status, 403);
    assert.equal((await post({ project: "Palm Hills" }, "https://north.example.com")).status, 403);
  });

  test("is checked by what the other vendor can take", async () => {
    const landline = "0223456789";
    assert.equal((await post({ project: "Nile View", phone: landline })).status, 201);
    const { body } = await post({ project: "Loan", phone: landline, name: "n".repeat(51) });
    assert.deepEqual(body["fields"], { phone: "phone_not_mobile", name: "name_too_long" });
    assert.equal((await post({ project: "Loan" })).status, 201);
    assert.equal(other.brainysoft.leads().length, 1);
  });

  test("is answered from the same store when it is repeated", async () => {
    const [id, number] = [crypto.randomUUID(), phone()];
    const values = { id, phone: number, project: "Palm Hills" };
    for (let n = 0; n < 3; n++)
      assert.deepEqual(await post(values), {
        status: 201,
        body: { receipt: id, status: "created" },
      });
    const repeat = crypto.randomUUID();
    assert.equal((await post({ ...values, id: repeat })).body["receipt"], repeat);
    assert.equal((await post({ ...values, name: "Somebody Else" })).body["code"], "id_reused");
    assert.equal(other.sakneen.requests().length, 1);
  });

  test("under an id that stands for a lead of another way is refused, and not sent", async () => {
    for (const [first, second] of [
      ["Nile View", "Palm Hills"],
      ["Palm Hills", "Nile View"],
      ["Palm Hills", "Loan"],
    ] as const) {
      const values = { id: crypto.randomUUID(), phone: phone() };
      assert.equal((await post({ ...values, project: first })).status, 201);
      for (const { sakneen, brainysoft } of [own, other]) {
        sakneen.clear();
        brainysoft.clear();
      }
      const { status, body } = await post({ ...values, project: second });
      assert.deepEqual([status, body["code"]], [422, "id_reused"], `${first}, ${second}`);
      assert.equal((await post({ ...values, project: first })).status, 201);
      const sent = [own, other].flatMap(({ sakneen, brainysoft }) => [
        ...sakneen.leads(),
        ...brainysoft.leads(),
      ]);
      assert.deepEqual(sent, []);
    }
  });

  test("is refused as that target's own leads are while it has a fault", async () => {
    const { status, body } = await post({ project: "Broken" });
    assert.deepEqual([status, body["code"]], [503, "unavailable"]);
    assert.equal((await post({ project: "Nile View" })).status, 201);
    const health = (await (await proxy.fetch("/healthz")).json()) as { faults: object[] };
    assert.deepEqual(health.faults, [
      { setting: "NOBODY_API_KEY", problem: "is missing" },
      {
        setting: "TARGETS.tower.routes.Broken",
        problem: "leads to broken, where a setting is faulty",
      },
    ]);
  });
});

describe("the operator", () => {
  test("sees where it came in: in the list, in its details, and in both exports", async () => {
    const delivered = String((await post({ project: "Palm Hills" })).body["receipt"]);
    other.sakneen.setFaults({ mode: "html_200", count: 1 });
    const held = String((await post({ project: "Palm Hills" })).body["receipt"]);
    own.sakneen.setFaults({ mode: "html_200", count: 1 });
    const straight = String((await post({ project: "Nile View" })).body["receipt"]);
    const expected = [
      [delivered, "north", "tower"],
      [held, "north", "tower"],
      [straight, "tower", undefined],
    ] as const;
    for (const [id, target, entry] of expected) {
      const details = await read(`/leads/${id}`);
      assert.deepEqual([details["target"], details["entered_by"]], [target, entry]);
      const { leads } = await read(`/leads?target=${target}`);
      const listed = leads.find((lead) => lead["id"] === id);
      assert.equal(listed?.["entered_by"], entry);
      assert.ok(!JSON.stringify(leads).includes("Mona"));
    }
    const lines = (await ask("/export?target=north")).text.trim().split("\n");
    const exported = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(exported.find(({ id }) => id === held)?.["entered_by"], "tower");
    const receipts = (await ask("/export?target=north&state=delivered&format=csv")).text;
    const [, head = "", ...rows] = receipts.split("\r\n");
    const column = head.split(",").indexOf('"entered_by"');
    assert.ok(column > 0, head);
    const row = rows.find((line) => line.includes(delivered)) ?? "";
    assert.equal(row.split(",")[column], '"tower"');
  });

  test("sees the routes of each target", async () => {
    const { targets } = await read("/targets");
    const routesOf = (key: string) => targets.find(({ target }) => target === key)?.["routes"];
    assert.deepEqual(routesOf("middle"), { Chain: "north" });
    assert.equal(routesOf("north"), undefined);
  });

  test("sees what is wrong with a target beside it", async () => {
    const { targets } = await read("/targets");
    assert.deepEqual(
      targets.find(({ target }) => target === "broken"),
      {
        target: "broken",
        state: "faulty",
        faults: [{ setting: "NOBODY_API_KEY", problem: "is missing" }],
      },
    );
  });

  test("corrects it by the rules of its form, and cannot send it another way", async () => {
    other.sakneen.setFaults({ mode: "html_200", count: 1 });
    const id = String((await post({ project: "Palm Hills" })).body["receipt"]);
    const patch = (values: Values) =>
      ask(`/leads/${id}`, { method: "PATCH", body: JSON.stringify(values) });
    assert.equal((await patch({ email: "" })).status, 422);
    const other409 = await patch({ project: "Nile View" });
    assert.equal(other409.status, 409);
    assert.match(other409.text, /another target/);
    const mended = await patch({ name: "Mona Hassan", project: "Palm Hills" });
    assert.equal(mended.status, 200, mended.text);
    assert.equal((JSON.parse(mended.text) as Record<string, unknown>)["entered_by"], "tower");
    await until(() => other.sakneen.leads().length === 1);
    const details = await read(`/leads/${id}`);
    assert.deepEqual([details["target"], details["entered_by"]], ["north", "tower"]);
  });

  test("erases a number as the form's own country has read it", async () => {
    const number = phone();
    other.brainysoft.setFaults({ mode: "html_200", count: 1 });
    assert.equal((await post({ project: "Loan", phone: number })).status, 202);
    const { text } = await ask(`/leads?phone=${number}`, { method: "DELETE" });
    assert.equal((JSON.parse(text) as { erased: number }).erased, 1);
  });
});
