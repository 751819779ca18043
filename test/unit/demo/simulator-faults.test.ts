/** Owns the proof of the simulators' faults on the wire and of their control plane. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { FAULT_MODES } from "../../../demo/vendors/modes.ts";
import { DEMO_SECRETS, startVendors, type VendorHandle } from "../../../demo/vendors/server.ts";

const vendors = await startVendors();
const { sakneen, brainysoft } = vendors;
after(() => vendors.close());
beforeEach(() => {
  sakneen.clear();
  brainysoft.clear();
});

/** What a caller of either vendor does; a name chooses the mode. */
interface Subject {
  vendor: VendorHandle;
  lead: (name: string, signal?: AbortSignal) => Promise<Response>;
  created: number;
}

const post = (url: string, headers: Record<string, string>, body: unknown, signal?: AbortSignal) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

const subjects: Record<string, Subject> = {
  Sakneen: {
    vendor: sakneen,
    created: 201,
    lead: (name, signal) =>
      post(
        `${sakneen.baseUrl}/external/apis/v1.0/leads`,
        { "api-key": DEMO_SECRETS.SAKNEEN_API_KEY },
        { name, phoneNumber: "+201012345678" },
        signal,
      ),
  },
  Brainysoft: {
    vendor: brainysoft,
    created: 200,
    lead: (firstName, signal) =>
      post(
        `${brainysoft.baseUrl}/main/leads`,
        { bsauth: DEMO_SECRETS.BRAINYSOFT_TOKEN },
        { firstName, mobilePhone: "79776200777" },
        signal,
      ),
  },
};

