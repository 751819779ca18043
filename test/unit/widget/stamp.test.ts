import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { test } from "node:test";
import { sha256, solveStamp } from "../../../widget/essentials/stamp.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

test("the hash is SHA-256, around every border of a block and beyond ASCII", () => {
  for (const text of [
    "",
    "abc",
    "é".repeat(60),
    ...[55, 56, 63, 64, 65, 119, 120, 1000].map((n) => "x".repeat(n)),
  ])
    assert.equal(sha256(text), hash(text));
});

test("a stamp holds the time, and with target and id begins with sixteen zero bits", async () => {
  for (const target of [
    "a",
    "sakneen",
    "цель",
    "a-target-with-a-name-of-more-than-sixty-four-characters-in-all-of-it",
  ]) {
    const id = randomUUID();
    const stamp = await solveStamp(target, id, {
      now: () => 1_795_000_000_000,
      pause: () => Promise.resolve(),
    });
    assert.match(stamp, /^1795000000000\.\d+$/);
    assert.ok(hash(`${target}|${id}|${stamp}`).startsWith("0000"));
  }
});

test("the work pauses after a few milliseconds, over and over until it is done", async () => {
  let now = 0;
  let pauses = 0;
  const clock = {
    now: () => (now += 5),
    pause: () => {
      pauses++;
      return Promise.resolve();
    },
  };
  // One that takes its time: one in a hundred is done before the second look at the clock.
  const stamp = await solveStamp("sakneen", "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f", clock);
  const tries = Number(stamp.slice(-8));
  assert.ok(tries > 10_000, `${tries} tries`);
  // A look at the clock after 200 tries each; at five milliseconds a look, every second ends a slice.
  assert.equal(pauses, Math.floor(Math.ceil(tries / 200) / 2));
});
