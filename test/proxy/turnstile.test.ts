/** A target that asks for Turnstile, with the simulated siteverify, in both kinds of storage. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { TURNSTILE_SECRET, startTurnstile } from "../../demo/vendors/turnstile.ts";
import type { TurnstileHandle } from "../../demo/vendors/turnstile.ts";
import { LEADS, SECRETS, postLead, startProxy, targetsFor } from "./harness.ts";
import type { Proxy } from "./harness.ts";
import { stampFor } from "./stamp.ts";

const FIELD = "cf-turnstile-response";
const DUMMY_TOKEN = "XXXX.DUMMY.TOKEN.XXXX";
const turnstileOf = (mode: string) => ({ mode, siteKey: "0x4AAF", action: "lead" });

let turnstile: TurnstileHandle;
let proxy: Proxy;
before(async () => {
  turnstile = await startTurnstile();
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen } = targetsFor(vendors);
      const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6, perPhonePerDay: 1e6 };
      const stored = { ...sakneen, limits, storage: "ledger" };
      const relayed = { ...sakneen, limits };
      return {
        required: { ...stored, turnstile: turnstileOf("required") },
        relay: { ...relayed, turnstile: turnstileOf("required") },
        scored: { ...stored, turnstile: turnstileOf("scored") },
        strict: { ...stored, stamp: "required", turnstile: turnstileOf("scored") },
      };
    },
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      TURNSTILE_SECRET,
      TURNSTILE_VERIFY_URL: turnstile.verifyUrl,
    }),
  });
});
beforeEach(() => {
  turnstile.setMode("ok");
  proxy.vendors.sakneen.clear();
});
after(async () => {
  await proxy.close();
  await turnstile.close();
});

let visitors = 0;
const send = async (
  target: string,
  {
    token,
    stamped = false,
    ...values
  }: { token?: string; stamped?: boolean; id?: string; phone?: string } = {},
) => {
  const id = crypto.randomUUID();
  const phone = `0101${String(2_000_000 + visitors++)}`;
  const lead = { ...LEADS.sakneen, phone, id, ...values, target };
  const response = await postLead(proxy, {
    ...lead,
    ...(token !== undefined && { [FIELD]: token }),
    ...(stamped && { stamp: stampFor(target, lead.id) }),
  });
  const body = (await response.json()) as { code?: string };
  return { status: response.status, code: body.code, lead };
};
const issue = () => turnstile.issue({ action: "lead" });
const calls = () => proxy.vendors.sakneen.requests().length;

for (const target of ["required", "relay"])
  describe(`where a token is required (${target})`, () => {
    test("a good one lets a lead through, with and without a proof of work", async () => {
      assert.equal((await send(target, { token: issue() })).status, 201);
      assert.equal((await send(target, { token: issue(), stamped: true })).status, 201);
    });

    for (const [what, token] of [
      ["none", () => undefined],
      ["one that nobody issued", () => "0.made-up"],
      ["one of another page", () => turnstile.issue({ action: "lead", hostname: "evil.test" })],
      ["one of another form", () => turnstile.issue({ action: "login" })],
      ["one that is too old", () => turnstile.issue({ action: "lead", ageMs: 301_000 })],
      ["the dummy", () => DUMMY_TOKEN],
    ] as const)
      test(`no proof of work makes up for it: ${what}`, async () => {
        const given = token();
        const { status, code } = await send(target, {
          ...(given && { token: given }),
          stamped: true,
        });
        assert.deepEqual([status, code, calls()], [403, "stamp_refused", 0]);
      });

    test("one is good for one lead", async () => {
      const token = issue();
      assert.equal((await send(target, { token })).status, 201);
      assert.equal((await send(target, { token })).code, "stamp_refused");
    });

    test("a repeat of a lead is answered as the lead was, though its token is spent", async () => {
      const token = issue();
      const { lead } = await send(target, { token });
      const again = await send(target, { token, id: lead.id, phone: lead.phone });
      assert.deepEqual([again.status, calls()], [201, 1]);
    });

    test("a mistake of the visitor costs no token", async () => {
      const token = issue();
      assert.equal((await send(target, { token, phone: "12" })).status, 422);
      assert.equal((await send(target, { token })).status, 201);
    });

    for (const mode of ["error_500", "html_200", "internal_error", "hang"] as const)
      test(`the proof of work decides while Cloudflare has ${mode}, and nothing is open`, async () => {
        turnstile.setMode(mode);
        assert.equal((await send(target, { token: "0.any", stamped: true })).status, 201);
        const { status, code } = await send(target, { token: "0.any" });
        assert.deepEqual([status, code], [403, "stamp_refused"]);
      });
  });

describe("where tokens are weighed", () => {
  test("nobody is refused, whatever the token is", async () => {
    for (const token of [undefined, "0.made-up", issue()])
      assert.equal((await send("scored", { ...(token && { token }) })).status, 201);
  });
  test("a good one stands for the proof of work that a target demands", async () => {
    assert.equal((await send("strict", { token: issue() })).status, 201);
    assert.equal(
      (await send("strict", { token: "0.made-up", stamped: true })).code,
      "stamp_refused",
    );
    assert.equal((await send("strict")).code, "stamp_refused");
  });
});

test("the hosted page shows the box, and its policy lets it in", async () => {
  const response = await proxy.fetch("/f/required");
  const html = await response.text();
  assert.match(html, /class="cf-turnstile"[^>]*data-sitekey="0x4AAF"[^>]*data-action="lead"/);
  const policy = response.headers.get("content-security-policy") ?? "";
  for (const right of ["script-src", "frame-src"])
    assert.match(policy, new RegExp(`${right} [^;]*https://challenges\\.cloudflare\\.com`));
});

test("neither the secret nor a token is in the log, and Cloudflare gets no address", () => {
  assert.ok(!proxy.logs().includes(TURNSTILE_SECRET) && !/0\.[\da-f]{8}-/.test(proxy.logs()));
  for (const question of turnstile.questions())
    assert.deepEqual(Object.keys(question).sort(), ["idempotency_key", "response"]);
});
