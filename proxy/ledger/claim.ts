/**
 * Owns the choice of leads for the dispatcher, each under a lease, and the time of its next run.
 * Must not count the leases of visitors.
 */
import type { Repository } from "./repository.ts";
import { MAX_PARALLEL, isOpen } from "./breaker.ts";
import type { Breaker } from "./breaker.ts";
import { mendBreaker, mendWaits } from "./clock.ts";
import { hasExpirable } from "./retention.ts";
import type { Row, SqlValue } from "./sql.ts";
import type { State } from "./states.ts";
import { LEASES, SECOND, earliest } from "./schedule.ts";
import { ITSELF, RETRIES_ITSELF } from "./tables.ts";
import type { Lease, Policy } from "./types.ts";

/** While the breaker is open the credentials are compared this often: new ones end the wait. */
const LOOK = 45 * SECOND;

const num = (value: SqlValue | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** The leads whose time is over come into the queue. */
const createReleases = ({ sql, now }: Repository, policy: Policy) => {
  const reclaimExpired = (): void => {
    const next = policy.doubt === "hold" ? "held" : "queued";
    sql.all(
      `UPDATE lead SET state = ?, reason = 'interrupted', in_doubt = 1, lease_until = NULL, next_at = ?
       WHERE state = 'sending' AND next_at <= ?`,
      next,
      next === "queued" ? now() : null,
      now(),
    );
  };

  /** A lead that was refused alone waits for its own time, not for a breaker that never opened. */
  const releaseRefused = (breaker: Breaker): void => {
    if (isOpen(breaker)) return;
    const query =
      "UPDATE lead SET state = 'queued', parked = 0 WHERE state = 'held' AND next_at <= ?";
    sql.all(query, now());
  };

  return { reclaimExpired, releaseRefused };
};

export const createClaims = (repository: Repository, policy: Policy) => {
  const { sql, now, one, readBreaker, moveBreaker, lease } = repository;
  const { reclaimExpired, releaseRefused } = createReleases(repository, policy);

  const exists = (query: string): boolean => sql.all(query).length > 0;
  const soonest = (state: State): number | undefined =>
    num(one("SELECT min(next_at) AS t FROM lead WHERE state = ? AND next_at > 0", state)?.["t"]);

  const mend = (): void => {
    mendWaits(sql, now());
    const breaker = readBreaker();
    moveBreaker(breaker, mendBreaker(breaker, now()));
  };

  /** @param active how many leases the caller holds, without those of visitors */
  const pick = (breaker: Breaker, active: number): Row[] => {
    if (breaker.paused) return [];
    if (breaker.state === "open") {
      if (active > 0 || now() < (breaker.nextProbeAt ?? 0)) return [];
      // The lead of fewest attempts whose turn is next, so that no poisonous one keeps the breaker open.
      return sql.all(
        `SELECT * FROM ${ITSELF} WHERE ${RETRIES_ITSELF} ORDER BY attempts, next_at, created_at LIMIT 1`,
      );
    }
    return sql.all(
      "SELECT * FROM lead WHERE state = 'queued' AND next_at <= ? ORDER BY next_at LIMIT ?",
      now(),
      Math.max((breaker.state === "draining" ? breaker.width : MAX_PARALLEL) - active, 0),
    );
  };

  /** The leads to try now, each under a lease of its own. */
  const claim = (active: number): Lease[] =>
    sql.transaction(() => {
      mend();
      reclaimExpired();
      const breaker = readBreaker();
      releaseRefused(breaker);
      return pick(breaker, active).map((row) => ({
        id: String(row["id"]),
        attempt: lease(String(row["id"]), Number(row["attempts"]), LEASES.alone),
        keyId: String(row["key_id"]),
        box: String(row["box"]),
        kept: typeof row["kept"] === "string" ? row["kept"] : null,
      }));
    });

  /**
   * The time of the next delivery or expiry, in Unix milliseconds; undefined if nothing waits for a time.
   * @param tidyAt the time of the next expiry
   */
  const nextAt = (tidyAt: number): number | undefined => {
    const breaker = readBreaker();
    const waiting = exists(`SELECT 1 FROM ${ITSELF} WHERE ${RETRIES_ITSELF} LIMIT 1`);
    const times = [soonest("sending"), hasExpirable(sql) ? tidyAt : undefined];
    if (waiting && breaker.state === "open" && !breaker.paused)
      times.push(Math.min(breaker.nextProbeAt ?? now(), now() + LOOK));
    if (!isOpen(breaker)) times.push(soonest("queued"), soonest("held"));
    return earliest(...times);
  };

  return {
    claim,
    nextAt,
    /** At each start, run and call of the watchdog: ends waits that a wrong clock has made too long. */
    mend: (): void => sql.transaction(mend),
  };
};
