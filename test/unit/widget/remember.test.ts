/** A number is parsed once for each key that is pressed, however often the form asks. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPhone, resolve } from "../../../widget/essentials/phone/index.ts";
import { remember } from "../../../widget/essentials/phone/remember.ts";

const counted = (limit: number) => {
  let calls = 0;
  const join = remember((a: string, b: string) => (calls++, a + b), limit);
  return { join, calls: () => calls };
};

describe("what was computed", () => {
  test("is not computed again, whatever the order", () => {
    const { join, calls } = counted(3);
    assert.deepEqual([join("a", "b"), join("a", "c"), join("a", "b")], ["ab", "ac", "ab"]);
    assert.equal(calls(), 2);
  });

  test("is told apart by every text", () => {
    const { join, calls } = counted(3);
    join("a", "bc");
    join("ab", "c");
    assert.equal(calls(), 2);
  });

  test("is remembered where it is nothing", () => {
    let calls = 0;
    const none = remember(() => void calls++, 3);
    none();
    none();
    assert.equal(calls, 1);
  });

  test("is forgotten when there is too much of it, and on demand", () => {
    const { join, calls } = counted(2);
    for (const text of ["1", "2", "3", "1"]) join(text, "");
    assert.equal(calls(), 4);
    join.forget();
    join("1", "");
    assert.equal(calls(), 5);
  });
});

test("a number is parsed once by each country, however often the form asks", () => {
  const context = { home: "EG", guess: "RU", offered: ["EG", "SA"] };
  const first = resolve("0512345678", context);
  assert.equal(first.by, "SA");
  assert.equal(resolve("0512345678", context).reading, first.reading);
  assert.equal(readPhone("01012345678", "EG"), readPhone("01012345678", "EG"));
});
