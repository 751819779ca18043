/** The ledger under random steps, clocks, crashes and answers: no lead is lost, none is stuck, the vendor is asked once. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { REPLAYABLE } from "../../../proxy/ledger/states.ts";
import type { Policy } from "../../../proxy/ledger/types.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { runs } from "../../property.ts";
import { UNLIMITED } from "./leads.ts";
import { move, restartLeads, steps } from "./ledger-steps.ts";
import { DAY, HOUR, createWorld } from "./ledger-world.ts";
import type { World } from "./ledger-world.ts";

const policy = (doubt: Policy["doubt"]): Policy => ({
  ...UNLIMITED,
  doubt,
  retain: { days: 7 },
  limits: { ...UNLIMITED.limits, perPhonePerDay: 3, perTargetPerMinute: 20 },
});

const OK: Outcome = { kind: "created", ref: "r", status: 201 };

const itself = (world: World): string[] =>
  world.ids().filter((id) => {
    const { state, parked } = world.rowOf(id)!;
    return state === "sending" || state === "queued" || parked === 1;
  });

/** Runs of a store that is recovering, each of five leads at most; more of them only if nothing moves. */
const MAX_TURNS = 2_000;

/** The vendor takes everything from now on: what needs no person has to arrive within two days. */
const recover = (world: World): void => {
  const end = world.now() + 2 * DAY;
  for (let turn = 0; itself(world).length > 0; turn++) {
    world.claim();
    world.check("claim");
    for (const call of world.calls()) world.report(call, OK);
    world.check("arrive");
    const next = world.ledger().nextAt(world.now() + HOUR) ?? world.now();
    world.pass(Math.max(next - world.now(), 1));
    assert.ok(
      world.now() < end && turn < MAX_TURNS,
      `stuck: ${JSON.stringify(itself(world).map((id) => world.rowOf(id)))}`,
    );
  }
};

/** Then a person looks at what is left: each was told of, and each can be sent. */
const finish = (world: World): void => {
  recover(world);
  // After a jump the clock is believed once an hour has passed; then what is from the future is mended.
  for (let hour = 0; hour < 3; hour++) {
    world.pass(HOUR);
    world.ledger().tidy();
    world.ledger().tell();
    world.check("tidy");
  }
  const left = world.ids().map((id) => world.rowOf(id)!);
  const is = (states: readonly string[]) =>
    left.some(({ state }) => states.includes(String(state)));
  if (is(REPLAYABLE)) assert.notDeepEqual(world.alertsOf("lead.waiting"), []);
  if (is(["quarantined"])) assert.notDeepEqual(world.alertsOf("lead.quarantined"), []);
  for (let n = 0; n < left.length; n++)
    for (const [how, from] of [
      ["replay", REPLAYABLE],
      ["release", ["quarantined"]],
    ] as const)
      move(world, n, how, from);
  world.check("replay");
  recover(world);
  assert.ok(
    world
      .ids()
      .every((id) =>
        ["delivered", "rejected", "expired"].includes(String(world.rowOf(id)?.["state"])),
      ),
  );
  // And in the end nothing personal stays.
  world.pass(HOUR);
  world.ledger().tidy();
  world.pass(2 * HOUR);
  world.ledger().tidy();
  world.check("tidy");
};

describe("a store", () => {
  for (const doubt of ["retry", "hold"] as const)
    test(`loses no lead, leaves none stuck and calls for none twice, where a doubt means ${doubt}`, () =>
      fc.assert(
        fc.property(fc.commands(steps, { maxCommands: 60, size: "max" }), (commands) => {
          restartLeads();
          const world = createWorld(policy(doubt));
          try {
            fc.modelRun(() => ({ model: {}, real: world }), commands);
            if (world.ledger().breaker().paused) world.operations().setPaused(false);
            for (const call of world.calls())
              world.report(call, { kind: "doubt", reason: "network" });
            world.check("fail");
            finish(world);
          } finally {
            world.close();
          }
        }),
        runs(120),
      ));
});
