/** The proxy inside a page: its own rules, sealed leads in memory, and both simulated vendors without a network. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createInPageProxy } from "../../../demo/in-page/proxy.ts";

const PROXY = "https://leads.example.com";
const start = () => createInPageProxy(PROXY, () => {});

const leadOf = (fields: Readonly<Record<string, string>> = {}): Request =>
  new Request(`${PROXY}/v1/leads`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({
      target: "sakneen",
      id: crypto.randomUUID(),
      name: "Mona Adel",
      phone: "01001234567",
      country: "EG",
      ...fields,
    }),
  });

const post = async (proxy: ReturnType<typeof start>, request: Request) => {
  const response = await proxy.fetch(request);
  return { status: response.status, body: await response.json() };
};

describe("the proxy inside a page", () => {
  test("hands a lead on, by the vendor's own document, with a key that the page never shows", async () => {
    const proxy = start();
    const { status, body } = await post(proxy, leadOf());
    assert.equal(status, 201);
    assert.equal(body.status, "created");
    const [request] = proxy.vendors.sakneen.requests;
    assert.equal(request?.path, "/external/apis/v1.0/leads");
    assert.ok(request?.headers["api-key"]);
    assert.equal(JSON.parse(request?.body ?? "{}").phoneNumber, "+201001234567");
    assert.equal(proxy.exchanges[0]?.fields["phone"], "01001234567");
  });

  test("takes the other vendor's leads too", async () => {
    const proxy = start();
    const lead = { target: "brainysoft", phone: "89161234567", country: "RU", name: "Анна" };
    const { status } = await post(proxy, leadOf(lead));
    assert.equal(status, 201);
    assert.equal(proxy.vendors.brainysoft.leads.length, 1);
  });

  for (const [fields, code] of [
    [{ phone: "12" }, { phone: "phone_invalid" }],
    // Of a possible length, in no range of the United States: it knows every plan.
    [{ phone: "+1 111 222 3333" }, { phone: "phone_unlikely" }],
    [{ name: " " }, { name: "name_missing" }],
    [{ project: "Nowhere" }, { project: "project_unknown" }],
  ] as const)
    test(`refuses by the real rules: ${JSON.stringify(code)}`, async () => {
      const proxy = start();
      const { status, body } = await post(proxy, leadOf(fields));
      assert.equal(status, 422);
      assert.deepEqual(body.fields, code);
      assert.deepEqual(proxy.stored(), []);
    });

  for (const mode of ["unavailable_503", "bad_key", "reset"] as const)
    test(`keeps a lead sealed while the vendor ${mode}, and sends it on afterwards`, async () => {
      const proxy = start();
      await proxy.setFaults({ mode });
      const { status, body } = await post(proxy, leadOf());
      assert.equal(status, 202);
      const [kept] = proxy.stored();
      assert.equal(kept?.state, "waiting");
      assert.equal(kept?.id, body.receipt);
      assert.ok(
        !JSON.stringify(kept).includes("Mona") && !JSON.stringify(kept).includes("1001234567"),
      );
      await proxy.setFaults({ mode: "ok" });
      assert.equal(proxy.stored()[0]?.state, "delivered");
      assert.equal(proxy.stored()[0]?.box, "", "the content goes with its end");
      assert.equal(proxy.vendors.sakneen.leads.length, 1);
    });

  test("answers a repeat from what it has, and refuses an id with other content", async () => {
    const proxy = start();
    const id = crypto.randomUUID();
    const first = await post(proxy, leadOf({ id }));
    assert.deepEqual(await post(proxy, leadOf({ id })), first);
    assert.equal(proxy.vendors.sakneen.leads.length, 1);
    const other = await post(proxy, leadOf({ id, name: "Omar" }));
    assert.equal(other.body.code, "id_reused");
    const again = await post(proxy, leadOf());
    assert.equal(again.status, 201);
    assert.equal(proxy.vendors.sakneen.leads.length, 1);
  });

  test("tells a form the target's own fields", async () => {
    const response = await start().fetch(new Request(`${PROXY}/v1/fields/sakneen`));
    const { fields } = await response.json();
    assert.equal(fields[0].name, "budget");
  });
});
