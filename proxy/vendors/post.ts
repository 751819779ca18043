/**
 * Owns one guarded POST to a vendor, and the reading of its answer within limits of time and size.
 * Must not follow a redirect or judge the answer.
 */
import { isShort } from "../shared/content-length.ts";
import { UnsentCall } from "./unsent-call.ts";
import type { Unsent } from "./unsent-call.ts";
import type { Io } from "./vendor.ts";

/** Bytes of an answer that are read; both vendors' documented answers stay under 1 KiB. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Seconds; a vendor that asks for more is asked again after a day. */
const MAX_RETRY_AFTER = 24 * 60 * 60;

/** The vendor's answer as far as it could be read, or why there is none. */
export type Answer =
  | {
      status: number;
      body: "json" | "html" | "text" | "empty" | "truncated" | "oversize";
      json: unknown;
      text: string;
      retryAfter: number | undefined;
    }
  | { status: undefined; failure: "timeout" | "network" | Unsent };

/** RFC 9110, 10.2.3: seconds or an HTTP date, read strictly; anything else is undefined. */
export const readRetryAfter = (value: string | null, now: number): number | undefined => {
  if (value === null) return undefined;
  const text = value.trim();
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : /^[A-Z][a-z]{2}, /.test(text)
      ? Math.ceil((Date.parse(text) - now) / 1000)
      : Number.NaN;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER);
};

type Body = Pick<Extract<Answer, { status: number }>, "body" | "json" | "text">;

const readText = async (response: Response): Promise<{ text: string } | Body> => {
  const unread = (body: "truncated" | "oversize"): Body => ({ body, json: undefined, text: "" });
  const { headers } = response;
  // In one step, which costs a third of many. What is compressed says nothing of its content.
  if (isShort(headers, MAX_ANSWER_BYTES) && !headers.has("content-encoding"))
    return response.text().then(
      (text) => (text.length > MAX_ANSWER_BYTES ? unread("oversize") : { text }),
      () => unread("truncated"),
    );
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  if (!reader) return { text: "" };
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      bytes += value.byteLength;
      if (bytes > MAX_ANSWER_BYTES) {
        await reader.cancel();
        return unread("oversize");
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return unread("truncated");
  }
};

const readBody = async (response: Response): Promise<Body> => {
  const read = await readText(response);
  if ("body" in read) return read;
  const { text } = read;
  if (text.trim() === "") return { body: "empty", json: undefined, text };
  try {
    return { body: "json", json: JSON.parse(text), text };
  } catch {
    const html = /html/i.test(response.headers.get("content-type") ?? "") || /^\s*</.test(text);
    // A connection cut in the middle of JSON can look complete to the runtime.
    const cut = /^\s*[{[]/.test(text);
    return { body: html ? "html" : cut ? "truncated" : "text", json: undefined, text };
  }
};

/** The end of a call's time is split into short timers, so that the event loop can read between them. */
const LAST_TIMERS = 4;
/** Milliseconds. */
const LAST_TIMER = 50;

/**
 * Like `AbortSignal.timeout`, but for a busy event loop. It runs late timers before it reads, so a
 * single timer would abort an answer that has already arrived.
 *
 * @param milliseconds at least as many as the last timers need
 */
const expireAfter = (milliseconds: number): { signal: AbortSignal; clear: () => void } => {
  const controller = new AbortController();
  let timers = 0;
  const next = (): void => {
    if (timers++ < LAST_TIMERS) timer = setTimeout(next, LAST_TIMER);
    else controller.abort();
  };
  let timer = setTimeout(next, Math.max(milliseconds - LAST_TIMERS * LAST_TIMER, 0));
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
};

/**
 * One POST to a vendor. Never follows a redirect: following one repeats the credentials to another
 * origin and turns the POST into a GET. One time-out covers headers and body.
 */
export const post = async (
  url: string,
  headers: Record<string, string>,
  body: string,
  io: Io,
): Promise<Answer> => {
  const { signal, clear } = expireAfter(io.left());
  try {
    const response = await io.fetch(url, {
      method: "POST",
      redirect: "manual",
      signal,
      headers: { accept: "application/json", "user-agent": "lead-form", ...headers },
      body,
    });
    return {
      status: response.status,
      ...(await readBody(response)),
      retryAfter: readRetryAfter(response.headers.get("retry-after"), io.now()),
    };
  } catch (error) {
    const lost = signal.aborted ? "timeout" : "network";
    const failure = error instanceof UnsentCall ? error.unsent : lost;
    return { status: undefined, failure };
  } finally {
    clear();
  }
};
