import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { test } from "node:test";
import { solveStamp } from "../../../widget/essentials/stamp.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

test("a stamp holds the time, and with target and id begins with sixteen zero bits", async () => {
  for (const target of [
    "a",
    "sakneen",
    "цель",
    // Around every border of a block.
    ...[9, 10, 11, 12, 73, 74, 75, 76].map((length) => "x".repeat(length)),
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

test("the work pauses after a few milliseconds, over and over, however slow one try is", async () => {
  let now = 0;
  let pauses = 0;
  const clock = {
    now: () => (now += 5),
    pause: () => {
      pauses++;
      return Promise.resolve();
    },
  };
  const stamp = await solveStamp("sakneen", "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f", clock);
  const tries = Number(stamp.slice(-8));
  assert.ok(tries > 100, `${tries} tries`);
  // After the first try, and then at five milliseconds a try after every second.
  assert.equal(pauses, Math.ceil(tries / 2));
});
