/** The proof of work: whose it is, how much work it was, and how old it may be. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, test } from "node:test";
import { isStamped } from "../../../proxy/lead/stamp.ts";
import { stampFor } from "../../proxy/stamp.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 26);
const [target, id] = ["sakneen", "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f"];
const read = (stamp: string | undefined, values: object = {}) =>
  isStamped({ target, id, stamp, ...values }, NOW);

/** Zero bits at the beginning of the hash. */
const workOf = (stamp: string): number =>
  Math.clz32(hash("sha256", `${target}|${id}|${stamp}`, "buffer").readUInt32BE(0));

describe("a stamp", () => {
  test("holds for its own target and id alone", async () => {
    const stamp = stampFor(target, id, NOW);
    assert.equal(await read(stamp), true);
    assert.equal(await read(stamp, { target: "brainysoft" }), false);
    assert.equal(await read(stamp, { id: id.replace("0", "1") }), false);
    assert.equal(await read(stamp, { id: undefined }), false);
  });

  test("takes 16 bits of work: 15 are too little", async () => {
    let n = 0;
    while (workOf(`${NOW}.${n}`) !== 15) n++;
    assert.equal(await read(`${NOW}.${n}`), false);
    assert.ok(workOf(stampFor(target, id, NOW)) >= 16);
  });

  for (const [hours, holds] of [
    [0, true],
    [5, true],
    [24, true],
    [24.01, false],
    [-5, true],
    [-24, true],
    [-24.01, false],
  ] as const)
    test(`${hours} hours old ${holds ? "holds: a visitor's clock may be wrong" : "does not"}`, async () => {
      assert.equal(await read(stampFor(target, id, NOW - hours * HOUR)), holds);
    });

  test("of another shape is none", async () => {
    const [, nonce = ""] = stampFor(target, id, NOW).split(".");
    for (const stamp of [
      undefined,
      "",
      nonce,
      `${NOW}`,
      `${NOW}.`,
      `${NOW}.a b`,
      `${NOW}.${nonce}.1`,
    ])
      assert.equal(await read(stamp), false, stamp);
  });
});
