/**
 * Owns the life of a stored lead, put together from its steps. Must not call a vendor or open a
 * box: the holder of a lease does.
 *
 * sending → delivered | rejected | queued | held | dead; queued and held → sending again;
 * quarantined waits for a person; a lead that waits for 30 days expires.
 */
import { createBegin, createCountSent } from "./begin.ts";
import type { BeginDeps } from "./begin.ts";
import { createRepository } from "./repository.ts";
import type { Repository, RepositoryDeps } from "./repository.ts";
import { createClaims } from "./claim.ts";
import { createEpisodes } from "./episodes.ts";
import { createFinish } from "./finish.ts";
import { probeNow } from "./breaker.ts";
import { createClock, mendStored, noteBehind } from "./clock.ts";
import type { Steady } from "./clock.ts";
import { expireAndPurge, purgeTests, shortenKeeping } from "./retention.ts";
import { DAY, LEASES } from "./schedule.ts";
import { ITSELF, RETRIES_ITSELF, UNSETTLED, createTables } from "./tables.ts";
import { createAnswers } from "./answers.ts";
import { createMinutes } from "./limits.ts";
import type { Minutes } from "./limits.ts";
import type { Begun, Finished, Policy, Submission } from "./types.ts";

export interface LedgerDeps extends RepositoryDeps {
  /** 0 to 1, for jitter. */
  random: () => number;
  policy: Policy;
  /** Undefined where the host has none. */
  steady?: Steady | undefined;
  /** The counts of a minute, where they are not this store's alone. */
  minutes?: Minutes | undefined;
  /** The count of a number, where other stores count too. */
  countSent?: BeginDeps["countSent"] | undefined;
}

export type Ledger = ReturnType<typeof createLedger>;

/** What the settings and a person ask of the breaker. */
const createOrders = ({ sql, now, readBreaker, moveBreaker }: Repository) => ({
  /** Called at every start: new credentials or fields cause a probe at once, and end what waits for them. */
  useKey: (keyFp: string): void =>
    sql.transaction(() => {
      const breaker = readBreaker();
      if (breaker.keyFp === keyFp) return;
      moveBreaker(breaker, probeNow({ ...breaker, keyFp }, now()));
      sql.all(
        `UPDATE lead SET state = 'queued', next_at = ?
         WHERE ${UNSETTLED} AND state IN ('queued', 'held') AND parked = 0 AND reason IN ('form_changed', 'field_refused')`,
        now(),
      );
      // What was refused alone may have been refused for them.
      if (breaker.state !== "open")
        sql.all("UPDATE lead SET next_at = ? WHERE state = 'held' AND next_at > 0", now());
    }),
  /**
   * A person who asks for another try believes that the vendor is back. So an open breaker probes
   * now, instead of up to 15 minutes later; the result of this probe decides for all other leads.
   */
  probe: (): void => moveBreaker(readBreaker(), probeNow(readBreaker(), now())),
  setPaused: (paused: boolean): void =>
    sql.transaction(() => {
      const breaker = readBreaker();
      moveBreaker(breaker, { ...breaker, paused });
      if (!paused && breaker.state !== "open")
        sql.all(
          `UPDATE ${ITSELF} SET state = 'queued', parked = 0, next_at = ? WHERE ${RETRIES_ITSELF} AND parked = 1`,
          now(),
        );
    }),
});

interface StepsDeps {
  repository: Repository;
  policy: Policy;
  begin: ReturnType<typeof createBegin>;
  finish: ReturnType<typeof createFinish>;
  answers: ReturnType<typeof createAnswers>;
}

/** What a visitor's request does. Nearly always it knows itself when the store has to wake for it. */
const createVisitorSteps = ({ repository, policy, begin, finish, answers }: StepsDeps) => {
  const { now, readBreaker } = repository;
  let due: number | undefined;
  /** What is delivered at once leaves nothing to do: no lead waits for the breaker, nobody is told. */
  const isCalm = (): boolean => {
    const { state, paused } = readBreaker();
    return state === "closed" && !paused && policy.receivers.length === 0;
  };
  return {
    begin: (submission: Submission): Begun => {
      due = undefined;
      const begun = begin(submission);
      if (begun.kind === "lease" && !begun.thanked) due = now() + LEASES.visitor;
      return begun;
    },
    finish: (...report: Parameters<typeof finish>): Finished => {
      due = undefined;
      const calm = isCalm();
      const finished = finish(...report);
      const [id, , , promised] = report;
      answers.end(id, finished, promised);
      if (calm && finished.kind === "created") due = Number.POSITIVE_INFINITY;
      return finished;
    },
    /**
     * The first time that the last step has set, in Unix milliseconds; undefined where that has to be looked up,
     * among all that waits.
     */
    due: (): number | undefined => due,
  };
};

export const createLedger = ({ policy, random, steady, ...deps }: LedgerDeps) => {
  const { sql, now } = deps;
  const elapsed = steady?.elapsed ?? now;
  createTables(sql);
  sql.transaction(() => shortenKeeping(sql, policy.retain.days));
  const repository = createRepository(deps, policy.receivers);
  const { emit, events, figures, readBreaker, settle } = repository;

  const claims = createClaims(repository, policy);
  const episodes = createEpisodes(repository, policy);

  const clock = createClock(sql, now, steady);
  /** What stores a time says so where the clock has fallen back. */
  const noted =
    <A extends unknown[], R>(step: (...args: A) => R) =>
    (...args: A): R =>
      figures.ofStep(() =>
        sql.transaction(() => {
          noteBehind(sql, now());
          return step(...args);
        }),
      );
  sql.transaction(() => clock.isBelieved());
  claims.mend();

  const countSent = createCountSent(repository);
  const answers = createAnswers({ sql, elapsed, random });
  const finish = createFinish({ repository, policy, random, firstTold: episodes.firstTold });

  const begin = createBegin(repository, policy, {
    minutes: deps.minutes ?? createMinutes(elapsed),
    countSent: deps.countSent ?? countSent,
    likeness: answers.pick,
    onLease: answers.begin,
  });
  const steps = createVisitorSteps({ repository, policy, begin, finish, answers });

  return {
    begin: noted(steps.begin),
    finish: noted(steps.finish),
    due: steps.due,
    together: figures.together,
    countSent,
    claim: claims.claim,
    mend: claims.mend,
    /** For a box that does not open: its content is unknown, so it is never sent. */
    markDead: (id: string, reason: string): void =>
      sql.transaction(() => {
        emit("lead.dead", { lead: id, reason });
        figures.countLead("dead");
        settle(id, "dead", { reason });
      }),
    /** For a lead that a person can repair, such as one whose key is missing. */
    hold: (id: string, reason: string): void => void settle(id, "held", { reason }),
    /** What stays of a lead, by settings that have changed since it arrived. */
    keep: (id: string, kept: string): void =>
      void sql.all("UPDATE lead SET kept = ? WHERE id = ? AND box IS NOT NULL", kept, id),
    sql,
    breaker: readBreaker,
    ...createOrders(repository),
    /** Once an hour: deletes old leads if the clock is believed, and old figures. */
    tidy: (): void =>
      sql.transaction(() => {
        if (clock.isBelieved()) {
          mendStored(sql, now(), policy.retain.days * DAY);
          figures.countLead("expired", expireAndPurge(sql, now(), emit));
        }
        purgeTests(sql, now());
        figures.roll();
      }),
    figures,
    events,
    /** Tells of leads that wait, where that is due; and when it is, in Unix milliseconds. */
    tell: episodes.tell,
    tellAt: episodes.nextAt,
    nextAt: claims.nextAt,
  };
};
