/** Numbers of other countries in both runtimes: the plans come from a file of the build, or do not come. */
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import packageJson from "../../package.json" with { type: "json" };
import { plansPath } from "../../proxy/http/phone-plans.ts";
import { LEADS, postLead, startProxy, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const FILE = plansPath(packageJson.version);

/** Of a possible length, in no range of the United States. */
const OUTSIDE = "+1 111 222 3333";
const GERMAN = { phone: "0151 12345678", country: "DE" };

let proxy: Proxy;
const post = async (typed: Record<string, string>) => {
  const response = await postLead(proxy, { ...LEADS.sakneen, ...typed });
  const { fields }: { fields?: Record<string, string> } = await response.json();
  return `${response.status} ${fields?.["phone"] ?? ""}`.trim();
};
const delivered = () => proxy.vendors.sakneen.leads().map(({ body }) => body["phoneNumber"]);

describe("with the file of its build", () => {
  before(async () => {
    proxy = await startProxy();
  });
  beforeEach(() => proxy.vendors.sakneen.clear());
  after(() => proxy.close());

  test("a proxy knows the ranges of each country, with the first number and with the next", async () => {
    assert.equal(await post({ phone: OUTSIDE }), "422 phone_unlikely");
    assert.equal(await post(GERMAN), "201");
    assert.equal(await post({ phone: "+44 12345" }), "422 phone_invalid");
    assert.deepEqual(delivered(), ["+4915112345678"]);
    assert.doesNotMatch(proxy.logs(), /phone_plans/);
  });

  test("no address leads to it", async () => {
    assert.equal((await proxy.fetch(FILE)).status, 404);
  });
});

describe("without it", () => {
  let root = "";
  before(async () => {
    root = await mkdtemp(join(tmpdir(), "lead-form-dist-"));
    for (const runtime of ["worker", "node"]) {
      const folder = join(root, "dist", runtime);
      await cp(join("dist", runtime), folder, { recursive: true });
      await rm(join(folder, "public", FILE));
    }
    proxy = await startProxy({ root });
  });
  after(async () => {
    await proxy.close();
    await rm(root, { recursive: true, force: true });
  });

  test("a lead from abroad is delivered or asked about, and the log names it", async () => {
    assert.equal(await post({}), "201");
    assert.equal(await post({ phone: OUTSIDE }), "201");
    assert.equal(await post(GERMAN), "422 phone_unlikely");
    assert.equal(await post({ ...GERMAN, phone_confirmed: "1" }), "201");
    assert.deepEqual(delivered(), ["+201012345678", "+11112223333", "+4915112345678"]);
    await until(() => proxy.logs().includes('{"event":"phone_plans"}'));
  });
});
