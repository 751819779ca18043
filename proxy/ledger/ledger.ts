/**
 * Owns the life of a stored lead: one state machine over the SQL port. The caller that was granted a
 * lease calls the vendor and reports back; the ledger itself calls nobody and opens no box.
 *
 * sending → delivered | rejected | queued | held | dead; queued and held → sending again;
 * quarantined waits for a person; what waits for 30 days is expired.
 */
import type { FieldErrors } from "../contract.ts";
import type { Outcome } from "../vendor.ts";
import { alert } from "./alerts.ts";
import {
  CLOSED,
  MAX_PARALLEL,
  isOpen,
  onDrained,
  onFailure,
  onHope,
  onKey,
  onSuccess,
} from "./gate.ts";
import type { Gate } from "./gate.ts";
import { expireAndPurge } from "./retention.ts";
import { createTables } from "./sql.ts";
import type { Row, Sql, SqlValue } from "./sql.ts";

export type State =
  | "sending"
  | "delivered"
  | "rejected"
  | "queued"
  | "held"
  | "quarantined"
  | "dead"
  | "expired";

/** A lead as it comes to the ledger: sealed, and hashed under every key, newest first. */
export interface Submission {
  id: string;
  fps: readonly string[];
  phoneHashes: readonly string[];
  /** Masked for people: country code and last two digits. */
  phoneTail: string;
  keyId: string;
  box: string;
  /** Keyed hash of the visitor's address, where one is known. */
  addressHash: string | undefined;
  /** How many requests this one counts for: more where the proof of work is missing. */
  weight: number;
  /** A reason to keep it from the vendor until a person has looked. */
  suspicion: "honeypot" | undefined;
  /** The target demands a proof of work, and this one holds none. */
  stampRefused: boolean;
}

export interface Policy {
  doubt: "retry" | "hold";
  limits: { perAddressPerMinute: number; perTargetPerMinute: number; perPhonePerDay: number };
}

/** The right to call the vendor for one lead, until it ends. */
export interface Lease {
  id: string;
  /** Tells this attempt's report from an earlier one's. */
  attempt: number;
  keyId: string;
  box: string;
}

export type Begun =
  | { kind: "lease"; attempt: number }
  | { kind: "created"; id: string }
  | { kind: "accepted"; id: string }
  | { kind: "rejected"; fields: FieldErrors }
  | { kind: "id_reused" }
  | { kind: "stamp_refused" }
  | { kind: "rate_limited"; retryAfter: number };

/** What a report leaves behind, as the visitor may be told of it. */
export type Finished = Exclude<Begun, { kind: "lease" }>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The vendor's six seconds and four to report back; the alarm stands at its end, never later. */
const LEASE = 10 * SECOND;
/** The same content under a new id within this time is the same submission. */
const FOLD = 10 * MINUTE;
const FIRST_RETRY = 15 * SECOND;
const LAST_RETRY = HOUR;
/** While the breaker is open the credentials are compared this often: new ones end the wait. */
const LOOK = 45 * SECOND;