for (const [name, { vendor, lead, created }] of Object.entries(subjects))
  describe(name, () => {
    test("reads the mode from the first word of the name, in any case", async () => {
      assert.equal((await lead("UNAVAILABLE_503 Ahmed")).status, 503);
      assert.equal((await lead("unavailable_503")).status, 503);
      assert.equal((await lead("Ahmed unavailable_503")).status, created);
      assert.equal((await lead("timeouts Ahmed")).status, created);
    });

    test("applies an order for all to as many leads as it says", async () => {
      vendor.setFaults({ mode: "error_500", count: 2 });
      const statuses = [];
      for (let i = 0; i < 3; i++) statuses.push((await lead("Ahmed")).status);
      assert.deepEqual(statuses, [500, 500, created]);
    });

    test("lets the name of a lead beat the order for all", async () => {
      vendor.setFaults({ mode: "error_500", count: 1 });
      assert.equal((await lead("ok Ahmed")).status, created);
      assert.equal((await lead("Ahmed")).status, 500);
    });

    test("fails and works in turn when it flaps", async () => {
      vendor.setFaults({ mode: "flapping", count: 2 });
      const statuses = [];
      for (let i = 0; i < 6; i++) statuses.push((await lead("Ahmed")).status);
      assert.deepEqual(statuses, [503, 503, created, created, 503, 503]);
    });

    test("says when to come back after 429, and after 503 when told", async () => {
      assert.equal((await lead("rate_limited_429")).headers.get("retry-after"), "60");
      assert.equal((await lead("unavailable_503")).headers.get("retry-after"), null);
      vendor.setFaults({ mode: "unavailable_503", retry_after: 2 });
      assert.equal((await lead("Ahmed")).headers.get("retry-after"), "2");
    });

    test("never answers in the mode timeout, and notices that the caller left", async () => {
      await assert.rejects(lead("timeout", AbortSignal.timeout(1000)), { name: "TimeoutError" });
      assert.equal(vendor.requests().length, 1);
      assert.equal(vendor.requests()[0]?.answer, undefined);
      assert.equal(vendor.leads().length, 0);
    });

    test("drops a connection that hung long enough", async () => {
      await assert.rejects(lead("timeout:5"), TypeError);
    });

    test("stores a lead and answers late in the mode slow", async () => {
      await assert.rejects(lead("slow", AbortSignal.timeout(50)), { name: "TimeoutError" });
      assert.equal(vendor.leads().length, 1);
      assert.equal((await lead("slow:5")).status, created);
    });

    test("resets the connection before storing, or after it when told", async () => {
      await assert.rejects(lead("reset"), TypeError);
      assert.equal(vendor.leads().length, 0);
      vendor.setFaults({ mode: "reset", stored: true });
      await assert.rejects(lead("Ahmed"), TypeError);
      assert.equal(vendor.leads().length, 1);
    });

    test("answers with a page or with nothing and holds no lead", async () => {
      const html = await lead("html_200");
      assert.match(html.headers.get("content-type") ?? "", /^text\/html/);
      assert.match(await html.text(), /^<!doctype html>/);
      const empty = await lead("empty_200");
      assert.deepEqual([empty.status, await empty.text()], [200, ""]);
      assert.equal(vendor.leads().length, 0);
    });

    test("breaks off in the middle of the answer after storing", async () => {
      const answer = await lead("truncated");
      assert.equal(answer.status, created);
      await assert.rejects(answer.text(), TypeError);
      assert.equal(vendor.leads().length, 1);
    });

    test("sends one byte at a time, whole in the end", async () => {
      vendor.setFaults({ mode: "drip", ms: 0 });
      const answer = await lead("Ahmed");
      const sizes: number[] = [];
      for await (const chunk of answer.body ?? []) sizes.push(chunk.length);
      assert.ok(sizes.length > 10, `${sizes.length} chunks`);
      assert.equal(vendor.leads().length, 1);
    });

    test("answers with more than a careful client reads", async () => {
      const text = await (await lead("huge")).text();
      assert.ok(text.length > 256 * 1024);
      assert.ok(JSON.parse(text));
    });

    test("points to a thief that records what it is given", async () => {
      const answer = await lead("redirect_302");
      assert.equal(answer.status, 302);
      assert.equal(vendor.stolen().length, 0);
      await fetch(answer.headers.get("location") ?? "", { headers: { "api-key": "taken" } });
      assert.deepEqual(
        vendor.stolen().map(({ headers }) => headers["api-key"]),
        ["taken"],
      );
      assert.equal(vendor.requests().length, 1);
    });

    test("answers to the letter in the mode answer", async () => {
      vendor.setFaults({ mode: "answer", status: 418, body: { a: [1] } });
      const answer = await lead("Ahmed");
      assert.deepEqual([answer.status, await answer.json()], [418, { a: [1] }]);
      vendor.setFaults({ mode: "answer", body: '{"half' });
      assert.equal(await (await lead("Ahmed")).text(), '{"half');
      assert.equal(vendor.leads().length, 0);
    });

    test("fails on emoji when told so, and on nothing else", async () => {
      assert.equal((await lead("Mona 🎉")).status, created);
      vendor.setFaults({ mode: "ok", no_emoji: true });
      assert.equal((await lead("Mona 🎉")).status, 500);
      assert.equal((await lead("Мона")).status, created);
    });

    test("has an answer for every mode", async () => {
      const hanging = ["timeout", "slow", "reset", "truncated", "drip"];
      const modes = Object.keys(FAULT_MODES).filter((mode) => !hanging.includes(mode));
      for (const mode of modes) assert.ok((await lead(mode)).status >= 200, mode);
    });

    test("takes orders from a page on this machine, and says what is wrong with one", async () => {
      const order = (body: string) =>
        fetch(`${vendor.url}/_faults`, {
          method: "PUT",
          headers: { origin: "http://localhost:8787" },
          body,
        });
      const taken = await order('{"mode":"no_form","count":1}');
      assert.equal(taken.headers.get("access-control-allow-origin"), "http://localhost:8787");
      assert.deepEqual(await taken.json(), { mode: "no_form", count: 1 });
      const now = await (await fetch(`${vendor.url}/_faults`)).json();
      assert.equal(now.mode, "no_form");
      for (const [body, hint] of [
        ["", /Send an object/],
        ['{"mode":"nope"}', /Unknown mode\. Known: ok, duplicate/],
        ['{"mod":"ok"}', /Unknown option "mod"/],
        ['{"mode":"slow","ms":"1"}', /"ms"/],
      ] as const) {
        const refused = await order(body);
        assert.equal(refused.status, 400);
        assert.match((await refused.json()).error, hint);
      }
    });

    test("lists and clears leads without telling the credentials", async () => {
      await lead("Ahmed");
      await lead("no_form Ahmed");
      const text = await (await fetch(`${vendor.url}/_leads`)).text();
      assert.equal(JSON.parse(text).length, 1);
      assert.match(text, /Ahmed/);
      assert.match(text, /•••/);
      const requests = await (await fetch(`${vendor.url}/_requests`)).text();
      assert.equal(JSON.parse(requests).length, 2);
      for (const secret of Object.values(DEMO_SECRETS))
        assert.ok(!(text + requests).includes(secret));
      assert.equal((await fetch(`${vendor.url}/_leads`, { method: "DELETE" })).status, 204);
      assert.deepEqual(await (await fetch(`${vendor.url}/_leads`)).json(), []);
    });

    test("keeps its own paths closed to foreign pages", async () => {
      const answer = await lead("Ahmed");
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
    });
  });

test("closes at once although a request hangs", async () => {
  const short = await startVendors();
  const hanging = fetch(`${short.sakneen.url}/external/apis/v1.0/leads`, {
    method: "POST",
    headers: { "api-key": DEMO_SECRETS.SAKNEEN_API_KEY, "content-type": "application/json" },
    body: JSON.stringify({ name: "timeout", phoneNumber: "+201012345678" }),
  });
  const failed = assert.rejects(hanging, TypeError);
  // The request is on its way once the simulator has it.
  while (short.sakneen.requests().length === 0) await new Promise(setImmediate);
  await short.close();
  await failed;
});

test("refuses a port that another program has, and leaves none open", async () => {
  const port = Number(new URL(sakneen.url).port);
  await assert.rejects(startVendors({ ports: { brainysoft: port } }), { code: "EADDRINUSE" });
});
