/** The ways from a Worker to its objects: by name, with a stub of the request that leads, and not for ever. */
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { settleEach } from "../../../proxy/ledger/batches.ts";
import { createWays } from "../../../proxy/ledger/cloudflare/ways.ts";
import type { StoreStep } from "../../../proxy/ledger/cloudflare/ways.ts";
import { idOf, submissionOf } from "./leads.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a way to a store", () => {
  test("is one for all requests, and each call is made by a stub of its own", async () => {
    const ways = createWays();
    const calls: (readonly StoreStep[])[] = [];
    const landed: (() => void)[] = [];
    let stubs = 0;
    const reach = () => {
      stubs++;
      return {
        take: async (steps: readonly StoreStep[]) => {
          calls.push(steps);
          await new Promise<void>((resolve) => landed.push(resolve));
          return settleEach(steps, (step) => ("begin" in step ? step.begin[0].id : step.finish[0]));
        },
      };
    };
    const begun = [1, 2, 3, 4, 5, 6].map((n) => ways.toStore("t:0", reach).begin(submissionOf(n)));
    const finished = ways
      .toStore("t:0", reach)
      .finish(idOf(9), 1, { kind: "duplicate", status: 400 });
    landed[0]?.();
    await turn();
    for (const land of landed) land();
    assert.deepEqual(await Promise.all([...begun, finished]), [1, 2, 3, 4, 5, 6, 9].map(idOf));
    assert.deepEqual(
      calls.map(({ length }) => length),
      [1, 1, 1, 1, 3],
    );
    assert.equal(stubs, 5);
  });

  test("of another name is another one", () => {
    const ways = createWays();
    const asked: string[] = [];
    const reach = (name: string) => () => ({
      take: () => {
        asked.push(name);
        return new Promise<never>(() => {});
      },
    });
    for (const name of ["a", "b", "a", "a", "a", "a", "b"])
      void ways.toCounts(name, reach(name)).end(idOf(1), true);
    assert.deepEqual(asked, ["a", "b", "a", "a", "a", "b"], "a fifth call to one place waits");
  });

  test("is given up where its store does not answer, so that the vendor's word can decide", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const silent = () => ({ take: () => new Promise<never>(() => {}) });
      const begun = createWays().toStore("t:0", silent).begin(submissionOf(1));
      mock.timers.tick(8_000);
      await assert.rejects(begun);
    } finally {
      mock.timers.reset();
    }
  });

  test("fails as its store does", async () => {
    const broken = () => ({ take: () => Promise.reject(new Error("reset")) });
    await assert.rejects(createWays().toStore("t:0", broken).begin(submissionOf(1)), /reset/);
  });
});