/** Leads that need no person: retries that are due some time, and what waits behind the breaker. */
const GOES_BY_ITSELF = "(state = 'queued' OR (state = 'held' AND parked = 1))";

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");
const num = (value: SqlValue | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

export interface LedgerDeps {
  sql: Sql;
  now: () => number;
  /** 0 to 1, for jitter. */
  random: () => number;
  newId: () => string;
  policy: Policy;
}

export type Ledger = ReturnType<typeof createLedger>;

export const createLedger = ({ sql, now, random, newId, policy }: LedgerDeps) => {
  createTables(sql);

  const one = (query: string, ...values: SqlValue[]): Row | undefined =>
    sql.all(query, ...values)[0];
  const count = (query: string, ...values: SqlValue[]): number =>
    Number(one(query, ...values)?.["n"]);

  const exists = (query: string): boolean => sql.all(query).length > 0;

  const readGate = (): Gate => {
    const stored = one("SELECT value FROM meta WHERE key = 'gate'")?.["value"];
    return typeof stored === "string" ? { ...CLOSED, ...(JSON.parse(stored) as Gate) } : CLOSED;
  };
  const emit = (type: string, data: object): void =>
    alert(sql, { id: newId(), type, data, now: now() });

  /** Writes the gate, and what follows from the step it took. */
  const moveGate = (before: Gate, after: Gate): void => {
    if (after === before) return;
    sql.all("INSERT OR REPLACE INTO meta VALUES ('gate', ?)", JSON.stringify(after));
    if (before.state !== "open" && after.state === "open")
      emit("breaker.opened", { reason: after.reason, since: new Date(now()).toISOString() });
    if (before.state === "open" && after.state !== "open") {
      emit("breaker.closed", { reason: before.reason });
      // A millisecond for each attempt: what failed least goes first, so that no few poisonous leads
      // stand before all the others each time.
      sql.all(
        `UPDATE lead SET state = 'queued', parked = 0, failures = 0, next_at = ? + attempts
         WHERE ${GOES_BY_ITSELF}`,
        now(),
      );
    }
  };

  const lease = (id: string, attempts: number): number => {
    const until = now() + LEASE;
    sql.all(
      "UPDATE lead SET state = 'sending', parked = 0, attempts = ?, lease_until = ?, next_at = ? WHERE id = ?",
      attempts + 1,
      until,
      until,
      id,
    );
    return attempts + 1;
  };

  const accept = (id: string): Finished => {
    // Whoever was told "accepted" has left: from here on the lead may not simply be rejected.
    sql.all("UPDATE lead SET promised = 1 WHERE id = ?", id);
    return { kind: "accepted", id };
  };

  const answerKnown = (row: Row, fps: readonly string[]): Finished => {
    const id = String(row["id"]);
    if (!fps.includes(String(row["fp"]))) return { kind: "id_reused" };
    if (row["state"] === "delivered") return { kind: "created", id };
    if (row["state"] === "rejected")
      return { kind: "rejected", fields: JSON.parse(String(row["fields"])) as FieldErrors };
    return accept(id);
  };

  /** Counts a request; seconds to wait if that was one too many. */
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
   * Stores a lead and grants the lease for its first attempt, or answers from what is known of it.
   * Known ids come before every limit and the proof of work: an honest repeat is never turned away.
   */
  const begin = (s: Submission): Begun =>
    sql.transaction(() => {
      const row = one("SELECT * FROM lead WHERE id = ?", s.id);
      if (row) return answerKnown(row, s.fps);
      const twin = one(
        `SELECT * FROM lead WHERE fp IN (${marks(s.fps)}) AND created_at > ? ORDER BY created_at LIMIT 1`,
        ...s.fps,
        now() - FOLD,
      );
      if (twin) return answerKnown(twin, s.fps);
      if (s.stampRefused) return { kind: "stamp_refused" };

      const { perAddressPerMinute, perTargetPerMinute, perPhonePerDay } = policy.limits;
      const wait =
        (s.addressHash && overLimit(`a|${s.addressHash}`, perAddressPerMinute, s.weight)) ||
        overLimit("target", perTargetPerMinute, 1);
      if (wait) return { kind: "rate_limited", retryAfter: wait };

      const sameDay = count(
        `SELECT count(*) AS n FROM lead WHERE phone_h IN (${marks(s.phoneHashes)}) AND created_at > ?`,
        ...s.phoneHashes,
        now() - DAY,
      );
      const suspicion = s.suspicion ?? (sameDay >= perPhonePerDay ? "phone_limit" : undefined);
      const gate = readGate();
      const waits = isOpen(gate);
      const state: State = suspicion ? "quarantined" : waits ? "held" : "sending";
      sql.all(
        `INSERT INTO lead (id, state, reason, parked, created_at, fp, phone_h, phone_tail, key_id, box)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        s.id,
        state,
        suspicion ?? (waits ? (gate.reason ?? "paused") : null),
        state === "held" ? 1 : 0,
        now(),
        s.fps[0] ?? "",
        s.phoneHashes[0] ?? "",
        s.phoneTail,
        s.keyId,
        s.box,
      );
      return state === "sending" ? { kind: "lease", attempt: lease(s.id, 0) } : accept(s.id);
    });

  /** Doubling with half of it left to chance, so that a backlog spreads out. */
  const backoff = (n: number): number =>
    Math.min(FIRST_RETRY * 2 ** (n - 1), LAST_RETRY) * (0.5 + random());

  const settle = (id: string, state: State, values: Readonly<Record<string, SqlValue>>): void => {
    const columns = Object.entries({ state, lease_until: null, next_at: null, ...values });
    const sets = columns.map(([column]) => `${column} = ?`).join(", ");
    sql.all(`UPDATE lead SET ${sets} WHERE id = ?`, ...columns.map(([, value]) => value), id);
  };
  /** Payload and mask go in the same transaction; the row stays as a tombstone that repeats. */
  const close = (id: string, state: State, values: Readonly<Record<string, SqlValue>>): void =>
    settle(id, state, { box: null, key_id: null, phone_tail: null, done_at: now(), ...values });

  /** @param seconds that the vendor asks for, where it does */
  const retry = (row: Row, reason: string, seconds?: number): void => {
    const failures = Number(row["failures"]) + 1;
    const wait = seconds === undefined ? backoff(failures) : seconds * SECOND;
    settle(String(row["id"]), "queued", { reason, failures, next_at: Math.round(now() + wait) });
  };

  /**
   * The same refusal a second time, though the vendor took another lead in between (or the breaker
   * would still be open): then it is about this lead, and no reason to keep all the others.
   */
  const isItsOwn = (row: Row, outcome: Outcome): boolean =>
    outcome.kind === "misconfigured" &&
    row["reason"] === outcome.reason &&
    Number(row["attempts"]) > 1 &&
    readGate().state !== "open";

  const apply = (row: Row, outcome: Outcome): void => {
    const id = String(row["id"]);
    switch (outcome.kind) {
      case "created":
      case "duplicate":
        return close(id, "delivered", {
          reason: outcome.kind === "duplicate" ? "duplicate" : null,
          parked: 0,
        });
      case "invalid": {
        const fields = JSON.stringify(outcome.fields);
        if (!row["promised"] && row["attempts"] === 1) return close(id, "rejected", { fields });
        emit("lead.dead", { lead: id, reason: "invalid" });
        return settle(id, "dead", { reason: "invalid", fields });
      }
      case "drift":
      case "unexplained":
        emit("vendor.drift", { lead: id, reason: outcome.reason });
        return settle(id, "held", {
          reason: outcome.reason,
          in_doubt: Number(outcome.kind === "drift"),
        });
      case "misconfigured":
        return isItsOwn(row, outcome)
          ? retry(row, outcome.reason)
          : settle(id, "held", { reason: outcome.reason, parked: 1 });
      case "later":
        return retry(row, outcome.reason, outcome.retryAfter);
      case "doubt":
        sql.all("UPDATE lead SET in_doubt = 1 WHERE id = ?", id);
        return policy.doubt === "hold"
          ? settle(id, "held", { reason: outcome.reason })
          : retry(row, outcome.reason);
    }
  };

  const passGate = (row: Row, outcome: Outcome): void => {
    const gate = readGate();
    const failure = {
      lead: String(row["id"]),
      reason: "reason" in outcome ? outcome.reason : "",
      fatal: outcome.kind === "misconfigured" && !isItsOwn(row, outcome),
      startedAt: Number(row["lease_until"]) - LEASE,
      now: now(),
    };
    const works = ["created", "duplicate", "invalid"].includes(outcome.kind);
    moveGate(gate, works ? onSuccess(gate) : onFailure(gate, failure));
    if (readGate().state !== "draining") return;
    const soon = "SELECT 1 FROM lead WHERE state = 'queued' AND next_at <= ? LIMIT 1";
    if (sql.all(soon, now() + MINUTE).length === 0) moveGate(readGate(), onDrained(readGate()));
  };

  /**
   * The report of whoever holds a lease. One that comes after its lease has ended is heard only if
   * the vendor has the lead: that stays true whatever else was tried since.
   */
  const finish = (id: string, attempt: number, outcome: Outcome): Finished =>
    sql.transaction(() => {
      const row = one("SELECT * FROM lead WHERE id = ?", id);
      if (!row) return { kind: "accepted", id };
      const current = row["state"] === "sending" && row["attempts"] === attempt;
      const arrived = outcome.kind === "created" || outcome.kind === "duplicate";
      const closed = row["done_at"] !== null;
      if (current || (arrived && !closed)) {
        // The row as it was: the gate asks what this attempt was, not what became of it.
        apply(row, outcome);
        passGate(row, outcome);
      }
      const after = one("SELECT * FROM lead WHERE id = ?", id);
      return after ? answerKnown(after, [String(after["fp"])]) : { kind: "accepted", id };
    });

  /** A box that does not open: nobody can say what it held, so it is never sent. */
  const bury = (id: string, reason: string): void =>
    sql.transaction(() => {
      emit("lead.dead", { lead: id, reason });
      settle(id, "dead", { reason });
    });

  /** Waits for a person, who can bring back what is missing. */
  const shelve = (id: string, reason: string): void => {
    settle(id, "held", { reason });
  };

  const takeBack = (): void => {
    const next = policy.doubt === "hold" ? "held" : "queued";
    sql.all(
      `UPDATE lead SET state = ?, reason = 'interrupted', in_doubt = 1, lease_until = NULL, next_at = ?
       WHERE state = 'sending' AND lease_until <= ?`,
      next,
      next === "queued" ? now() : null,
      now(),
    );
  };

  /** @param active how many of the caller's own leases are out: visitors' leases do not count */
  const pick = (gate: Gate, active: number): Row[] => {
    if (gate.paused) return [];
    if (gate.state === "open") {
      if (active > 0 || now() < (gate.nextProbeAt ?? 0)) return [];
      // The lead of fewest attempts, so that no poisonous one keeps the breaker open.
      return sql.all(
        `SELECT * FROM lead WHERE ${GOES_BY_ITSELF} ORDER BY attempts, created_at LIMIT 1`,
      );
    }
    return sql.all(
      "SELECT * FROM lead WHERE state = 'queued' AND next_at <= ? ORDER BY next_at LIMIT ?",
      now(),
      Math.max((gate.state === "draining" ? gate.width : MAX_PARALLEL) - active, 0),
    );
  };

  /** What is to be tried now, each under a lease of its own. */
  const claim = (active: number): Lease[] =>
    sql.transaction(() => {
      takeBack();
      return pick(readGate(), active).map((row) => ({
        id: String(row["id"]),
        attempt: lease(String(row["id"]), Number(row["attempts"])),
        keyId: String(row["key_id"]),
        box: String(row["box"]),
      }));
    });

  /** When to look again, in Unix milliseconds; undefined if nothing waits for time. */
  const nextAt = (): number | undefined => {
    const gate = readGate();
    const waiting = exists(`SELECT 1 FROM lead WHERE ${GOES_BY_ITSELF} LIMIT 1`);
    const times = [
      num(one("SELECT min(lease_until) AS t FROM lead WHERE state = 'sending'")?.["t"]),
      num(one("SELECT min(next_at) AS t FROM alert")?.["t"]),
      exists("SELECT 1 FROM lead LIMIT 1") ? now() + HOUR : undefined,
    ];
    if (waiting && gate.state === "open" && !gate.paused)
      times.push(Math.min(gate.nextProbeAt ?? now(), now() + LOOK));
    if (!isOpen(gate))
      times.push(num(one("SELECT min(next_at) AS t FROM lead WHERE state = 'queued'")?.["t"]));
    const known = times.filter((time) => time !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  };

  return {
    begin,
    finish,
    claim,
    bury,
    shelve,
    nextAt,
    sql,
    gate: readGate,
    /** Told at every start: credentials that changed are worth a probe at once. */
    useKey: (keyFp: string): void =>
      sql.transaction(() => moveGate(readGate(), onKey(readGate(), keyFp, now()))),
    /**
     * A person who asks for another try believes that the vendor is back: an open breaker asks it now
     * instead of up to 15 minutes later. The one probe decides for all the others.
     */
    probe: (): void => moveGate(readGate(), onHope(readGate(), now())),
    setPaused: (paused: boolean): void =>
      sql.transaction(() => {
        const gate = readGate();
        moveGate(gate, { ...gate, paused });
        if (!paused && gate.state !== "open")
          sql.all(
            "UPDATE lead SET state = 'queued', parked = 0, next_at = ? WHERE parked = 1",
            now(),
          );
      }),
    /** Hourly at most: what is too old goes, and a backlog that grows old is told. */
    tidy: (): void => sql.transaction(() => expireAndPurge(sql, now(), emit)),
  };
};
