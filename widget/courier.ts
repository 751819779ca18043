/**
 * Owns one lead on its way: its status, its id and stamp, what a retry repeats, and the waiting in
 * between. Tells its host when to draw; draws nothing and says nothing to the page.
 */
import type { Receipt } from "../proxy/contract.ts";
import { type Failure, type Progress, send, sleep, type Tools, untilOnline } from "./send.ts";
import { isFresh, makeTicket, type Ticket } from "./ticket.ts";

export type LeadFormStatus = "idle" | "sending" | "retrying" | "offline" | "accepted" | "error";

/** A sending that takes longer is said again, so that nobody thinks it has died. */
const STILL_SENDING_MS = 10_000;

const SECOND_MS = 1000;

type Lead = Record<string, string | undefined>;

const encode = (lead: Lead): string =>
  new URLSearchParams(
    Object.entries(lead).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();

export class Courier {
  status: LeadFormStatus = "idle";
  receipt: Receipt | undefined;
  failure: Failure | undefined;
  /** The running attempt has taken ten seconds. */
  slow = false;

  readonly #draw: () => void;
  /** Made before the first submit, so that the stamp is there by then. */
  #ticket: Ticket | undefined;
  /** The content last sent with the body it went out in: a retry repeats it to the byte. */
  #order: { content: string; body: Promise<string> } | undefined;
  /** Set while a lead is on its way; a late answer to an earlier one counts for nothing. */
  #run: AbortController | undefined;
  /** Unix time in milliseconds before which another attempt makes no sense. */
  #waitUntil = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  get busy(): boolean {
    return this.#run !== undefined;
  }

  /** Seconds until another attempt makes sense. */
  get wait(): number {
    return Math.max(0, Math.ceil((this.#waitUntil - Date.now()) / SECOND_MS));
  }

  /** Begins to work out the stamp of the next lead. */
  prepare(target: string): Ticket {
    if (!isFresh(this.#ticket, target)) this.#ticket = makeTicket(target);
    return this.#ticket;
  }

  /**
   * Sends a lead, or sends it again: the same content carries the same id, stamp and origin.
   * @param lead what the visitor entered; decides whether the content is the same
   * @param context where the lead came from; that of the first attempt is kept
   * @returns what to tell the page, or undefined if this was given up meanwhile
   */
  async deliver(
    endpoints: readonly [string, string?],
    lead: Lead & { target: string },
    context: Lead,
    progress: Progress,
  ): Promise<Receipt | Failure | undefined> {
    const run = (this.#run = new AbortController());
    this.failure = undefined;
    this.#enter("sending");
    const body = await this.#bodyOf(lead, context);
    const still = setTimeout(() => {
      this.slow = true;
      this.#draw();
    }, STILL_SENDING_MS);
    const tools: Tools = {
      fetch: globalThis.fetch.bind(globalThis),
      random: Math.random,
      sleep,
      untilOnline,
      isOnline: () => navigator.onLine,
      signal: run.signal,
    };
    const outcome = run.signal.aborted
      ? "stopped"
      : await send(endpoints, body, tools, (status, attempt) => {
          if (this.#run !== run) return;
          this.#enter(status);
          progress(status, attempt);
        });
    clearTimeout(still);
    this.slow = false;
    if (this.#run !== run) return undefined;
    this.#run = undefined;
    return this.#settle(outcome);
  }

  /** Ends every wait. A request that is under way is left to finish, and still counts. */
  cancel(): void {
    this.#run?.abort();
  }

  /** Forgets everything but a stamp that has not been used. */
  reset(): void {
    this.cancel();
    this.#run = undefined;
    this.#order = undefined;
    this.receipt = undefined;
    this.failure = undefined;
    this.#stopTicking();
    this.#enter("idle");
  }

  #enter(status: LeadFormStatus): void {
    this.status = status;
    this.#draw();
  }

  #bodyOf(lead: Lead & { target: string }, context: Lead): Promise<string> {
    const content = encode(lead);
    if (this.#order?.content !== content) {
      const { id, stamp } = this.prepare(lead.target);
      this.#ticket = undefined;
      const body = stamp.then((solved) => encode({ ...lead, ...context, id, stamp: solved }));
      this.#order = { content, body };
    }
    return this.#order.body;
  }

  #settle(outcome: Receipt | Failure | "stopped"): Receipt | Failure | undefined {
    if (outcome === "stopped") {
      this.#enter("idle");
      return undefined;
    }
    if ("receipt" in outcome) {
      this.receipt = outcome;
      this.#order = undefined;
      this.#enter("accepted");
      return outcome;
    }
    // An id or a stamp that is burnt will not be taken a second time.
    if (outcome.code === "id_reused" || outcome.code === "stamp_refused") this.#order = undefined;
    if (outcome.fields) {
      this.#enter("idle");
      return outcome;
    }
    this.failure = outcome;
    if (outcome.retry_after) this.#startTicking(outcome.retry_after);
    this.#enter("error");
    return outcome;
  }

  #startTicking(seconds: number): void {
    this.#stopTicking();
    this.#waitUntil = Date.now() + seconds * SECOND_MS;
    this.#ticking = setInterval(() => {
      if (this.wait === 0) this.#stopTicking();
      this.#draw();
    }, SECOND_MS);
  }

  #stopTicking(): void {
    clearInterval(this.#ticking);
    this.#waitUntil = 0;
  }
}
