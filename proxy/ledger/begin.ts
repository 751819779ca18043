/**
 * Owns the first step of a stored lead: the answer to a repeat, the limits, the first lease. Must
 * not refuse an honest repeat.
 */
import type { Repository } from "./repository.ts";
import { admitsFirstTry, isOpen } from "./breaker.ts";
import { placeholders } from "./sql.ts";
import type { SqlValue } from "./sql.ts";
import { DAY, LEASES, MINUTE, SECOND } from "./schedule.ts";
import type { State } from "./states.ts";
import type { Begun, Policy, Submission } from "./types.ts";

/**
 * The same content under a new id within this time is the same submission. A lead from further ahead was stored by
 * a clock that was wrong, and counts for nothing.
 */
const FOLD = 10 * MINUTE;

export const createBegin = (repository: Repository, policy: Policy) => {
  const { sql, now, one, accept, answerKnown } = repository;

  const count = (query: string, ...values: SqlValue[]): number =>
    Number(one(query, ...values)?.["n"]);

  /** Counts a request; returns the seconds to wait if it is over the limit. */
  const overLimit = (bucket: string, limit: number, weight: number): number | undefined => {
    const minute = Math.floor(now() / MINUTE);
    sql.all(
      "INSERT INTO rate VALUES (?, ?, ?) ON CONFLICT (bucket, minute) DO UPDATE SET n = n + excluded.n",
      bucket,
      minute,
      weight,
    );
    const n = count("SELECT n FROM rate WHERE bucket = ? AND minute = ?", bucket, minute);
    return n > limit ? Math.ceil(((minute + 1) * MINUTE - now()) / SECOND) : undefined;
  };

  /**
   * Stores a lead and grants the lease for its first attempt, or answers a repeat.
   * Known ids come before every limit and the proof of work: an honest repeat is never refused.
   */
  return (s: Submission): Begun =>
    sql.transaction(() => {
      const row = one("SELECT * FROM lead WHERE id = ?", s.id);
      if (row) return answerKnown(row, s.fps);
      const twin = one(
        `SELECT * FROM lead WHERE fp IN (${placeholders(s.fps)}) AND created_at BETWEEN ? AND ? ORDER BY created_at LIMIT 1`,
        ...s.fps,
        now() - FOLD + 1,
        now() + FOLD,
      );
      if (twin) return answerKnown(twin, s.fps);
      if (s.stampRefused) return { kind: "stamp_refused" };

      const { perAddressPerMinute, perTargetPerMinute, perPhonePerDay } = policy.limits;
      const wait =
        (s.addressHash && overLimit(`a|${s.addressHash}`, perAddressPerMinute, s.weight)) ||
        overLimit("target", perTargetPerMinute, 1);
      if (wait) return { kind: "rate_limited", retryAfter: wait };

      const sameDay = count(
        `SELECT count(*) AS n FROM lead WHERE phone_h IN (${placeholders(s.phoneHashes)}) AND created_at BETWEEN ? AND ?`,
        ...s.phoneHashes,
        now() - DAY + 1,
        now() + FOLD,
      );
      const suspicion = s.suspicion ?? (sameDay >= perPhonePerDay ? "phone_limit" : undefined);
      const breaker = repository.readBreaker();
      const isProbe = admitsFirstTry(breaker);
      const waits = isOpen(breaker) && !isProbe;
      const state: State = suspicion ? "quarantined" : waits ? "held" : "sending";
      sql.all(
        `INSERT INTO lead (id, state, reason, vendor_key, parked, created_at, fp, phone_h, phone_tail, key_id, box,
           kept, consent_v)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        s.id,
        state,
        suspicion ?? (waits ? (breaker.reason ?? "paused") : null),
        state === "held" ? (breaker.key ?? null) : null,
        state === "held" ? 1 : 0,
        now(),
        s.fps[0] ?? "",
        s.phoneHashes[0] ?? "",
        s.phoneTail,
        s.keyId,
        s.box,
        s.kept,
        s.consent ?? null,
      );
      repository.figures.countLead("arrived");
      if (suspicion) repository.figures.countLead("quarantined");
      if (state !== "sending") return accept(s.id);
      const attempt = repository.lease(s.id, 0, LEASES.visitor);
      // Nobody waits for a vendor that has just failed: the visitor is thanked, and the call goes all the same.
      if (isProbe) accept(s.id);
      return { kind: "lease", attempt, thanked: isProbe };
    });
};
