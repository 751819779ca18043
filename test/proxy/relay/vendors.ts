/**
 * What becomes of a lead under each fault of a vendor, in workerd. The suite loops over the registry
 * of vendors: a new one is tested unasked, as soon as it has a simulator.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as registry from "../../../proxy/vendors/index.ts";
import type { Faults } from "../../../demo/vendors/server.ts";
import { LEADS, SECRETS, postLead } from "../harness.ts";
import { proxy } from "./worker.ts";

type Name = keyof typeof registry;
const names = Object.keys(registry) as Name[];

/** Texts that must never leave the proxy: credentials, and what only the vendor said. */
const SECRET = [
  ...Object.values(SECRETS),
  "64f1234567890abc",
  "leadId",
  "Access Denied",
  "already exists",
];

interface Expectation {
  status: number;
  /** `fields` of the problem, if any. */
  fields?: object;
  outcome: string;
  reason?: string;
  /** Seconds of `Retry-After`. */
  wait?: number;
}

const EVERYWHERE: [string, Faults, Expectation][] = [
  ["takes it", { mode: "ok" }, { status: 201, outcome: "created" }],
  ["answers late but in time", { mode: "slow", ms: 300 }, { status: 201, outcome: "created" }],
  [
    "fails inside",
    { mode: "error_500" },
    { status: 503, outcome: "doubt", reason: "server_error", wait: 5 },
  ],
  [
    "is down",
    { mode: "unavailable_503" },
    { status: 503, outcome: "later", reason: "overloaded", wait: 5 },
  ],
  [
    "asks to slow down",
    { mode: "rate_limited_429", retry_after: 9 },
    { status: 503, outcome: "later", reason: "rate_limited", wait: 9 },
  ],
  [
    "asks for an hour",
    { mode: "rate_limited_429", retry_after: 3600 },
    { status: 503, outcome: "later", reason: "rate_limited", wait: 120 },
  ],
  [
    "refuses the key",
    { mode: "bad_key" },
    { status: 503, outcome: "misconfigured", reason: "key_refused", wait: 60 },
  ],
  [
    "drops the connection",
    { mode: "reset" },
    { status: 503, outcome: "doubt", reason: "network", wait: 5 },
  ],
  [
    "breaks off in the middle",
    { mode: "truncated" },
    { status: 503, outcome: "doubt", reason: "truncated", wait: 5 },
  ],
  [
    "sends the request elsewhere",
    { mode: "redirect_302" },
    { status: 503, outcome: "misconfigured", reason: "redirect", wait: 60 },
  ],
  [
    "answers 256 KiB",
    { mode: "huge" },
    { status: 503, outcome: "unexplained", reason: "oversize", wait: 60 },
  ],
  [
    "answers with a web page",
    { mode: "html_200" },
    { status: 503, outcome: "drift", reason: "html", wait: 60 },
  ],
  [
    "answers with nothing",
    { mode: "empty_200" },
    { status: 503, outcome: "drift", reason: "empty", wait: 60 },
  ],
  [
    "answers with a text",
    { mode: "answer", status: 200, body: "OK" },
    { status: 503, outcome: "drift", reason: "not_json", wait: 60 },
  ],
  [
    "answers JSON that no document knows",
    { mode: "answer", status: 200, body: { hello: "world" } },
    { status: 201, outcome: "drift", reason: "no_lead" },
  ],
  [
    "refuses without a reason",
    { mode: "answer", status: 400, body: { hello: "world" } },
    { status: 503, outcome: "unexplained", reason: "bad_request", wait: 60 },
  ],
  [
    "has moved",
    { mode: "answer", status: 404, body: "<h1>Not Found</h1>" },
    { status: 503, outcome: "misconfigured", reason: "wrong_path", wait: 60 },
  ],
  [
    "forbids it",
    { mode: "answer", status: 403, body: "blocked" },
    { status: 503, outcome: "misconfigured", reason: "forbidden", wait: 60 },
  ],
];

const OWN: Record<Name, [string, Faults, Expectation][]> = {
  sakneen: [
    ["knows the number already", { mode: "duplicate" }, { status: 201, outcome: "duplicate" }],
    [
      "refuses the number",
      { mode: "invalid_phone" },
      { status: 422, outcome: "invalid", fields: { phone: "phone_invalid" } },
    ],
    [
      "misses fields",
      { mode: "missing_fields" },
      { status: 422, outcome: "invalid", fields: { name: "name_missing", phone: "phone_missing" } },
    ],
    [
      "is not set up",
      { mode: "no_form" },
      { status: 503, outcome: "misconfigured", reason: "no_form", wait: 60 },
    ],
  ],
  brainysoft: [
    [
      "misses fields, on 200",
      { mode: "missing_fields", status: 200 },
      { status: 422, outcome: "invalid", fields: { name: "name_missing" } },
    ],
    [
      "misses fields, on 400",
      { mode: "missing_fields", status: 400 },
      { status: 422, outcome: "invalid", fields: { name: "name_missing" } },
    ],
  ],
};

for (const name of names)
  describe(`when ${name}`, () => {
    for (const [what, faults, expected] of [...EVERYWHERE, ...OWN[name]])
      test(`${what}, the visitor gets ${expected.status}`, async () => {
        proxy.vendors[name].setFaults(faults);
        const id = crypto.randomUUID();
        const response = await postLead(proxy, { ...LEADS[name], id });
        const text = await response.text();
        assert.equal(response.status, expected.status, text);
        const body = JSON.parse(text) as Record<string, unknown>;
        if (expected.status === 201)
          assert.equal(text, JSON.stringify({ receipt: id, status: "created" }));
        assert.deepEqual(body["fields"], expected.fields);
        assert.equal(body["retry_after"], expected.wait);
        assert.equal(
          response.headers.get("retry-after"),
          expected.wait ? String(expected.wait) : null,
        );
        for (const secret of SECRET) assert.ok(!text.includes(secret), secret);
        assert.deepEqual(proxy.vendors[name].stolen(), []);
        assert.equal(proxy.vendors[name].requests().length, 1, "one request is one call");

        const [line] = await proxy.deliveries({ id }, 1);
        assert.equal(line?.["outcome"], expected.outcome);
        assert.equal(line?.["reason"], expected.reason);
        assert.equal(line?.["target"], name);
        assert.equal(typeof line?.["ms"], "number");
      });
  });

test("no log line holds personal data, a credential or a vendor's text", async () => {
  for (const name of names) {
    const lead = LEADS[name];
    for (const [, faults] of [...EVERYWHERE, ...OWN[name]].filter(
      ([, { mode }]) => mode !== "slow",
    )) {
      proxy.vendors[name].setFaults(faults);
      await postLead(proxy, { ...lead, email: "canary@example.com" });
    }
    const canaries = [...SECRET, lead.name, "canary@", "1012345678", "9776200777"];
    for (const canary of canaries) assert.ok(!proxy.logs().includes(canary), canary);
  }
});
