/**
 * Owns the counts of a target whose stores cannot count for it: several shards, or none. Must not write anything of a
 * person where nothing may be stored.
 */
import { DurableObject } from "cloudflare:workers";
import { consoleLog, logError } from "../../log.ts";
import { createCounter, createMemoryRecords, MAX_ENTRIES } from "../counter.ts";
import type { Counted, Counter, Records, Relayed } from "../counter.ts";
import { createMinutes } from "../limits.ts";
import { DAY, HOUR } from "../schedule.ts";
import { createAwake } from "./awake.ts";
import { takeEach } from "./ways.ts";
import type { CountStep } from "./ways.ts";
import { placeholders } from "../sql.ts";
import type { Sql } from "../sql.ts";

const TABLES = [
  // Keyed hashes of numbers, where leads are stored.
  "CREATE TABLE IF NOT EXISTS sent (phone_h TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
  "CREATE INDEX IF NOT EXISTS sent_phone ON sent (phone_h, at)",
  // Ids whose proof of work is spent; where nothing is stored, they say nothing of anybody.
  "CREATE TABLE IF NOT EXISTS burnt (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  // Of earlier versions: each was a row that every lead wrote, for one look an hour.
  "DROP INDEX IF EXISTS sent_at",
  "DROP INDEX IF EXISTS burnt_at",
];

export class LimitsObject extends DurableObject {
  #sql: Sql["all"] = (query, ...values) =>
    this.ctx.storage.sql.exec(query, ...values).toArray() as ReturnType<Sql["all"]>;
  #counters = new Map<boolean, Counter>();
  #armed = false;
  /** Undefined until they are read. */
  #burnt: Set<string> | undefined;
  /** Of one call. */
  #burning: string[] = [];
  #stayAwake = createAwake();

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env as object);
    for (const table of TABLES) this.#sql(table);
    void ctx.blockConcurrencyWhile(async () => {
      this.#armed = (await ctx.storage.getAlarm()) !== null;
    });
  }

  /** Whatever is written is gone after its day. */
  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    void this.ctx.storage.setAlarm(Date.now() + HOUR);
  }

  #records(): Records {
    return {
      ...createMemoryRecords(() => Date.now()),
      // A look into memory costs less than a query for each lead.
      isBurnt: (id) => (this.#burnt ??= this.#readBurnt()).has(id),
      burn: (id) => void this.#burning.push(id),
    };
  }

  /** Of more the oldest go first, as in the memory of counts. */
  #readBurnt(): Set<string> {
    const rows = this.#sql("SELECT id FROM burnt ORDER BY at DESC LIMIT ?", MAX_ENTRIES);
    return new Set(rows.map(({ id }) => String(id)));
  }

  /** One query for all ids of a call. */
  #burn(): void {
    const ids = this.#burning.splice(0);
    if (ids.length === 0) return;
    for (const id of ids) this.#burnt?.add(id);
    if (Number(this.#burnt?.size) > 2 * MAX_ENTRIES) this.#burnt = undefined;
    try {
      this.#sql(
        "INSERT OR IGNORE INTO burnt SELECT value, ? FROM json_each(?)",
        Date.now(),
        JSON.stringify(ids),
      );
      this.#arm();
    } catch (error) {
      // The counts of this call hold all the same.
      logError(consoleLog, error);
    }
  }

  #storedRecords(): Records {
    return {
      ...this.#records(),
      countSent: (phones) => {
        const [row] = this.#sql(
          `SELECT count(*) AS n FROM sent WHERE phone_h IN (${placeholders(phones)}) AND at > ?`,
          ...phones,
          Date.now() - DAY,
        );
        return Number(row?.["n"]);
      },
      noteSent: (phone) => {
        this.#sql("INSERT INTO sent VALUES (?, ?)", phone, Date.now());
        this.#arm();
      },
    };
  }

  /** @param stored whether the target stores its leads */
  #counter(stored: boolean): Counter {
    const elapsed = () => Date.now();
    const counter =
      this.#counters.get(stored) ??
      createCounter({
        elapsed,
        minutes: createMinutes(elapsed),
        records: stored ? this.#storedRecords() : this.#records(),
      });
    this.#counters.set(stored, counter);
    return counter;
  }

  /** What requests bring at one moment. */
  take(steps: string): string {
    this.#stayAwake();
    const settled = takeEach(steps, (step: CountStep): Counted | Relayed | void => {
      if ("admit" in step) return this.#counter(true).admit(...step.admit);
      if ("relay" in step) return this.#counter(false).relay(...step.relay);
      return this.#counter(false).end(...step.end);
    });
    this.#burn();
    return settled;
  }

  override async alarm(): Promise<void> {
    const old = Date.now() - DAY;
    this.#burnt = undefined;
    for (const table of ["sent", "burnt"]) this.#sql(`DELETE FROM ${table} WHERE at <= ?`, old);
    this.#armed = ["sent", "burnt"].some(
      (table) => this.#sql(`SELECT 1 FROM ${table} LIMIT 1`).length > 0,
    );
    if (this.#armed) await this.ctx.storage.setAlarm(Date.now() + HOUR);
  }
}
