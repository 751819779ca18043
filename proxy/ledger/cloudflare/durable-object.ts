/**
 * Owns the store in a SQLite Durable Object, one for each shard, and its alarm. Must not call a
 * vendor while a visitor waits: a deploy would end that call.
 */
import { DurableObject } from "cloudflare:workers";
import { createAlertSender } from "../../alerts.ts";
import { readBundled } from "../../config/bundled.ts";
import { readConfig } from "../../config/config.ts";
import type { Config } from "../../config/config.ts";
import type { Environment } from "../../config/environment.ts";
import type { Target } from "../../config/target.ts";
import { consoleLog, logError } from "../../log.ts";
import { createOperations } from "../operations.ts";
import type { Query } from "../inspection.ts";
import type { Operations, Replacement } from "../operations.ts";
import { createDispatcher } from "../dispatcher.ts";
import type { Dispatcher } from "../dispatcher.ts";
import { createLedger } from "../ledger.ts";
import type { Ledger } from "../ledger.ts";
import { createRetentionJob } from "../retention.ts";
import { HOUR, MINUTE } from "../schedule.ts";
import type { RetentionJob } from "../retention.ts";
import { createKeyring, hashes } from "../seal.ts";
import type { Row, Sql } from "../sql.ts";
import type { TestResult } from "../test-leads.ts";
import type { Begun, Finished, Submission } from "../types.ts";
import { createAwake } from "./awake.ts";
import { takeEach } from "./ways.ts";
import type { StoreStep } from "./ways.ts";

interface Parts {
  ledger: Ledger;
  operations: Operations;
  dispatcher: Dispatcher;
}

export class LedgerObject extends DurableObject<Environment> {
  #depth = 0;
  #sql: Sql = {
    all: (query, ...values) => this.ctx.storage.sql.exec(query, ...values).toArray() as Row[],
    // One within another is part of it: what throws ends the outer one.
    transaction: (write) => {
      if (this.#depth > 0) return write();
      this.#depth++;
      try {
        return this.ctx.storage.transactionSync(write);
      } catch (error) {
        this.#sql.memory.clear();
        throw error;
      } finally {
        this.#depth--;
      }
    },
    memory: new Map(),
  };
  #parts: Parts | undefined;
  /** Replaces those parts where the target is faulty or removed, or the key is missing. */
  #retentionJob: RetentionJob | undefined;
  #stayAwake = createAwake();
  /** The time of the alarm, as far as this instance knows. */
  #armedAt: number | undefined;

