/**
 * Owns the times at which a store tells of leads that wait or are in quarantine, and counts them. Must not
 * tell twice of one episode, or read all that is held to find the next time.
 */
import { hourOf } from "./figures.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Repository } from "./repository.ts";
import { DAY, HOUR, MINUTE, earliest } from "./schedule.ts";
import { quoted } from "./sql.ts";
import { REPLAYABLE } from "./states.ts";
import type { State } from "./states.ts";
import { UNSETTLED } from "./tables.ts";
import type { Policy } from "./types.ts";

/** The last time that something was told. */
interface Told {
  at: number;
  /** Of an episode: 1 after the first time, 2 after an hour, 3 after a day. */
  level: number;
}
const NEVER: Told = { at: 0, level: 0 };

const levelAt = (age: number): number => (age >= DAY ? 3 : age >= HOUR ? 2 : 1);

/** A lead from further ahead was stored by a clock that was wrong: how long it has waited is not known. */
const firstOf = (oldest: number, first: number, now: number): number =>
  oldest > now + first ? now : oldest + first;

/** @param oldest the arrival of the oldest lead that waits */
const nextOf = ({ at, level }: Told, oldest: number, first: number, now: number): number => {
  if (level === 0) return firstOf(oldest, first, now);
  if (level === 1 && first < HOUR) return oldest + HOUR;
  return level < 3 ? oldest + DAY : Math.max(oldest + DAY, at + DAY);
};

/** What a store holds in some states. */
const createLook = ({ one }: Pick<Repository, "one">) => {
  /** One step into the index for each state, however many leads are held. */
  const oldestIn = (states: readonly State[], after = 0): number | undefined =>
    earliest(
      ...states.map((state) => {
        const time = one(
          `SELECT min(created_at) AS t FROM lead WHERE ${UNSETTLED} AND state = '${state}' AND created_at > ?`,
          after,
        )?.["t"];
        return typeof time === "number" ? time : undefined;
      }),
    );
  const countIn = (states: readonly State[]): number =>
    Number(
      one(`SELECT count(*) AS n FROM lead WHERE ${UNSETTLED} AND state IN (${quoted(states)})`)?.[
        "n"
      ],
    );

  return { oldestIn, countIn };
};

export const createEpisodes = (repository: Repository, { limits }: Policy) => {
  const { sql, now, emit, figures } = repository;
  const { oldestIn, countIn } = createLook(repository);
  const first = limits.tellAfterMinutes * MINUTE;

  /** What was told after this moment was told by a clock that ran ahead. */
  const read = (name: string): Told => {
    const stored = readMeta(sql, name);
    const told = stored === undefined ? NEVER : (JSON.parse(stored) as Told);
    return told.at > now() ? NEVER : told;
  };
  const write = (name: string, told: Told): void => writeMeta(sql, name, JSON.stringify(told));

  /** The next time for leads that wait; at once where an episode has to end. */
  const waitingAt = (oldest: number | undefined): number | undefined => {
    const told = read("waiting");
    if (oldest === undefined) return told.level > 0 ? now() : undefined;
    return nextOf(told, oldest, first, now());
  };
  /** The next time for leads in quarantine: for those that nothing was told of, and hourly at most. */
  const quarantinedAt = (): number | undefined => {
    const { at } = read("quarantined");
    const oldest = oldestIn(["quarantined"], at);
    return oldest === undefined
      ? undefined
      : Math.max(firstOf(oldest, first, now()), at + (at > 0 ? HOUR : 0));
  };

  const tellWaiting = (): void => {
    const oldest = oldestIn(REPLAYABLE);
    const at = waitingAt(oldest);
    if (at === undefined || at > now()) return;
    if (oldest === undefined) return write("waiting", NEVER);
    emit("lead.waiting", { leads: countIn(REPLAYABLE), oldest: new Date(oldest).toISOString() });
    write("waiting", { at: now(), level: levelAt(now() - oldest) });
  };
  const tellQuarantined = (): void => {
    const at = quarantinedAt();
    if (at === undefined || at > now()) return;
    const oldest = oldestIn(["quarantined"]) ?? at;
    emit("lead.quarantined", {
      leads: countIn(["quarantined"]),
      oldest: new Date(oldest).toISOString(),
    });
    write("quarantined", { at: now(), level: 1 });
  };

  /** Once an hour, where something waits. */
  const noteWaiting = (): void => {
    const oldest = oldestIn(REPLAYABLE);
    if (oldest !== undefined && figures.lacksWaiting())
      figures.noteWaiting(countIn(REPLAYABLE), Math.max(now() - oldest, 0));
  };
  const noteAt = (oldest: number | undefined): number | undefined => {
    if (oldest === undefined) return undefined;
    const hour = hourOf(now());
    return hourOf(oldest) < hour && figures.lacksWaiting() ? now() : (hour + 1) * HOUR;
  };

  return {
    /** Called at each run: tells of what is due, and ends the episode in which nothing waits any more. */
    tell: (): void =>
      sql.transaction(() => {
        tellWaiting();
        tellQuarantined();
        noteWaiting();
      }),
    firstTold: (): number | undefined =>
      read("waiting").level === 0 ? waitingAt(oldestIn(REPLAYABLE)) : undefined,
    /** In Unix milliseconds; undefined if nothing waits. */
    nextAt: (): number | undefined => {
      const oldest = oldestIn(REPLAYABLE);
      return earliest(waitingAt(oldest), quarantinedAt(), noteAt(oldest));
    },
  };
};
