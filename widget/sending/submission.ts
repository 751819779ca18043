/**
 * Owns one lead on its way: its state, its id and stamp, and what a retry repeats. Must not draw, and
 * must not send an event: it calls its host back instead.
 */
import type { Receipt } from "../../proxy/shared/contract.ts";
import { hasText } from "../i18n/localize.ts";
import { essentials } from "../lazy/essentials.ts";
import { type Failure, needsNewId, type Outcome, send, sleep } from "./send.ts";

/** idle → sending ⇄ retrying, offline → accepted | error | idle; error → sending. */
export type SubmissionState =
  | { status: "idle" }
  | {
      status: "sending" | "retrying" | "offline";
      /** It has taken ten seconds, or the proxy has asked for a stamp. */
      slow?: boolean;
    }
  | { status: "accepted"; receipt: Receipt }
  | {
      status: "error";
      failure: Failure;
      /** On the clock of `performance.now`, in milliseconds: before that another attempt is refused. */
      retryAt: number;
    };

export type LeadFormStatus = "idle" | "sending" | "retrying" | "offline" | "accepted" | "error";

/** After this time the status is announced again, so that nobody thinks the form has died. */
const STILL_SENDING_MS = 10_000;

/** A submit waits this long for a stamp that is not ready; the proxy weighs a lead without one. */
const STAMP_MS = 300;

type Fields = Readonly<Record<string, string | undefined>>;

const encode = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();

/** A version 4 UUID (RFC 9562, 5.4). `crypto.randomUUID` is missing on plain http pages. */
const makeId = (): string =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    // Of the variant's digit, 8, two bits are random.
    return (Number(digit) ^ (random & (digit === "8" ? 3 : 15))).toString(16);
  });

interface Ticket {
  target: string;
  id: string;
  stamp: Promise<string | undefined>;
}

export class Submission {
  state: SubmissionState = { status: "idle" };

  readonly #draw: () => void;
  /** Made before the first submit, so that the stamp is ready by then. */
  #ticket: Ticket | undefined;
  /** The content last sent with its body: a retry repeats it to the byte. */
  #order: { content: string; body: Promise<string> } | undefined;
  /** Set while a lead is on its way; a late answer to an earlier run is ignored. */
  #run: AbortController | undefined;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  get busy(): boolean {
    return Boolean(this.#run);
  }

  /** Seconds until another attempt makes sense. */
  get wait(): number {
    return this.state.status === "error"
      ? Math.max(0, Math.ceil((this.state.retryAt - performance.now()) / 1000))
      : 0;
  }

  /** Makes an id and starts to solve its stamp, as soon as the essentials are loaded. */
  prepare(target: string): Ticket {
    if (this.#ticket?.target === target) return this.#ticket;
    const id = makeId();
    const stamp = essentials.load().then(() => essentials.part?.solveStamp(target, id));
    return (this.#ticket = { target, id, stamp });
  }

  /**
   * Sends a lead, or sends it again: the same content carries the same id, stamp and origin.
   * @param lead what the visitor entered; decides whether the content is the same
   * @param context where the lead came from; read once, with the stamp, and kept for every attempt
   */
  async deliver(
    endpoints: readonly [string, string],
    lead: Fields & { target: string },
    context: () => Promise<Fields> | undefined,
    retrying: (attempt: number) => void,
  ): Promise<Outcome> {
    const run = (this.#run = new AbortController());
    const isCurrent = () => this.#run === run;
    const slow = () => {
      if (this.state.status === "sending") this.#enter({ status: "sending", slow: true });
    };
    this.#enter({ status: "sending" });
    const still = setTimeout(slow, STILL_SENDING_MS);
    const tools = {
      fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
      random: Math.random,
      sleep,
      isKnown: hasText,
      connection: essentials.part?.connection,
      signal: run.signal,
    };
    const attempt = async (stampMs: number): Promise<Outcome> =>
      send(endpoints, await this.#bodyOf(lead, context, stampMs), tools, (status, count) => {
        if (!isCurrent()) return;
        this.#enter({ status });
        if (status === "retrying") retrying(count);
      });
    let outcome = await attempt(STAMP_MS);
    if (isCurrent() && outcome && "code" in outcome && outcome.code === "stamp_refused") {
      // Now the proof of work is waited for, however long this device takes.
      this.#order = undefined;
      this.#enter({ status: "sending", slow: true });
      outcome = await attempt(Infinity);
    }
    clearTimeout(still);
    if (!isCurrent()) return undefined;
    this.#run = undefined;
    this.#settle(outcome);
    return outcome;
  }

  /** Ends every wait. A request that is under way is left to finish, and still counts. */
  cancel(): void {
    this.#run?.abort();
  }

  /** Forgets everything but a stamp that has not been used. */
  reset(): void {
    this.cancel();
    this.#run = this.#order = undefined;
    this.#enter({ status: "idle" });
  }

  #enter(state: SubmissionState): void {
    this.state = state;
    this.#draw();
  }

  #bodyOf(
    lead: Fields & { target: string },
    context: () => Promise<Fields> | undefined,
    stampMs: number,
  ): Promise<string> {
    const content = encode(lead);
    if (this.#order?.content !== content) {
      const { id, stamp } = this.prepare(lead.target);
      this.#ticket = undefined;
      const late = new AbortController();
      const limit = stampMs < Infinity ? [sleep(stampMs, late.signal)] : [];
      const body = Promise.race([stamp, ...limit]).then(async (solved) => {
        late.abort();
        return encode({ ...lead, ...(await context()), id, stamp: solved || "" });
      });
      this.#order = { content, body };
    }
    return this.#order.body;
  }

  #settle(outcome: Outcome): void {
    if (!outcome) return this.#enter({ status: "idle" });
    if ("receipt" in outcome) {
      this.#order = undefined;
      return this.#enter({ status: "accepted", receipt: outcome });
    }
    if (needsNewId(outcome.code)) this.#order = undefined;
    if (outcome.fields) return this.#enter({ status: "idle" });
    const retryAt = performance.now() + (outcome.retry_after ?? 0) * 1000;
    this.#enter({ status: "error", failure: outcome, retryAt });
  }
}
