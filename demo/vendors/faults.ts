/**
 * Owns the effect of each fault mode on one request, for both vendors. Must not know how a vendor accepts or
 * refuses.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultMode, Faults } from "./modes.ts";
import type { Answer } from "./state.ts";

const SLOW_MS = 3000;
const DRIP_MS = 100;
/** Four times what our proxy reads. */
const HUGE_CHARS = 256 * 1024;
const RETRY_AFTER_SECONDS = 60;

/** Where `redirect_302` points: it records what arrives and answers as if it were the vendor. */
export const THIEF_PATH = "/_thief";

export type Refusal = Extract<
  FaultMode,
  | "duplicate"
  | "invalid_phone"
  | "missing_fields"
  | "no_form"
  | "bad_key"
  | "error_500"
  | "unavailable_503"
  | "rate_limited_429"
>;

/** One request for a lead, between the vendor's rules and the wire. */
export interface Call {
  faults: Faults;
  /** The vendor's whole handling: credentials, validation, storing. */
  accept(): Answer;
  /** The vendor's own text for a refusal. */
  refuse(kind: Refusal): Answer;
  origin: string;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

/** `undefined`: the answer, or the lack of one, is already on the wire. */
type Fault = (call: Call) => Answer | undefined | Promise<Answer | undefined>;

const json = { "content-type": "application/json; charset=utf-8" };

/** Waits, but no longer than the caller does. */
const wait = ({ outgoing }: Call, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      outgoing.off("close", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    outgoing.once("close", end);
  });

const untilGone = ({ outgoing }: Call): Promise<void> =>
  new Promise((resolve) => (outgoing.destroyed ? resolve() : outgoing.once("close", resolve)));

const storeIfAsked = (call: Call): void => {
  if (call.faults.stored) call.accept();
};

const withStatus = (answer: Answer, { status = answer.status }: Faults): Answer => ({
  ...answer,
  status,
});

const accept: Fault = (call) => withStatus(call.accept(), call.faults);

const refuse =
  (kind: Refusal): Fault =>
  (call) => {
    storeIfAsked(call);
    return withStatus(call.refuse(kind), call.faults);
  };

/** `Retry-After` of the order, else that of the mode. */
const throttle =
  (kind: Refusal, seconds?: number): Fault =>
  async (call) => {
    const answer = await refuse(kind)(call);
    const after = call.faults.retry_after ?? seconds;
    if (!answer || after === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, "retry-after": String(after) } };
  };

const canned =
  (body: string, headers: Record<string, string>, status = 200): Fault =>
  (call) => {
    storeIfAsked(call);
    return withStatus({ status, body, headers }, call.faults);
  };

const page =
  "<!doctype html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>";

const blocked =
  "<!doctype html><html><head><title>403 Forbidden</title></head><body><h1>Request blocked</h1></body></html>";

export const FAULTS: Record<Exclude<FaultMode, "flapping">, Fault> = {
  ok: accept,
  duplicate: refuse("duplicate"),
  invalid_phone: refuse("invalid_phone"),
  missing_fields: refuse("missing_fields"),
  no_form: refuse("no_form"),
  // The vendor's own rules look at the lead: one that fits its form is taken.
  demanded_key: accept,
  refused_key: accept,
  localised: accept,
  bad_key: refuse("bad_key"),
  forbidden_403: canned(blocked, { "content-type": "text/html; charset=utf-8" }, 403),
  error_500: refuse("error_500"),
  unavailable_503: throttle("unavailable_503"),
  rate_limited_429: throttle("rate_limited_429", RETRY_AFTER_SECONDS),

  async timeout(call) {
    storeIfAsked(call);
    await (call.faults.ms === undefined ? untilGone(call) : wait(call, call.faults.ms));
    call.incoming.socket.destroy();
    return undefined;
  },

  async slow(call) {
    const answer = call.accept();
    await wait(call, call.faults.ms ?? SLOW_MS);
    return withStatus(answer, call.faults);
  },

  reset(call) {
    storeIfAsked(call);
    call.incoming.socket.resetAndDestroy();
    return undefined;
  },

  html_200: canned(page, { "content-type": "text/html; charset=utf-8" }),
  empty_200: canned("", {}),

  async truncated(call) {
    const { status, body, headers } = withStatus(call.accept(), call.faults);
    const bytes = Buffer.from(body);
    call.outgoing.writeHead(status, { ...headers, "content-length": bytes.length });
    const half = bytes.subarray(0, bytes.length >> 1);
    await new Promise((written) => call.outgoing.write(half, written));
    call.incoming.socket.destroy();
    return undefined;
  },

  redirect_302(call) {
    storeIfAsked(call);
    const headers = { location: call.origin + THIEF_PATH };
    return withStatus({ status: 302, body: "", headers }, call.faults);
  },

  async drip(call) {
    const { status, body, headers } = withStatus(call.accept(), call.faults);
    call.outgoing.writeHead(status, headers);
    for (const byte of Buffer.from(body)) {
      if (call.outgoing.destroyed) return undefined;
      call.outgoing.write(Buffer.of(byte));
      await wait(call, call.faults.ms ?? DRIP_MS);
    }
    call.outgoing.end();
    return undefined;
  },

  huge(call) {
    const answer = withStatus(call.accept(), call.faults);
    const padding = "x".repeat(HUGE_CHARS);
    return { ...answer, body: answer.body.replace(/\}$/, `,"padding":"${padding}"}`) };
  },

  answer(call) {
    storeIfAsked(call);
    const { status = 200, body = "" } = call.faults;
    return {
      status,
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: json,
    };
  },
};
