/** An error that nobody expected: its visitor may try again, and neither answer nor log says more than its class. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { printForm } from "../../../widget/print/index.ts";
import { createApp } from "../../../proxy/app.ts";
import { createCounters } from "../../../proxy/ledger/counters.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { logError } from "../../../proxy/log.ts";
import type { Line } from "../../../proxy/log.ts";

const ORIGIN = "https://www.example.com";
/** As an error of a library may: it quotes what it was given. */
const QUOTED = "Mona Adel +201012345678 demo-key at /srv/proxy/app.ts:12:3";

const config = readConfig({
  TARGETS: {
    t: { vendor: "sakneen", baseUrl: "https://vendor.example", origins: [ORIGIN], storage: "none" },
  },
  SAKNEEN_API_KEY: "demo-key",
});

const appThat = (throws: () => never) => {
  const lines: Line[] = [];
  const app = createApp({
    printForm,
    config,
    isLocal: false,
    fetch: () => Promise.reject(new Error("nobody is called")),
    now: () => 0,
    log: (_, line) => void lines.push(line),
    newId: () => crypto.randomUUID(),
    addressOf: throws,
    asset: async () => new Response(null, { status: 404 }),
    keyring: () => Promise.reject(new Error("nothing is stored")),
    storeFor: () => undefined,
    storesOf: () => [],
    counters: createCounters({ elapsed: () => 0, random: () => 0 }),
    sendAlert: undefined,
    waitUntil: () => {},
  });
  return { app, lines };
};

const thrown: [what: string, value: unknown, name: string][] = [
  ["an error", new TypeError(QUOTED), "TypeError"],
  ["an error with a cause", new RangeError(QUOTED, { cause: new Error(QUOTED) }), "RangeError"],
  ["several errors", new AggregateError([new Error(QUOTED)], QUOTED), "AggregateError"],
  [
    "an error with facts",
    Object.assign(new Error(QUOTED), { phone: QUOTED, code: QUOTED }),
    "Error",
  ],
];

describe("an unexpected error", () => {
  for (const [what, value, name] of thrown)
    for (const accept of ["application/json", "text/html"])
      test(`that is ${what} tells neither words nor place, as ${accept}`, async () => {
        const { app, lines } = appThat(() => {
          throw value;
        });
        const answer = await app.request("/v1/leads", {
          method: "POST",
          headers: { origin: ORIGIN, accept, "content-type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({ target: "t", name: "Omar", phone: "01112345678" }),
        });
        assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "5"]);
        assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
        assert.doesNotMatch(await answer.text(), /Mona|1012345678|demo-key|Error|app\.ts|node:/);
        assert.deepEqual(lines, [{ event: "error", error: name }]);
      });

  test("that is no error at all is logged as unknown", () => {
    for (const value of [QUOTED, { message: QUOTED, name: QUOTED }, undefined, null]) {
      const lines: Line[] = [];
      logError((_, line) => void lines.push(line), value);
      assert.deepEqual(lines, [{ event: "error", error: "unknown" }]);
    }
  });

  test("whose name was made up of something is logged as unknown", () => {
    const lines: Line[] = [];
    logError(
      (_, line) => void lines.push(line),
      Object.assign(new TypeError("x"), { name: QUOTED }),
    );
    assert.deepEqual(lines, [{ event: "error", error: "unknown" }]);
  });
});
