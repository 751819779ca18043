/** Owns what can happen to a store, one random step at a time. Must not judge what becomes of it: its world does. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { REPLAYABLE } from "../../../proxy/ledger/states.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { submissionOf } from "./leads.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./ledger-world.ts";
import type { World } from "./ledger-world.ts";

const failing = fc.oneof(
  fc.constantFrom("no_lead", "html", "empty").map((reason) => ({ kind: "drift", reason })),
  fc
    .constantFrom("bad_request", "vendor_code", "oversize")
    .map((reason) => ({ kind: "unexplained", reason })),
  fc.constant({ kind: "unexplained", reason: "field_refused", fields: { x_a: "field_missing" } }),
  fc
    .constantFrom({ phone: "phone_invalid" }, { x_a: "field_invalid" })
    .map((fields) => ({ kind: "invalid", fields })),
  fc
    .constantFrom(
      "key_refused",
      "token_refused",
      "forbidden",
      "wrong_path",
      "redirect",
      "no_form",
      "unreachable",
    )
    .map((reason) => ({ kind: "misconfigured", reason })),
  fc
    .constantFrom("a", "b")
    .map((vendorKey) => ({ kind: "misconfigured", reason: "form_changed", vendorKey })),
  fc.record({
    kind: fc.constant("later"),
    reason: fc.constantFrom(
      "rate_limited",
      "overloaded",
      "request_timeout",
      "origin_down",
      "token_unavailable",
    ),
    retryAfter: fc.constantFrom(undefined, 0, 3, 86_400),
  }),
  fc
    .constantFrom("timeout", "network", "server_error", "truncated")
    .map((reason) => ({ kind: "doubt", reason })),
) as fc.Arbitrary<Outcome>;
const arriving = fc.constantFrom<Outcome[]>({ kind: "created", ref: "r" }, { kind: "duplicate" });

export type Model = Record<string, never>;

/** One kind of step: with its arguments it is a command, which says in a red case what it did. */
const step = <T>(
  name: string,
  given: fc.Arbitrary<T>,
  act: (world: World, given: T) => void,
  can: (world: World) => boolean = () => true,
) =>
  given.map((values): fc.Command<Model, World> => ({
    check: () => true,
    run: (_, world) => {
      if (!can(world)) return;
      act(world, values);
      world.check(name);
    },
    toString: () => `${name}(${fc.stringify(values)})`,
  }));

const hasLeads = (world: World): boolean => world.ids().length > 0;
const isCalling = (world: World): boolean => world.calls().length > 0;
const nth = <T>(items: readonly T[], n: number): T => items[n % items.length]!;

let serial = 0;

/** Before each run: leads are counted from 1. */
export const restartLeads = (): void => void (serial = 1);

const someLead = fc.nat(30);
const noArguments = fc.constant(undefined);

