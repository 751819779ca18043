/** How the proxy comes by Brainysoft's OAuth2 token, in workerd. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { DEMO_SECRETS } from "../../../demo/vendors/server.ts";
import { LEADS, postLead } from "../harness.ts";
import { CREDENTIALS, proxy } from "./worker.ts";

let used = 0;
/** That of the running test. */
let target: string;

const tokenCalls = () =>
  proxy.vendors.brainysoft.requests().filter(({ path }) => path.startsWith("/oauth/token"));
const lead = (name: string) =>
  postLead(proxy, { ...LEADS.brainysoft, target, name }, { origin: "https://loans.example.ru" });

describe("a token", () => {
  beforeEach(() => {
    target = CREDENTIALS[used++]!.toLowerCase();
  });

  test("is fetched once for all who wait, and kept", async () => {
    const answers = await Promise.all(["a", "b", "c", "d"].map(lead));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201, 201],
    );
    assert.equal((await lead("e")).status, 201);
    assert.equal(tokenCalls().length, 1);
    assert.equal(proxy.vendors.brainysoft.leads().length, 5);
  });

  test("is asked for with the secret in the form body, never in the address", async () => {
    await lead("a");
    const [call] = tokenCalls();
    assert.equal(call?.path, "/oauth/token");
    assert.equal(call?.headers["content-type"], "application/x-www-form-urlencoded");
    assert.deepEqual(Object.fromEntries(new URLSearchParams(call?.body)), {
      grant_type: "client_credentials",
      client_id: DEMO_SECRETS.BRAINYSOFT_CLIENT_ID,
      client_secret: DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET,
    });
  });

  test("that was revoked is dropped and fetched anew, and the lead arrives once", async () => {
    await lead("a");
    proxy.vendors.brainysoft.revokeTokens();
    assert.equal((await lead("b")).status, 201);
    assert.equal(tokenCalls().length, 2);
    assert.deepEqual(
      proxy.vendors.brainysoft.leads().map(({ body }) => body["firstName"]),
      ["a", "b"],
    );
  });

  test("that is refused again is a misconfiguration, not a loop", async () => {
    proxy.vendors.brainysoft.setFaults({ mode: "bad_key" });
    const response = await lead("a");
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "60");
    assert.equal(tokenCalls().length, 2);
  });

  test("that cannot be had leaves the lead unsent and in no doubt", async () => {
    proxy.vendors.brainysoft.setFaults({ mode: "ok", token_mode: "error_500" });
    assert.equal((await lead("a")).status, 503);
    proxy.vendors.brainysoft.setFaults({ mode: "ok", token_mode: "bad_key" });
    assert.equal((await lead("b")).status, 503);
    const ends = (await proxy.deliveries({ target }, 2)).map((line) => [
      line["outcome"],
      line["reason"],
    ]);
    assert.deepEqual(ends, [
      ["later", "token_unavailable"],
      ["misconfigured", "token_refused"],
    ]);
    assert.equal(proxy.vendors.brainysoft.leads().length, 0);
  });
});
