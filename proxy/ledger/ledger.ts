/**
 * Owns the life of a stored lead: one state machine over the SQL port, put together from its steps.
 * The caller that was granted a lease calls the vendor and reports back; the ledger itself calls
 * nobody and opens no box.
 *
 * sending → delivered | rejected | queued | held | dead; queued and held → sending again;
 * quarantined waits for a person; what waits for 30 days is expired.
 */
import { createBegin } from "./begin.ts";
import { createRepository } from "./repository.ts";
import type { RepositoryDeps } from "./repository.ts";
import { createClaims } from "./claim.ts";
import { createFinish } from "./finish.ts";
import { probeNow, onCredentials } from "./breaker.ts";
import { expireAndPurge, alertOnBacklogAge } from "./retention.ts";
import { createTables } from "./tables.ts";
import type { Policy } from "./types.ts";

export interface LedgerDeps extends RepositoryDeps {
  /** 0 to 1, for jitter. */
  random: () => number;
  policy: Policy;
}

export type Ledger = ReturnType<typeof createLedger>;

export const createLedger = ({ policy, random, ...deps }: LedgerDeps) => {
  const { sql, now } = deps;
  createTables(sql);
  const repository = createRepository(deps);
  const { emit, readBreaker, moveBreaker, settle } = repository;

  return {
    begin: createBegin(repository, policy),
    finish: createFinish(repository, policy, random),
    ...createClaims(repository, policy),
    /** A box that does not open: nobody can say what it held, so it is never sent. */
    markDead: (id: string, reason: string): void =>
      sql.transaction(() => {
        emit("lead.dead", { lead: id, reason });
        settle(id, "dead", { reason });
      }),
    /** Waits for a person, who can bring back what is missing. */
    hold: (id: string, reason: string): void => settle(id, "held", { reason }),
    sql,
    breaker: readBreaker,
    /** Told at every start: credentials that changed are worth a probe at once. */
    useKey: (keyFp: string): void =>
      sql.transaction(() => moveBreaker(readBreaker(), onCredentials(readBreaker(), keyFp, now()))),
    /**
     * A person who asks for another try believes that the vendor is back: an open breaker asks it now
     * instead of up to 15 minutes later. The one probe decides for all the others.
     */
    probe: (): void => moveBreaker(readBreaker(), probeNow(readBreaker(), now())),
    setPaused: (paused: boolean): void =>
      sql.transaction(() => {
        const breaker = readBreaker();
        moveBreaker(breaker, { ...breaker, paused });
        if (!paused && breaker.state !== "open")
          sql.all(
            "UPDATE lead SET state = 'queued', parked = 0, next_at = ? WHERE parked = 1",
            now(),
          );
      }),
    /** Hourly at most: what is too old goes, and a backlog that grows old is told. */
    tidy: (): void =>
      sql.transaction(() => {
        expireAndPurge(sql, now(), emit);
        alertOnBacklogAge(sql, now(), emit);
      }),
  };
};
