/** A vendor's answer to a call that must not create a lead, and that no such call can create one. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { DEMO_SECRETS, startVendors } from "../../../demo/vendors/server.ts";
import type { Vendors } from "../../../demo/vendors/server.ts";
import type { Checked } from "../../../proxy/vendors/vendor.ts";
import { leadOf, ownTarget } from "./own-target.ts";

let vendors: Vendors;
before(async () => {
  vendors = await startVendors();
});
after(() => vendors.close());
beforeEach(() => {
  for (const name of NAMES) vendors[name].clear();
});

type Name = "sakneen" | "brainysoft";
const NAMES: readonly Name[] = ["sakneen", "brainysoft"];

const LEAD = leadOf({
  email: "mona@example.com",
  project: "Palm Hills",
  attribution: { utm_source: "spring" },
  own: { budget: "5" },
});

interface World {
  settings?: object;
  /** Replaces the simulator. */
  answer?: () => Response;
  secrets?: Readonly<Record<string, string>>;
}

/** The outcome of a check, what the vendor got, and what it holds afterwards. */
const check = async (vendor: Name, { settings, answer, secrets }: World = {}) => {
  const { baseUrl } = vendors[vendor];
  const target = ownTarget([], { vendor, baseUrl, ...settings }, { ...DEMO_SECRETS, ...secrets });
  const outcome: Checked = await target.check(LEAD, {
    fetch: async (url, init) => answer?.() ?? fetch(url, init),
    now: () => 0,
    left: () => 6_000,
  });
  return { outcome, sent: vendors[vendor].requests(), leads: vendors[vendor].leads() };
};

const reasonOf = (outcome: Checked) =>
  "reason" in outcome ? `${outcome.kind} ${outcome.reason}` : outcome.kind;

for (const vendor of NAMES)
  describe(`a check of ${vendor}`, () => {
    test("is refused for what it leaves out, and creates nothing", async () => {
      const { outcome, sent, leads } = await check(vendor);
      assert.equal(outcome.kind, "validated");
      assert.deepEqual(leads, []);
      const [{ body } = { body: "" }, ...others] = sent;
      assert.deepEqual(others, []);
      assert.match(body, /mona@example\.com/);
      assert.doesNotMatch(body, /Mona|1012345678/);
    });

    test("tells a key that is refused", async () => {
      const secrets = { SAKNEEN_API_KEY: "another", BRAINYSOFT_TOKEN: "another" };
      assert.equal(
        reasonOf((await check(vendor, { secrets })).outcome),
        "misconfigured key_refused",
      );
    });

    test("tells an address that is not the API's", async () => {
      const settings = { baseUrl: `${vendors[vendor].url}/elsewhere` };
      const { outcome } = await check(vendor, { settings });
      assert.equal(reasonOf(outcome), "misconfigured wrong_path");
    });

    test("tells a lead that came about all the same", async () => {
      const created =
        vendor === "sakneen"
          ? { newLead: { _id: "64f1", compoundsIds: ["64f2"] } }
          : { status: "ok", data: 7 };
      const { outcome } = await check(vendor, { answer: () => Response.json(created) });
      assert.equal(outcome.kind, "created");
    });

    test("proves nothing by a page", async () => {
      const { outcome } = await check(vendor, { answer: () => new Response("<html>") });
      assert.equal(outcome.kind, "drift");
    });
  });

describe("beside the two fields that a check leaves out, Sakneen complains", () => {
  const missing = (key: string) => ({ [key]: `${key} field is missing from body` });
  const both = [missing("name"), missing("phoneNumber")];
  const saying = (message: unknown) =>
    check("sakneen", {
      answer: () => Response.json({ statusCode: 400, message }, { status: 400 }),
    });

  for (const [what, message, expected] of [
    ["of nothing, in sentences", ["name should not be empty", "phoneNumber must be a string"], ""],
    ["of nothing, in one object", { name: "مطلوب", phoneNumber: "مطلوب" }, ""],
    ["of one of them only", [missing("name")], ""],
    [
      "of a field that its form demands",
      [...both, missing("budget")],
      "misconfigured form_changed",
    ],
    ["of an address", [...both, { email: "email must be an email" }], "invalid"],
    ["of a form that is not there", "Public create lead form not found", "misconfigured no_form"],
    ["of what nobody understands", [...both, "no"], "unexplained bad_request"],
  ] as const)
    test(what, async () => {
      const { outcome } = await saying(message);
      assert.equal(reasonOf(outcome), expected || "validated");
      if (expected === "invalid") assert.ok("fields" in outcome && outcome.fields?.email);
    });
});

describe("Brainysoft's token endpoint", () => {
  const oauth = (secret: string) => ({
    BRAINYSOFT_TOKEN: "",
    BRAINYSOFT_TOKEN_URL: vendors.brainysoft.tokenUrl,
    BRAINYSOFT_CLIENT_SECRET: secret,
  });

  test("is asked before the check", async () => {
    const secrets = oauth(DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET);
    const { outcome, sent, leads } = await check("brainysoft", { secrets });
    assert.deepEqual([outcome.kind, sent.length, leads.length], ["validated", 2, 0]);
  });

  test("that refuses the client ends it", async () => {
    const { outcome, sent } = await check("brainysoft", { secrets: oauth("another") });
    assert.deepEqual([reasonOf(outcome), sent.length], ["misconfigured token_refused", 1]);
  });
});
