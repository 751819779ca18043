/**
 * Owns one lead on its way: its status, its id and stamp, what a retry repeats, and the waiting in
 * between. Tells its host when to draw; draws nothing and says nothing to the page.
 */
import type { Receipt } from "../../proxy/shared/contract.ts";
import { extras } from "../lazy/extras.ts";
import { type Failure, type Outcome, send, sleep } from "./send.ts";

export type LeadFormStatus = "idle" | "sending" | "retrying" | "offline" | "accepted" | "error";

/** A sending that takes longer is said again, so that nobody thinks it has died. */
const STILL_SENDING_MS = 10_000;

/** As long as a submit waits for a stamp that is not ready; the proxy can do without. */
const STAMP_MS = 3000;

type Fields = Readonly<Record<string, string | undefined>>;

const encode = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();

/** A version 4 UUID (RFC 9562, 5.4). `crypto.randomUUID` is missing on plain http pages. */
const makeId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  // Spread, since Prototype.js has an `Array.from` of its own that maps nothing.
  return [...bytes]
    .map((byte) => (byte + 256).toString(16).slice(1))
    .join("")
    .replace(/(?<=^.{8}|^.{12}|^.{16}|^.{20})/g, "-");
};

interface Ticket {
  target: string;
  id: string;
  stamp: Promise<string | undefined>;
}

export class Courier {
  status: LeadFormStatus = "idle";
  receipt: Receipt | undefined;
  failure: Failure | undefined;
  /** The sending has taken ten seconds. */
  slow = false;

  readonly #draw: () => void;
  /** Made before the first submit, so that the stamp is there by then. */
  #ticket: Ticket | undefined;
  /** The content last sent with the body it went out in: a retry repeats it to the byte. */
  #order: { content: string; body: Promise<string> } | undefined;
  /** Set while a lead is on its way; a late answer to an earlier one counts for nothing. */
  #run: AbortController | undefined;
  /** Unix time in milliseconds before which another attempt makes no sense. */
  #until = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  get busy(): boolean {
    return Boolean(this.#run);
  }

  /** Seconds until another attempt makes sense. */
  get wait(): number {
    return Math.max(0, Math.ceil((this.#until - Date.now()) / 1000));
  }

  /** Draws an id and has its stamp worked out, where the extras are there or come. */
  prepare(target: string, endpoint: string): Ticket {
    if (this.#ticket?.target === target) return this.#ticket;
    const id = makeId();
    const stamp = extras.load(endpoint).then(() => extras.part?.solveStamp(target, id));
    return (this.#ticket = { target, id, stamp });
  }

  /**
   * Sends a lead, or sends it again: the same content carries the same id, stamp and origin.
   * @param lead what the visitor entered; decides whether the content is the same
   * @param context where the lead came from; asked once, with the stamp, and kept for every attempt
   */
  async deliver(
    endpoints: readonly [string, string],
    lead: Fields & { target: string },
    context: () => Fields | undefined,
    retrying: (attempt: number) => void,
  ): Promise<Outcome> {
    const run = (this.#run = new AbortController());
    const still = setTimeout(() => {
      this.slow = true;
      this.#draw();
    }, STILL_SENDING_MS);
    this.failure = undefined;
    this.#enter("sending");
    const body = await this.#bodyOf(endpoints[0], lead, context);
    const tools = {
      fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
      random: Math.random,
      sleep,
      connection: extras.part?.connection,
      signal: run.signal,
    };
    const outcome = await send(endpoints, body, tools, (status, attempt) => {
      if (this.#run !== run) return;
      this.#enter(status);
      if (status === "retrying") retrying(attempt);
    });
    clearTimeout(still);
    if (this.#run !== run) return undefined;
    this.#run = undefined;
    this.slow = false;
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
    this.#run = this.#order = this.receipt = this.failure = undefined;
    this.#until = 0;
    this.#enter("idle");
  }

  #enter(status: LeadFormStatus): void {
    this.status = status;
    this.#draw();
  }

  #bodyOf(
    endpoint: string,
    lead: Fields & { target: string },
    context: () => Fields | undefined,
  ): Promise<string> {
    const content = encode(lead);
    if (this.#order?.content !== content) {
      const { id, stamp } = this.prepare(lead.target, endpoint);
      this.#ticket = undefined;
      const late = new AbortController();
      const body = Promise.race([stamp, sleep(STAMP_MS, late.signal)]).then((solved) => {
        late.abort();
        return encode({ ...lead, ...context(), id, stamp: solved || "" });
      });
      this.#order = { content, body };
    }
    return this.#order.body;
  }

  #settle(outcome: Outcome): void {
    if (!outcome) return this.#enter("idle");
    const refused = "code" in outcome;
    // A receipt ends an order; an id or a stamp that is burnt is not taken a second time.
    if (!refused || /stamp|reused/.test(outcome.code)) this.#order = undefined;
    if (!refused) {
      this.receipt = outcome;
      return this.#enter("accepted");
    }
    if (outcome.fields) return this.#enter("idle");
    this.failure = outcome;
    this.#until = Date.now() + (outcome.retry_after ?? 0) * 1000;
    this.#tick();
    this.#enter("error");
  }

  #tick(): void {
    if (!this.wait) return;
    setTimeout(() => {
      this.#draw();
      this.#tick();
    }, 1000);
  }
}
