/**
 * Owns the first step of a stored lead: the answer to a repeat, the limits, the first lease. Must
 * not refuse an honest repeat, or write anything for a refusal.
 */
import type { Repository } from "./repository.ts";
import { ANSWERED } from "./repository.ts";
import { admitsFirstTry, isOpen } from "./breaker.ts";
import type { Minutes } from "./limits.ts";
import { placeholders } from "./sql.ts";
import type { Row } from "./sql.ts";
import { DAY, LEASES, MINUTE, SECOND } from "./schedule.ts";
import type { Seen } from "./likeness.ts";
import type { State } from "./states.ts";
import { SENT } from "./tables.ts";
import type { Begun, Policy, Submission, Suspicion } from "./types.ts";

/**
 * The same content under a new id within this time is the same submission. A lead from further ahead was stored by
 * a clock that was wrong, and counts for nothing.
 */
const FOLD = 10 * MINUTE;

/** How long a lead is under way where none has arrived yet, by which the time could be told. */
const USUAL_CALL = SECOND / 2;

export interface BeginDeps {
  minutes: Minutes;
  /** How many leads of a number the vendor got within a day, or will get. */
  countSent: (phoneHashes: readonly string[]) => number;
  /** How this target's leads are answered at this moment; undefined where that is not known. */
  likeness: () => Seen<"created" | "accepted"> | undefined;
  /** Called for each lead whose visitor waits for the vendor. */
  onLease: (id: string) => void;
}

/** The leads of one store that count for a number. */
export const createCountSent =
  ({ one, now }: Pick<Repository, "one" | "now">): BeginDeps["countSent"] =>
  (phoneHashes) => {
    const row = one(
      `SELECT count(*) AS n FROM lead INDEXED BY lead_phone
       WHERE phone_h IN (${placeholders(phoneHashes)}) AND created_at BETWEEN ? AND ? AND ${SENT}`,
      ...phoneHashes,
      now() - DAY + 1,
      now() + FOLD,
    );
    return Number(row?.["n"]);
  };

/**
 * A lead that is stored already: under this id, or as a twin, the same content under another id. Never a suspicious
 * twin: a robot's copy must not swallow a person's lead.
 */
const createFindStored =
  ({ one, now }: Repository) =>
  ({ id, fps }: Submission): Row | undefined =>
    one(
      `SELECT 0 AS twin, ${ANSWERED} FROM lead WHERE id = ?
       UNION ALL SELECT 0, ${ANSWERED} FROM lead WHERE id = (SELECT lead FROM fold WHERE id = ?)
       UNION ALL SELECT * FROM (SELECT 1, ${ANSWERED} FROM lead
         WHERE fp IN (${placeholders(fps)}) AND created_at BETWEEN ? AND ? AND ${SENT}
         ORDER BY created_at LIMIT 1)
       LIMIT 1`,
      id,
      id,
      ...fps,
      now() - FOLD + 1,
      now() + FOLD,
    );

const createInsert =
  ({ sql, now, figures, readBreaker }: Repository) =>
  (s: Submission, state: State, reason?: string): void => {
    const until = now() + LEASES.visitor;
    const columns = Object.entries({
      id: s.id,
      state,
      created_at: now(),
      fp: s.fps[0] ?? "",
      phone_h: s.phoneHashes[0] ?? "",
      phone_tail: s.phoneTail,
      key_id: s.keyId,
      box: s.box,
      kept: s.kept,
      // The others are as the table has them: each value costs.
      ...(s.consent !== undefined && { consent_v: s.consent }),
      ...(reason !== undefined && { reason }),
      ...(state === "held" && { parked: 1, vendor_key: readBreaker().key ?? null }),
      ...(state === "quarantined" && { apart: 1 }),
      ...(state === "sending" && {
        attempts: 1,
        lease_until: until,
        next_at: until,
        wait: LEASES.visitor,
      }),
    });
    sql.all(
      `INSERT INTO lead (${columns.map(([name]) => name).join(", ")}) VALUES (${placeholders(columns)})`,
      ...columns.map(([, value]) => value),
    );
    figures.countLead("arrived");
  };

export const createBegin = (repository: Repository, policy: Policy, deps: BeginDeps) => {
  const { sql, now, accept, answerKnown, figures, readBreaker } = repository;
  const { minutes, countSent, likeness, onLease } = deps;
  const findStored = createFindStored(repository);
  const insert = createInsert(repository);

  /** Since the last lead that was stored: a refusal writes nothing. */
  let refused = 0;

  /** Kept from the vendor, and answered as if it were not. */
  const quarantine = (s: Submission, reason: Suspicion): Begun => {
    insert(s, "quarantined", reason);
    figures.countLead("quarantined");
    accept(s.id);
    if (isOpen(readBreaker())) return { kind: "accepted", id: s.id };
    const { answer, ms } = likeness() ?? { answer: "created", ms: USUAL_CALL };
    if (answer === "created")
      sql.all("UPDATE lead SET shown_at = ? WHERE id = ?", now() + ms, s.id);
    return { kind: answer, id: s.id, after: ms };
  };

  const store = (s: Submission): Begun => {
    figures.countLead("refused", refused);
    refused = 0;
    if (s.suspicion) return quarantine(s, s.suspicion);
    const breaker = readBreaker();
    const isProbe = admitsFirstTry(breaker);
    if (isOpen(breaker) && !isProbe) {
      insert(s, "held", breaker.reason ?? "paused");
      return accept(s.id);
    }
    insert(s, "sending");
    // Nobody waits for a vendor that has just failed: the visitor is thanked, and the call goes all the same.
    if (isProbe) accept(s.id);
    else onLease(s.id);
    return { kind: "lease", attempt: 1, thanked: isProbe };
  };

  const isOverPhoneLimit = (s: Submission): boolean =>
    countSent(s.phoneHashes) >= policy.limits.perPhonePerDay;

  /**
   * Stores a lead and grants the lease for its first attempt, or answers a repeat.
   * Known ids come before every limit and the proof of work: an honest repeat is never refused.
   */
  return (s: Submission): Begun =>
    sql.transaction(() => {
      refused += s.refused;
      const row = findStored(s);
      if (row?.["twin"] === 0) return answerKnown(row, s.fps, s.id);
      if (s.stampRefused) return { kind: "stamp_refused" };
      const wait = s.counted ? undefined : minutes.check(s, policy.limits);
      if (wait) {
        refused++;
        return { kind: "rate_limited", ...wait };
      }
      const twin = s.suspicion ? undefined : row;
      if (!twin && !s.suspicion && !s.counted && isOverPhoneLimit(s))
        return { kind: "suspect", suspicion: "phone_limit" };
      if (!s.counted) minutes.count(s);
      if (!twin) return store(s);
      sql.all("INSERT INTO fold VALUES (?, ?)", s.id, String(twin["id"]));
      return answerKnown(twin, s.fps, s.id);
    });
};
