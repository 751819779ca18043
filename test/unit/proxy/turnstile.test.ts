/** What a token of Turnstile proves, asked of the simulator over real connections. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { TURNSTILE_SECRET, startTurnstile } from "../../../demo/vendors/turnstile.ts";
import type { TurnstileHandle, TurnstileMode } from "../../../demo/vendors/turnstile.ts";
import { isHostOf } from "../../../proxy/http/guard.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { verifyToken } from "../../../proxy/lead/turnstile.ts";
import type { Turnstile } from "../../../proxy/config/turnstile.ts";

const DUMMY_TOKEN = "XXXX.DUMMY.TOKEN.XXXX";
const ORIGINS = ["https://www.example.com", "https://*.example.org", "http://localhost:3000"];
const isOurs = (hostname: string) => isHostOf(hostname, ORIGINS);

let turnstile: TurnstileHandle;
before(async () => {
  turnstile = await startTurnstile();
});
beforeEach(() => turnstile.setMode("ok"));
after(() => turnstile.close());

const verify = (
  token: string | undefined,
  { id = crypto.randomUUID(), ...settings }: Partial<Turnstile> & { id?: string } = {},
) =>
  verifyToken(
    {
      mode: "required",
      siteKey: "k",
      action: undefined,
      secret: TURNSTILE_SECRET,
      url: turnstile.verifyUrl,
      ...settings,
    },
    { token, id, isOurs },
    { fetch: (url, init) => fetch(url, init), now: () => Date.now() },
  );

describe("a token", () => {
  test("passes once, and again for the same lead", async () => {
    const [token, id] = [turnstile.issue(), crypto.randomUUID()];
    assert.equal(await verify(token, { id }), "passed");
    assert.equal(await verify(token, { id }), "passed");
    assert.equal(await verify(token), "failed");
  });

  for (const [what, token] of [
    ["none", undefined],
    ["an empty one", ""],
    ["one that nobody issued", "0.made-up"],
    ["one that is too long", "x".repeat(2049)],
  ] as const)
    test(`fails: ${what}`, async () => assert.equal(await verify(token), "failed"));

  test("fails after five minutes", async () => {
    assert.equal(await verify(turnstile.issue({ ageMs: 301_000 })), "failed");
  });

  for (const [hostname, verdict] of [
    ["www.example.com", "passed"],
    ["a.b.example.org", "passed"],
    ["localhost", "passed"],
    ["example.org", "failed"],
    ["www.example.com.evil.test", "failed"],
    ["evil.test", "failed"],
  ] as const)
    test(`of a page on ${hostname} has ${verdict}`, async () =>
      assert.equal(await verify(turnstile.issue({ hostname })), verdict));

  test("counts for the action that the target names, and no other", async () => {
    const of = (action: string) => verify(turnstile.issue({ action }), { action: "lead" });
    assert.deepEqual(
      [await of("lead"), await of("login"), await of("")],
      ["passed", "failed", "failed"],
    );
  });

  test("goes to Cloudflare with the lead's id, and without an address", async () => {
    const [token, id] = [turnstile.issue(), crypto.randomUUID()];
    await verify(token, { id });
    assert.deepEqual(turnstile.questions().at(-1), { response: token, idempotency_key: id });
  });
});

describe("the dummy secrets", () => {
  for (const [digit, verdict] of [
    ["1", "passed"],
    ["2", "failed"],
    ["3", "failed"],
  ] as const)
    test(`${digit}x…AA: ${verdict}`, async () => {
      const secret = `${digit}x0000000000000000000000000000000AA`;
      assert.equal(await verify(DUMMY_TOKEN, { secret }), verdict);
    });
  test("take no token of the real widget, and the real one no dummy", async () => {
    const secret = "1x0000000000000000000000000000000AA";
    assert.equal(await verify(turnstile.issue(), { secret }), "failed");
    assert.equal(await verify(DUMMY_TOKEN), "failed");
  });
});

describe("where Cloudflare says nothing, nothing is known", () => {
  for (const mode of ["error_500", "html_200", "internal_error", "hang"] satisfies TurnstileMode[])
    test(mode, async () => {
      turnstile.setMode(mode);
      assert.equal(await verify(turnstile.issue()), "unknown");
    });
  test("nobody listens", async () => {
    assert.equal(await verify("0.token", { url: "http://127.0.0.1:9/siteverify" }), "unknown");
  });
  test("our own secret is wrong: the visitor is not to blame", async () => {
    assert.equal(await verify(turnstile.issue(), { secret: "wrong" }), "unknown");
  });
});

describe("the setting", () => {
  const target = (turnstile: unknown) => ({
    TARGETS: {
      t: {
        vendor: "sakneen",
        baseUrl: "https://app.sakneen.com",
        origins: ["https://www.example.com"],
        storage: "none",
        turnstile,
      },
    },
    SAKNEEN_API_KEY: "k",
  });
  const faults = (setting: unknown, env: object = {}) =>
    readConfig({ ...target(setting), ...env }).faults.map((fault) => fault.setting);
  const secret = { TURNSTILE_SECRET: "s" };

  test("needs its secret, named with all other faults", () => {
    assert.deepEqual(faults({}), ["TURNSTILE_SECRET"]);
    assert.deepEqual(faults({}, secret), []);
  });
  test("needs a site key where a token is required, since the hosted page asks for one", () => {
    assert.deepEqual(faults({ mode: "required" }, secret), ["TARGETS.t.turnstile.siteKey"]);
    assert.deepEqual(faults({ mode: "required", siteKey: "0x4AAF" }, secret), []);
  });
  test("names what cannot be", () => {
    assert.deepEqual(faults({ mode: "on" }, secret), ["TARGETS.t.turnstile.mode"]);
    assert.deepEqual(faults({ action: "a b" }, secret), ["TARGETS.t.turnstile.action"]);
    assert.deepEqual(faults({}, { ...secret, TURNSTILE_VERIFY_URL: "http://a.test" }), [
      "TURNSTILE_VERIFY_URL",
    ]);
  });
});
