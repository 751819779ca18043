/**
 * Owns the figures of a target as points in time, all shards as one: for the page's pictures and their
 * tables. Must not ask a store.
 */
import { BOUNDS, WAITING_SERIES, hourOf, leadSeries, readCall } from "../ledger/figures.ts";
import type { Figure } from "../ledger/figures.ts";
import { HOUR } from "../ledger/schedule.ts";

export interface Point {
  /** The begin of its hour or day, ISO 8601. */
  at: string;
  arrived: number;
  delivered: number;
  /** At the hour; of a day the most. */
  waiting: number;
  calls: number;
  /** Calls after which the vendor had no lead, though the visitor made no mistake. */
  failed: number;
  /** Of the vendor's answer times, in milliseconds; null without a call. */
  median: number | null;
  p95: number | null;
}

/** The vendor worked: it took the lead, or looked at it and refused it alone. */
const WORKED: readonly string[] = ["created", "duplicate", "invalid"];

/** Linear within its bucket, as Prometheus does; what is above the last bound counts as the bound. */
export const quantile = (q: number, buckets: readonly number[]): number | null => {
  const all = buckets.reduce((sum, n) => sum + n, 0);
  if (all === 0) return null;
  let below = 0;
  for (const [i, n] of buckets.entries()) {
    const [from, to] = [BOUNDS[i - 1] ?? 0, BOUNDS[i]];
    if (n > 0 && below + n >= q * all)
      return to === undefined ? from : Math.round(from + ((to - from) * (q * all - below)) / n);
    below += n;
  }
  return BOUNDS.at(-1) ?? null;
};

interface Span {
  /** Unix milliseconds. */
  now: number;
  /** Hours of a point; a day begins at midnight UTC. */
  step: number;
  count: number;
}

const sumBy = (figures: readonly Figure[], series: (name: string) => boolean): number =>
  figures.reduce((sum, figure) => sum + (series(figure.series) ? figure.n : 0), 0);

/** Of several shards what waits in the same hour adds up. */
const mostWaiting = (figures: readonly Figure[]): number => {
  const byHour = new Map<number, number>();
  for (const { hour, series, n } of figures)
    if (series === WAITING_SERIES) byHour.set(hour, (byHour.get(hour) ?? 0) + n);
  return Math.max(0, ...byHour.values());
};

const toPoint = (begin: number, figures: readonly Figure[]): Point => {
  const calls = figures.flatMap(({ series, n }) => {
    const call = readCall(series);
    return call ? [{ ...call, n }] : [];
  });
  const buckets = Array.from({ length: BOUNDS.length + 1 }, () => 0);
  for (const { bucket, n } of calls) buckets[bucket] = (buckets[bucket] ?? 0) + n;
  return {
    at: new Date(begin * HOUR).toISOString(),
    arrived: sumBy(figures, (name) => name === leadSeries("arrived")),
    delivered: sumBy(figures, (name) => name === leadSeries("delivered")),
    waiting: mostWaiting(figures),
    calls: calls.reduce((sum, { n }) => sum + n, 0),
    failed: calls.reduce((sum, { kind, n }) => sum + (WORKED.includes(kind) ? 0 : n), 0),
    median: quantile(0.5, buckets),
    p95: quantile(0.95, buckets),
  };
};

/** Oldest first; the last point is running. @param figures of all shards */
export const toPoints = (figures: readonly Figure[], { now, step, count }: Span): Point[] => {
  const last = Math.floor(hourOf(now) / step) * step;
  const byPoint = Map.groupBy(figures, ({ hour }) => Math.floor(hour / step) * step);
  return Array.from({ length: count }, (_, i) => {
    const begin = last - (count - 1 - i) * step;
    return toPoint(begin, byPoint.get(begin) ?? []);
  });
};
