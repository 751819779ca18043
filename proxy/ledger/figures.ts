/**
 * Owns the figures of one store by the hour: leads, calls to the vendor, answer times. Must
 * not count what concerns a person, or keep an hour longer than 30 days.
 */
import type { Outcome } from "../vendors/vendor.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { DAY, HOUR } from "./schedule.ts";
import type { Sql, SqlValue } from "./sql.ts";

/** What a lead may come to; `arrived` counts each of them once, without those that the limits refused. */
export const LEAD_EVENTS = [
  "arrived",
  "refused",
  "quarantined",
  "delivered",
  "rejected",
  "dead",
  "expired",
] as const;
export type LeadEvent = (typeof LEAD_EVENTS)[number];

export const CALL_OUTCOMES = [
  "created",
  "duplicate",
  "invalid",
  "later",
  "doubt",
  "drift",
  "unexplained",
  "misconfigured",
] as const satisfies readonly Outcome["kind"][];

/** Upper bounds of the vendor's answer times, in milliseconds; the last bucket has none. */
export const BOUNDS = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 90_000] as const;

/** One count of one hour. */
export interface Figure {
  /** Hours since 1970; 0 holds all hours that are over. */
  hour: number;
  series: string;
  n: number;
  /** Milliseconds of all calls together; with `waiting` the age of the oldest lead. */
  ms: number;
}

type Count = Pick<Figure, "series" | "n" | "ms">;
type Row = readonly [hour: number, series: string, n: number, ms: number];

const KEPT_HOURS = (30 * DAY) / HOUR;
export const WAITING_SERIES = "waiting";

export const hourOf = (time: number): number => Math.floor(time / HOUR);

export const leadSeries = (event: LeadEvent): string => `lead.${event}`;

/** Outcome and bucket together, so that a call is one row. */
export const callSeries = (kind: Outcome["kind"], ms: number): string => {
  const bucket = BOUNDS.findIndex((bound) => ms <= bound);
  return `call.${kind}.${bucket < 0 ? BOUNDS.length : bucket}`;
};

/** Undefined for another series. */
export const readCall = (series: string): { kind: string; bucket: number } | undefined => {
  const [, kind, bucket] = /^call\.(\w+)\.(\d+)$/.exec(series) ?? [];
  return kind === undefined ? undefined : { kind, bucket: Number(bucket) };
};

const COUNT = `ON CONFLICT (hour, series) DO UPDATE SET n = n + excluded.n, ms = ms + excluded.ms`;

/** The counts as they come: each step's by itself, or those of several together. */
const createCounts = (sql: Sql, now: () => number, rolled: () => number) => {
  /** What steps that are taken together have counted so far. */
  let gathered: Row[] | undefined;

  /** As one value, however many there are: a Durable Object binds no more than a hundred to a query. */
  const write = (rows: readonly Row[]): void =>
    void sql.all(
      `INSERT INTO figure SELECT value ->> 0, value ->> 1, sum(value ->> 2), sum(value ->> 3)
       FROM json_each(?) GROUP BY 1, 2 ${COUNT}`,
      JSON.stringify(rows),
    );

  /** An hour that is over already, since the clock was put back, is added to the totals at once. */
  const add = (...counts: readonly Count[]): void => {
    const hour = hourOf(now());
    const hours = hour < rolled() ? [0, hour] : [hour];
    const rows = hours.flatMap((at) =>
      counts.map(({ series, n, ms }) => [at, series, n, ms] as const),
    );
    if (gathered) gathered.push(...rows);
    else write(rows);
  };

  return {
    add,
    /** Whatever these steps count is written at their end, in one query. */
    together: <T>(steps: () => T): T => {
      gathered = [];
      try {
        return steps();
      } finally {
        const rows = gathered;
        gathered = undefined;
        if (rows.length > 0) write(rows);
      }
    },
    /** A step that fails has counted nothing. */
    ofStep: <T>(step: () => T): T => {
      const before = gathered?.length ?? 0;
      try {
        return step();
      } catch (error) {
        gathered?.splice(before);
        throw error;
      }
    },
  };
};

export const createFigures = (sql: Sql, now: () => number) => {
  const rolled = (): number => Number(readMeta(sql, "figures") ?? 0);
  const { add, together, ofStep } = createCounts(sql, now, rolled);
  const toFigure = (row: Readonly<Record<string, SqlValue>>): Figure => ({
    hour: Number(row["hour"]),
    series: String(row["series"]),
    n: Number(row["n"]),
    ms: Number(row["ms"]),
  });

  return {
    together,
    ofStep,
    countLead: (event: LeadEvent, n = 1): void => {
      if (n > 0) add({ series: leadSeries(event), n, ms: 0 });
    },
    /** One call, and the end of its lead where it has come. */
    countCall: ({ kind, ms = 0 }: Outcome, end?: LeadEvent): void =>
      add(
        { series: callSeries(kind, ms), n: 1, ms },
        ...(end ? [{ series: leadSeries(end), n: 1, ms: 0 }] : []),
      ),

    /** Whether this hour still lacks its count of leads that wait. */
    lacksWaiting: (): boolean =>
      sql.all("SELECT 1 FROM figure WHERE hour = ? AND series = ?", hourOf(now()), WAITING_SERIES)
        .length === 0,
    noteWaiting: (leads: number, age: number): void =>
      void sql.all(
        "INSERT OR REPLACE INTO figure VALUES (?, ?, ?, ?)",
        hourOf(now()),
        WAITING_SERIES,
        leads,
        age,
      ),

    /** Once an hour: adds what is over to the totals, and forgets what is older than 30 days. */
    roll: (): void => {
      const [from, to] = [rolled(), hourOf(now())];
      // A clock that was put back has nothing to add: what it counts is added at once.
      if (from < to) {
        sql.all(
          `INSERT INTO figure SELECT 0, series, sum(n), sum(ms) FROM figure
           WHERE hour >= max(?, 1) AND hour < ? AND series <> ? GROUP BY series ${COUNT}`,
          from,
          to,
          WAITING_SERIES,
        );
        writeMeta(sql, "figures", String(to));
      }
      sql.all("DELETE FROM figure WHERE hour > 0 AND hour < ?", to - KEPT_HOURS);
    },

    /** Everything that was ever counted, by series: it only grows. */
    totals: (): Figure[] =>
      sql
        .all(
          `SELECT 0 AS hour, series, sum(n) AS n, sum(ms) AS ms FROM figure
           WHERE (hour = 0 OR hour >= max(?, 1)) AND series <> ? GROUP BY series`,
          rolled(),
          WAITING_SERIES,
        )
        .map(toFigure),
    hours: (): Figure[] =>
      sql
        .all("SELECT * FROM figure WHERE hour > ? ORDER BY hour", hourOf(now()) - KEPT_HOURS)
        .map(toFigure),
  };
};