export const steps = [
  step(
    "submit",
    fc.record({
      phone: fc.nat(4),
      content: fc.option(fc.nat(3)),
      trapped: fc.boolean(),
      unstamped: fc.boolean(),
    }),
    (world, { phone, content, trapped, unstamped }) => {
      const n = serial++;
      world.begin(
        submissionOf(n, {
          fps: [content === null ? `own ${n}` : `content ${content}`],
          phoneHashes: [`phone${phone}`],
          suspicion: trapped && unstamped ? "honeypot" : undefined,
          stampRefused: unstamped && !trapped,
          address: `address${phone}`,
        }),
      );
    },
  ),
  step("submit", fc.nat(9), (world, phone) => {
    const n = serial++;
    world.begin(submissionOf(n, { phoneHashes: [`many${phone}`] }));
  }),
  step(
    "repeat",
    someLead,
    (world, n) => {
      const row = world.rowOf(nth(world.ids(), n))!;
      const begun = world.begin(
        submissionOf(0, {
          id: String(row["id"]),
          fps: [String(row["fp"])],
          phoneHashes: [String(row["phone_h"])],
        }),
      );
      assert.notEqual(begun.kind, "id_reused");
    },
    hasLeads,
  ),
  step(
    "reuse",
    someLead,
    (world, n) => {
      const begun = world.begin(submissionOf(0, { id: nth(world.ids(), n), fps: ["another"] }));
      assert.equal(begun.kind, "id_reused");
    },
    hasLeads,
  ),
  step("claim", noArguments, (world) => world.claim()),
  step(
    "fail",
    fc.tuple(someLead, failing, fc.boolean()),
    (world, [n, outcome, promised]) => world.report(nth(world.calls(), n), outcome, promised),
    isCalling,
  ),
  step(
    "fail all",
    failing,
    (world, outcome) => {
      for (const call of world.calls()) world.report(call, outcome);
    },
    isCalling,
  ),
  step("refuse", fc.constantFrom("forbidden", "redirect"), (world, reason) => {
    world.begin(submissionOf(serial++));
    const call = world.calls().at(-1);
    world.check("submit");
    if (call) world.report(call, { kind: "misconfigured", reason });
  }),
  step("silence", noArguments, (world) => {
    for (let n = 0; n < 3; n++) {
      world.claim();
      for (const call of world.calls()) world.report(call, { kind: "doubt", reason: "timeout" });
      world.check("silence");
      world.pass(HOUR);
    }
  }),
  step(
    "arrive",
    fc.tuple(someLead, arriving, fc.boolean()),
    (world, [n, outcome, promised]) => world.report(nth(world.calls(), n), outcome, promised),
    isCalling,
  ),
  step(
    "pass",
    fc.constantFrom(1, SECOND, 40 * SECOND, 5 * MINUTE, HOUR, 20 * HOUR, 8 * DAY, 31 * DAY),
    (world, time) => world.pass(time),
  ),
  step(
    "jump",
    fc.constantFrom(
      MINUTE,
      HOUR,
      DAY,
      40 * DAY,
      4_000 * DAY,
      -MINUTE,
      -HOUR,
      -DAY,
      -40 * DAY,
      -400 * DAY,
    ),
    (world, time) => world.jump(time),
  ),
  // Without a battery, from a start to the first answer of a time server.
  step("astray", fc.constantFrom(-40 * DAY, 40 * DAY), (world, time) => {
    world.jump(time);
    world.begin(submissionOf(serial++));
    world.check("submit");
    world.pass(MINUTE);
    world.jump(-time);
  }),
  step("restart", fc.boolean(), (world, crashed) => world.restart(crashed)),
  step("tidy", noArguments, (world) => world.ledger().tidy()),
  step("tell", noArguments, (world) => world.ledger().tell()),
  step("pause", fc.boolean(), (world, paused) => world.operations().setPaused(paused)),
  step("key", fc.constantFrom("k1", "k2"), (world, key) => world.ledger().useKey(key)),
  step("replay", someLead, (world, n) => move(world, n, "replay", REPLAYABLE), hasLeads),
  step("release", someLead, (world, n) => move(world, n, "release", ["quarantined"]), hasLeads),
  step(
    "replay all",
    fc.record({
      state: fc.constantFrom(undefined, ...REPLAYABLE),
      reason: fc.constantFrom(undefined, "invalid", "form_changed"),
    }),
    (world, only) => {
      const chosen = world.ids().filter((id) => {
        const { state, reason } = world.rowOf(id)!;
        return (
          REPLAYABLE.some((known) => known === (only.state ?? state) && known === state) &&
          (only.reason ?? reason) === reason
        );
      });
      assert.equal(world.operations().replayAll(only), chosen.length);
      for (const id of chosen) world.acknowledge(id);
    },
  ),
  step(
    "correct",
    someLead,
    (world, n) => {
      const id = nth(world.ids(), n);
      const moved = world.operations().correct(id, {
        keyId: "k2",
        box: "new",
        kept: "new.k2",
        phoneHash: "new",
        phoneTail: "+20…99",
      });
      if (moved.kind === "moved") world.acknowledge(id);
    },
    hasLeads,
  ),
  step("erase", fc.nat(4), (world, phone) => {
    world.operations().erase([`phone${phone}`]);
    assert.deepEqual(world.sql.all("SELECT id FROM lead WHERE phone_h = ?", `phone${phone}`), []);
  }),
  step(
    "unreadable",
    fc.boolean(),
    (world, missing) => {
      const { id } = world.calls()[0]!;
      if (world.rowOf(id)?.["state"] !== "sending") return;
      if (missing) world.ledger().hold(id, "key_missing");
      else world.ledger().markDead(id, "tampered");
    },
    isCalling,
  ),
];

export const move = (
  world: World,
  n: number,
  how: "replay" | "release",
  from: readonly string[],
): void => {
  const id = nth(world.ids(), n);
  const state = String(world.rowOf(id)?.["state"]);
  const moved = world.operations()[how](id);
  assert.equal(moved.kind, from.includes(state) ? "moved" : "conflict");
  if (moved.kind === "moved") world.acknowledge(id);
};
