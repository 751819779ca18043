/** The steps that go to one place at the same time: together where the ways are taken, at once where one is free. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { createBatches, settleEach } from "../../../proxy/ledger/batches.ts";
import type { Settled } from "../../../proxy/ledger/batches.ts";

interface Flight {
  steps: readonly number[];
  land: (settled?: readonly Settled<string>[]) => void;
  crash: (error: Error) => void;
}
let flights: Flight[];
let take: (step: number) => Promise<string>;
let takeLater: (step: number) => Promise<string>;
const answer = (step: number): string => {
  if (step < 0) throw new Error("no");
  return `s${step}`;
};
beforeEach(() => {
  flights = [];
  const send = (steps: readonly number[]): Promise<readonly Settled<string>[]> => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Settled<string>[]>();
    flights.push({
      steps,
      land: (settled = settleEach(steps, answer)) => resolve(settled),
      crash: reject,
    });
    return promise;
  };
  // As two steps of one lead.
  const takesAlong = (step: number, later: number): boolean => step % 100 === later % 100;
  ({ take, takeLater } = createBatches(send, takesAlong));
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const sent = (): (readonly number[])[] => flights.map(({ steps }) => steps);

describe("steps to one place", () => {
  test("go at once, each by itself, while a way is free", () => {
    for (const step of [1, 2, 3, 4]) void take(step);
    assert.deepEqual(sent(), [[1], [2], [3], [4]]);
  });

  test("go together once a way is free again, in their order, each with its own answer", async () => {
    const taken = [1, 2, 3, 4, 5, 6, 7].map(take);
    assert.equal(flights.length, 4);
    flights[1]?.land();
    await turn();
    assert.deepEqual(sent().slice(4), [[5, 6, 7]]);
    for (const flight of flights) flight.land();
    assert.deepEqual(await Promise.all(taken), ["s1", "s2", "s3", "s4", "s5", "s6", "s7"]);
  });

  test("are never more than a place takes at once, and none is left behind", async () => {
    const taken = Array.from({ length: 200 }, (_, n) => take(n));
    for (let n = 0; n < flights.length; n++) {
      assert.ok((flights[n]?.steps.length ?? 0) <= 64);
      flights[n]?.land();
      await turn();
    }
    assert.deepEqual(
      await Promise.all(taken),
      Array.from({ length: 200 }, (_, n) => `s${n}`),
    );
  });

  test("that come when one was asked to lead go with the next flight, and only once", async () => {
    const taken = [1, 2, 3, 4, 5].map(take);
    flights[0]?.land();
    const late = take(6);
    await turn();
    for (const flight of flights) flight.land();
    await Promise.all([...taken, late]);
    assert.deepEqual(
      sent()
        .flat()
        .sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6],
    );
  });

  test("fail alone where one of them fails", async () => {
    const taken = [1, 2, 3, 4, -5, 6].map(take);
    flights[0]?.land();
    await turn();
    for (const flight of flights) flight.land();
    const results = await Promise.allSettled(taken);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"],
    );
  });

  test("fail together where the place cannot be reached, and the next ones go", async () => {
    const taken = [1, 2, 3, 4, 5, 6].map(take);
    flights[0]?.land();
    await turn();
    flights[4]?.crash(new Error("gone"));
    const results = await Promise.allSettled(taken.slice(4));
    assert.deepEqual(
      results.map((result) => result.status === "rejected" && String(result.reason)),
      ["Error: gone", "Error: gone"],
    );
    void take(7);
    assert.deepEqual(sent().at(-1), [7]);
  });

  test("fail where the place says nothing of them", async () => {
    const taken = take(1);
    flights[0]?.land([]);
    await assert.rejects(taken);
  });
});

describe("steps that can wait", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  test("go together after a moment, and hold up nothing else", async () => {
    const taken = [1, 2, 3].map(takeLater);
    void take(4);
    assert.deepEqual(sent(), [[4]]);
    mock.timers.tick(5);
    await turn();
    assert.deepEqual(sent(), [[4], [1, 2, 3]]);
    flights[1]?.land();
    assert.deepEqual(await Promise.all(taken), ["s1", "s2", "s3"]);
  });

  test("go before a step that needs them, at once", async () => {
    const taken = [1, 2].map(takeLater);
    const same = take(101);
    assert.deepEqual(sent(), [[1, 2, 101]]);
    flights[0]?.land();
    assert.deepEqual(await Promise.all([...taken, same]), ["s1", "s2", "s101"]);
    mock.timers.tick(5);
    await turn();
    assert.equal(flights.length, 1, "none goes twice");
  });

  test("go as soon as they fill a call", async () => {
    const taken = Array.from({ length: 65 }, (_, n) => takeLater(n));
    await turn();
    assert.deepEqual(
      sent().map(({ length }) => length),
      [64],
    );
    mock.timers.tick(5);
    await turn();
    assert.deepEqual(sent()[1], [64], "the last one leads those after it");
    for (const flight of flights) flight.land();
    await Promise.all(taken);
  });

  test("wait for a way where none is free", async () => {
    for (const step of [1, 2, 3, 4]) void take(step);
    const taken = [5, 6].map(takeLater);
    mock.timers.tick(5);
    await turn();
    assert.equal(flights.length, 4);
    flights[0]?.land();
    await turn();
    flights[4]?.land();
    assert.deepEqual(await Promise.all(taken), ["s5", "s6"]);
  });

  test("fail as the others do, each with its own answer", async () => {
    const taken = [1, -2, 3].map(takeLater);
    mock.timers.tick(5);
    await turn();
    flights[0]?.land();
    const results = await Promise.allSettled(taken);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  });
});