  constructor(ctx: DurableObjectState, env: Environment) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      const config = readConfig(env, readBundled(env));
      const target = config.targets.get(ctx.id.name?.split(":")[0] ?? "");
      if (target && config.ledgerKeys)
        this.#parts = await this.#open(target, config.ledgerKeys, config);
      else this.#retentionJob = createRetentionJob(this.#sql, () => Date.now());
      this.#armedAt = (await ctx.storage.getAlarm()) ?? undefined;
      this.#arm();
    });
  }

  async #open(
    target: Target,
    keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    { alerts, publicUrl }: Pick<Config, "alerts" | "publicUrl">,
  ): Promise<Parts> {
    const world = {
      now: () => Date.now(),
      fetch: (url: string, init: RequestInit) => fetch(url, init),
    };
    const ledger = createLedger({
      sql: this.#sql,
      now: world.now,
      random: () => Math.random(),
      newId: () => crypto.randomUUID(),
      policy: target,
    });
    const keyring = await createKeyring(keys);
    const sendAlert = alerts && createAlertSender(alerts, world.fetch);
    const dispatcher = createDispatcher({
      ...world,
      ledger,
      keyring,
      target,
      sendAlert,
      publicUrl,
      onTold: () => this.#arm(),
      log: consoleLog,
    });
    const [keyFp = ""] = await hashes(keyring, "credential", target.fingerprint);
    ledger.useKey(keyFp);
    return { ledger, operations: createOperations({ ledger, now: world.now }), dispatcher };
  }

  get #dispatcher(): Dispatcher | RetentionJob | undefined {
    return this.#parts?.dispatcher ?? this.#retentionJob;
  }

  /**
   * Called in the same turn of the event loop as a write, so that both commit together.
   * @param due the first time that it has set, where that is known: an alarm that comes before looks itself
   */
  #arm(due?: number): void {
    if (due === Number.POSITIVE_INFINITY) return;
    const at = due ?? this.#dispatcher?.nextAt();
    if (at === undefined || (this.#armedAt !== undefined && this.#armedAt <= at)) return;
    this.#armedAt = at;
    void this.ctx.storage.setAlarm(at);
  }

  get #ledger(): Ledger {
    // The Worker refuses such a target before it calls this store.
    if (!this.#parts) throw new Error("This store has no target or no key.");
    return this.#parts.ledger;
  }

  /** What visitors' requests bring at one moment: all of it is one commit. */
  take(steps: string): string {
    const ledger = this.#ledger;
    const dues: (number | undefined)[] = [];
    const settled = ledger.together(() =>
      takeEach(steps, (step: StoreStep): Begun | Finished => {
        try {
          return "begin" in step ? ledger.begin(...step.begin) : ledger.finish(...step.finish);
        } finally {
          dues.push(ledger.due());
        }
      }),
    );
    this.#stayAwake();
    this.#arm(dues.includes(undefined) ? undefined : Math.min(...(dues as number[])));
    return settled;
  }

  /** A query or a move of a person; afterwards the alarm is set anew. */
  #ask<T>(question: (operations: Operations) => T): T {
    if (!this.#parts) throw new Error("This store has no target or no key.");
    const answer = question(this.#parts.operations);
    this.#arm();
    return answer;
  }

  list(query: Query) {
    return this.#ask((operations) => operations.list(query));
  }
  sealed(query: Query) {
    return this.#ask((operations) => operations.sealed(query));
  }
  get(id: string) {
    return this.#ask((operations) => operations.get(id));
  }
  replay(id: string) {
    return this.#ask((operations) => operations.replay(id));
  }
  replayAll(only: Parameters<Operations["replayAll"]>[0]) {
    return this.#ask((operations) => operations.replayAll(only));
  }
  release(id: string) {
    return this.#ask((operations) => operations.release(id));
  }
  correct(id: string, replacement: Replacement) {
    return this.#ask((operations) => operations.correct(id, replacement));
  }
  keepTest(submission: Submission) {
    return this.#ask((operations) => operations.keepTest(submission));
  }
  settleTest(id: string, result: TestResult) {
    return this.#ask((operations) => operations.settleTest(id, result));
  }
  removeTest(id: string) {
    return this.#ask((operations) => operations.removeTest(id));
  }
  tests(query: Query) {
    return this.#ask((operations) => operations.tests(query));
  }
  erase(phoneHashes: readonly string[]) {
    return this.#ask((operations) => operations.erase(phoneHashes));
  }
  lastDelivery() {
    return this.#ask((operations) => operations.lastDelivery());
  }
  countForeign(keyIds: readonly string[]) {
    return this.#ask((operations) => operations.countForeign(keyIds));
  }
  setPaused(paused: boolean) {
    return this.#ask((operations) => operations.setPaused(paused));
  }
  figures() {
    return this.#ask((operations) => operations.figures());
  }
  summary() {
    return this.#ask((operations) => operations.summary());
  }

  override async alarm(): Promise<void> {
    this.#armedAt = undefined;
    let tellingLater: ReturnType<typeof setTimeout> | undefined;
    try {
      // A receiver that hangs must not keep the next alarm, and its leads, waiting.
      this.#tell();
      tellingLater = this.#tellInTime();
      await (this.#parts?.dispatcher.loops[0] ?? this.#retentionJob)?.run();
    } catch (error) {
      // An alarm that throws is dropped in the end.
      logError(consoleLog, error);
    }
    clearTimeout(tellingLater ?? null);
    this.#arm();
  }

  #tell(): void {
    if (this.#parts) this.ctx.waitUntil(this.#parts.dispatcher.tell());
  }

  /** No alarm rings while one is at work, and a vendor that is slow may keep it at work for long. */
  #tellInTime(): ReturnType<typeof setTimeout> | undefined {
    const at = this.#parts?.ledger.tellAt();
    return at === undefined
      ? undefined
      : setTimeout(() => this.#tell(), Math.min(Math.max(at - Date.now(), 0), HOUR));
  }

  /** The watchdog's call, every minute: an alarm that was lost, or is long overdue, is set again. */
  async wake(): Promise<void> {
    this.#parts?.ledger.mend();
    const at = await this.ctx.storage.getAlarm();
    this.#armedAt = at !== null && at > Date.now() - MINUTE ? at : undefined;
    this.#arm();
  }
}
