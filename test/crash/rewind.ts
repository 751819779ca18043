/**
 * Owns the passing of time for workerd, whose clock cannot be moved. Must not be used while workerd runs.
 *
 * Every time in its storage is set back instead: the ledger's in milliseconds, workerd's alarms in
 * nanoseconds.
 */
import { changeStores } from "../proxy/stores.ts";

const NANOSECONDS = 1_000_000n;

const LEDGER = `
UPDATE lead SET created_at = created_at - :span, next_at = next_at - :span,
  lease_until = lease_until - :span, done_at = done_at - :span;
UPDATE alert SET created_at = created_at - :span, next_at = next_at - :span;
UPDATE meta SET value = json_set(value, '$.openedAt', value ->> 'openedAt' - :span,
  '$.nextProbeAt', value ->> 'nextProbeAt' - :span) WHERE key = 'gate' AND value ->> 'state' = 'open';
UPDATE meta SET value = json_set(value, '$.at', value ->> 'at' - :span)
  WHERE key IN ('waiting', 'quarantined') AND value ->> 'at' > 0`;

const OBJECT_ALARM = `UPDATE _cf_METADATA SET value = value - :span WHERE typeof(value) = 'integer'`;
const SCHEDULED_ALARM = `UPDATE _cf_ALARM SET scheduled_time = scheduled_time - :span`;

/**
 * @param folder of the run's storage
 * @param span in milliseconds
 */
export const rewind = (folder: string, span: number): Promise<void> =>
  changeStores(folder, (db, of) => {
    const update = (sql: string, by: number | bigint): number =>
      Number(db.prepare(sql).run({ span: by }).changes);
    const long = BigInt(span) * NANOSECONDS;
    if (of === "scheduler") return void update(SCHEDULED_ALARM, long);
    for (const statement of LEDGER.split(";")) update(statement, span);
    if (update(OBJECT_ALARM, long) === 0) throw new Error("The object holds no alarm.");
  });
