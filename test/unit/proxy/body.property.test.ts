/** Any bytes in any pieces under any type: a form of flat strings or a refusal, and never more than the limit. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readForm } from "../../../proxy/http/guard.ts";
import { readRequest } from "../../../proxy/lead/lead.ts";
import { MAX_BODY_BYTES } from "../../../proxy/shared/contract.ts";
import { anyText, runs } from "../../property.ts";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

const REFUSALS = ["malformed", "too_large", "unsupported_type"];

/** Bytes that the guard reads at most: the limit, and what it throws away. One piece may overshoot each. */
const MAX_READ = MAX_BODY_BYTES + 256 * 1024;

const key = fc.oneof(
  fc.constantFrom("name", "phone", "target", "id", "__proto__", "constructor", "toString", "0"),
  anyText(8),
);
const pairs = fc.array(fc.tuple(key, anyText()), { maxLength: 12 });
type Pairs = readonly (readonly [string, string])[];

const toJson = (given: Pairs): string =>
  `{${given.map((pair) => pair.map((part) => JSON.stringify(part)).join(":")).join(",")}}`;
const toForm = (given: Pairs): string =>
  new URLSearchParams(given.map(([k, v]) => [k, v])).toString();

const type = fc.oneof(
  fc.constantFrom(
    "",
    JSON_TYPE,
    FORM_TYPE,
    "APPLICATION/JSON ; charset=UTF-8",
    `${FORM_TYPE};charset="utf-8"`,
    `${JSON_TYPE}; charset=utf-16`,
    `${FORM_TYPE}; charset=windows-1251`,
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/json, text/plain",
    ";;;",
  ),
  fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
);

/** What a sender may send: by no rule, and beyond the limit by so many bytes (short here, so that a red case is). */
interface Sent {
  head: Uint8Array | string;
  beyond?: number;
}
const sent: fc.Arbitrary<Sent> = fc.oneof(
  fc.record({ head: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({
    head: fc.oneof(
      pairs.map(toJson),
      pairs.map(toForm),
      fc.jsonValue().map((v) => JSON.stringify(v)),
    ),
  }),
  fc.record({
    head: fc.constantFrom("a=", '{"a":"', "["),
    beyond: fc.constantFrom(-2, -1, 0, 1, 70_000, 600_000),
  }),
);
const bytesOf = ({ head, beyond }: Sent): Uint8Array =>
  beyond === undefined
    ? Buffer.from(head as string)
    : Buffer.from(String(head).padEnd(MAX_BODY_BYTES + beyond, head === "[" ? "[" : "x"));

/** A body in pieces of some sizes, which may break off; `pulled` counts what was asked for. */
const bodyOf = (all: Uint8Array, sizes: readonly number[], breaks: boolean) => {
  let at = 0;
  let piece = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (at >= all.length)
          return breaks ? controller.error(new Error("gone")) : controller.close();
        const size = sizes[piece++ % sizes.length] ?? 1;
        controller.enqueue(all.slice(at, at + size));
        at += size;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, pulled: () => at };
};

const post = (body: ReadableStream<Uint8Array>, contentType: string, encoding = "") => {
  const headers = new Headers(encoding ? { "content-encoding": encoding } : {});
  if (contentType) headers.set("content-type", contentType);
  const init = { method: "POST", headers, body, duplex: "half" };
  return new Request("https://proxy.example/v1/leads", init as RequestInit);
};

const read = async (text: string, contentType: string, sizes: readonly number[]) => {
  const result = await readForm(post(bodyOf(Buffer.from(text), sizes, false).stream, contentType));
  assert.ok("form" in result, JSON.stringify(result));
  return result.form;
};

const pieces = fc.array(fc.constantFrom(1, 2, 7, 1_000, 4_096, 16_384, 70_000), {
  minLength: 1,
  maxLength: 5,
});

describe("any body", () => {
  test("is a form of strings or a refusal, and no more of it is read than the limit", () =>
    fc.assert(
      fc.asyncProperty(
        sent,
        fc.array(fc.constantFrom(997, 1_000, 4_096, 16_384, 70_000), {
          minLength: 1,
          maxLength: 5,
        }),
        type,
        fc.boolean(),
        fc.constantFrom("", "", "gzip", "identity"),
        async (given, sizes, contentType, breaks, encoding) => {
          const all = bytesOf(given);
          const { stream, pulled } = bodyOf(all, sizes, breaks);
          const result = await readForm(post(stream, contentType, encoding));
          assert.ok(pulled() <= MAX_READ + 2 * Math.max(...sizes), `${pulled()} bytes`);
          if ("refusal" in result) {
            assert.ok(REFUSALS.includes(result.refusal));
            return;
          }
          assert.ok(all.length <= MAX_BODY_BYTES && !breaks && !encoding);
          for (const text of [...result.form.keys(), ...result.form.values()])
            assert.equal(typeof text, "string");
          const request = readRequest(result.form);
          assert.equal(Object.getPrototypeOf(request ?? {}), Object.prototype);
        },
      ),
      runs(400),
    ));

  test("means the same however it is cut, in both types, and the last of a key counts", () =>
    fc.assert(
      fc.asyncProperty(pairs, pieces, async (given, sizes) => {
        const wanted = new Map(given);
        assert.deepEqual(await read(toJson(given), JSON_TYPE, sizes), wanted);
        const wellFormed = given.map(([k, v]) => [k.toWellFormed(), v.toWellFormed()] as const);
        assert.deepEqual(await read(toForm(given), FORM_TYPE, sizes), new Map(wellFormed));
      }),
      runs(150),
    ));
});
