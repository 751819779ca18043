/**
 * Owns attempts, time-outs and retries of one lead, up to its reply. Must not throw, and must not know
 * the element.
 */
import {
  type FieldErrors,
  LEADS_PATH,
  type ProblemCode,
  type Receipt,
  readReply,
  type Suggestion,
} from "../../proxy/shared/contract.ts";

/** A problem code of the proxy, or why no answer arrived (then `status` is 0). */
export type ErrorCode = ProblemCode | "network" | "timeout";

/** For one attempt, answer included: the proxy itself answers within 6 s. */
export const ATTEMPT_MS = 15_000;

/** Pauses before the repetitions, each give or take a fifth so that many forms do not return at once. */
const RETRY_MS = [1000, 3000];

/** Seconds. A longer `Retry-After` is left to the visitor: nobody watches a spinner that long. */
const MAX_RETRY_AFTER = 5;

export interface Failure {
  code: ErrorCode;
  /** HTTP status, 0 without an answer. */
  status: number;
  fields?: FieldErrors;
  suggestion?: Suggestion;
  /** Seconds. */
  retry_after?: number;
}

/** Undefined if it was cancelled meanwhile. */
export type Outcome = Receipt | Failure | undefined;

/** What sending needs from outside, so that tests can replace it. */
export interface Tools {
  fetch: typeof fetch;
  random(): number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Whether there is a text for a code of the proxy. */
  isKnown: (code: string) => boolean;
  /** Waits for a connection, where the browser reports that there is none. */
  connection?: Connection | undefined;
  /** Ends every wait. A request that is under way is left to finish. */
  signal: AbortSignal;
}

export interface Connection {
  isThere(): boolean;
  /** Resolves when it is back, or as soon as the signal is aborted. */
  wait(signal: AbortSignal): Promise<void>;
}

export type Progress = (status: "sending" | "retrying" | "offline", attempt: number) => void;

/** The proxy refuses an id or a stamp only once: the next attempt must carry new ones. */
export const needsNewId = (code: ErrorCode): boolean =>
  code === "stamp_refused" || code === "id_reused";

/** Whether the same content may get through later. */
export const isRetryable = ({ code, status }: Failure): boolean =>
  !status || status === 429 || status >= 500 || needsNewId(code);

const post = async (endpoint: string, body: string, tools: Tools): Promise<Receipt | Failure> => {
  const request = new AbortController();
  const answered = new AbortController();
  let code: ErrorCode = "network";
  void tools.sleep(ATTEMPT_MS, answered.signal).then(() => {
    if (answered.signal.aborted) return;
    code = "timeout";
    request.abort();
  });
  try {
    const response = await tools.fetch(endpoint + LEADS_PATH, {
      method: "POST",
      body,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
      },
      credentials: "omit",
      keepalive: true,
      referrerPolicy: "origin",
      signal: request.signal,
    });
    const { status } = response;
    const text = await response.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Text that is no JSON is an answer too, for readReply; a broken connection has thrown above.
    }
    const reply = readReply(parsed, tools.isKnown, response.ok);
    return "receipt" in reply ? reply : { ...reply, status };
  } catch {
    return { code, status: 0 };
  } finally {
    answered.abort();
  }
};

/** Milliseconds until the next attempt, or undefined if the visitor has to decide. */
const pauseBefore = (attempt: number, { status, retry_after = 0 }: Failure, tools: Tools) => {
  const pause = RETRY_MS[attempt];
  const repeatable = !status || status >= 500 || (status === 429 && retry_after > 0);
  if (!pause || !repeatable || retry_after > MAX_RETRY_AFTER) return undefined;
  return Math.max(pause * (0.8 + tools.random() * 0.4), retry_after * 1000);
};

/**
 * Sends one lead: up to three attempts at the endpoint and, where that cannot be reached, one at the
 * fallback. The body is the same each time, and with it the id and the stamp.
 */
export const send = async (
  [endpoint, fallback]: readonly [string, string],
  body: string,
  tools: Tools,
  progress: Progress,
): Promise<Outcome> => {
  const { signal } = tools;
  for (let attempt = 0; ; attempt++) {
    progress(attempt ? "retrying" : "sending", attempt);
    let outcome = await post(endpoint, body, tools);
    // `onLine` is a hint only: web views and VPN drivers say false while requests get through.
    while (!("receipt" in outcome) && !outcome.status && tools.connection?.isThere() === false) {
      progress("offline", attempt);
      await tools.connection.wait(signal);
      if (signal.aborted) return undefined;
      progress("sending", attempt);
      outcome = await post(endpoint, body, tools);
    }
    if ("receipt" in outcome) return outcome;
    const pause = pauseBefore(attempt, outcome, tools);
    if (!pause) return outcome.status || !fallback ? outcome : post(fallback, body, tools);
    await tools.sleep(pause, signal);
    if (signal.aborted) return undefined;
  }
};

/** Ends when the time is over or the signal aborted, whichever is first. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
