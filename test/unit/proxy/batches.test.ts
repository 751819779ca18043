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
const PATIENCE = 2_000;
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
  ({ take, takeLater } = createBatches({ send, takesAlong, patience: PATIENCE }));
});
afterEach(async () => {
  for (let n = 0; n < flights.length; n++) {
    flights[n]?.land();
    await turn();
  }
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const sent = (): (readonly number[])[] => flights.map(({ steps }) => steps);

describe("steps to one place", () => {
  test("go at once, each by itself, while a way is free", () => {
    for (const step of [1, 2]) void take(step);
    assert.deepEqual(sent(), [[1], [2]]);
  });

  test("go together once a way is free again, in their order, each with its own answer", async () => {
    const taken = [1, 2, 3, 4, 5].map(take);
    assert.equal(flights.length, 2);
    flights[1]?.land();
    await turn();
    assert.deepEqual(sent().slice(2), [[3, 4, 5]]);
    for (const flight of flights) flight.land();
    assert.deepEqual(await Promise.all(taken), ["s1", "s2", "s3", "s4", "s5"]);
  });

  test("are given up with a call that hangs, and those that wait behind it: the next goes at once", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const taken = [1, 2, 3, 4].map(take);
      mock.timers.tick(PATIENCE - 1);
      await turn();
      assert.equal(flights.length, 2);
      mock.timers.tick(1);
      for (const step of taken) await assert.rejects(step, /does not answer/);
      assert.equal(flights.length, 2);
      const next = take(5);
      assert.deepEqual(sent().slice(2), [[5]]);
      flights[2]?.land();
      assert.equal(await next, "s5");
    } finally {
      mock.timers.reset();
    }
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
    const taken = [1, 2, 3].map(take);
    flights[0]?.land();
    const late = take(4);
    await turn();
    for (const flight of flights) flight.land();
    await Promise.all([...taken, late]);
    assert.deepEqual(
      sent()
        .flat()
        .sort((a, b) => a - b),
      [1, 2, 3, 4],
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
    const taken = [1, 2, 3, 4].map(take);
    flights[0]?.land();
    await turn();
    flights[2]?.crash(new Error("gone"));
    const results = await Promise.allSettled(taken.slice(2));
    assert.deepEqual(
      results.map((result) => result.status === "rejected" && String(result.reason)),
      ["Error: gone", "Error: gone"],
    );
    void take(5);
    assert.deepEqual(sent().at(-1), [5]);
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
    for (const step of [1, 2]) void take(step);
    const taken = [5, 6].map(takeLater);
    mock.timers.tick(5);
    await turn();
    assert.equal(flights.length, 2);
    flights[0]?.land();
    await turn();
    flights[2]?.land();
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

  test("are left behind by none, in whatever order steps come, wait and land", async () => {
    // Small whole numbers that look random: each round is another order of the same four things.
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 60; round++) {
      const first = flights.length;
      const taken: Promise<string>[] = [];
      let landed = first;
      for (let n = 0; n < 120; n++) {
        const step = random(4) * 100 + random(6);
        const kind = random(5);
        if (kind < 2) taken.push(take(step));
        else if (kind < 4) taken.push(takeLater(step));
        else if (landed < flights.length) flights[landed++]?.land();
        if (random(8) === 0) mock.timers.tick(5);
        if (random(3) === 0) await turn();
      }
      mock.timers.tick(5);
      await turn();
      while (landed < flights.length) {
        flights[landed++]?.land();
        await turn();
      }
      const all = Promise.allSettled(taken).then(() => "all");
      assert.equal(await Promise.race([all, turn().then(turn)]), "all", `round ${round}`);
    }
  });

  test("do not hold up the step that takes them along where no way is free", async () => {
    for (const step of [1, 2, 3, 4]) void take(step);
    const taken = [...[5, 6].map(takeLater), take(105)];
    for (let n = 0; n < flights.length; n++) {
      flights[n]?.land();
      await turn();
    }
    const done = Promise.all(taken);
    assert.deepEqual(await Promise.race([done, turn().then(turn)]), ["s5", "s6", "s105"]);
  });
});
