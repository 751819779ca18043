/**
 * Owns the signing and sending of an alert, after the Standard Webhooks specification
 * (https://www.standardwebhooks.com). Must not repeat an alert: the outbox does.
 */
import { readRetryAfter } from "./vendors/post.ts";
import type { Io } from "./vendors/vendor.ts";

/** An alert that waits to be sent. Never personal data: a lead is named by its id. */
export interface Alert {
  id: string;
  type: string;
  data: Readonly<Record<string, unknown>>;
  createdAt: number;
  attempts: number;
}

export interface AlertSettings {
  url: string;
  /** `whsec_` and base64, or base64; two of them, with a space between, while one replaces the other. */
  secret: string;
}

/** Milliseconds; the specification asks receivers to answer within 15 to 30 seconds. */
const TIMEOUT = 15_000;

/** What a message says in its header `webhook-signature`. @param timestamp whole seconds since the epoch */
type Sign = (id: string, timestamp: number, body: string) => Promise<string>;

const HMAC = { name: "HMAC", hash: "SHA-256" };

/**
 * The specification's "symmetric signature". Its own library brings a SHA-256 and is 4.4 kB (gzip) of the Worker;
 * the platform has one, and this is 0.3. A test has the library judge what is signed here.
 *
 * Throws on a secret that cannot sign. Exported for its test.
 */
export const createSigner = (secret: string): Sign => {
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (unit) => unit.charCodeAt(0));
  if (bytes.length === 0) throw new RangeError("A key of no bytes signs nothing");
  let key: Promise<CryptoKey> | undefined;
  return async (id, timestamp, body) => {
    key ??= crypto.subtle.importKey("raw", bytes, HMAC, false, ["sign"]);
    const text = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
    const signature = new Uint8Array(await crypto.subtle.sign("HMAC", await key, text));
    return `v1,${btoa(String.fromCharCode(...signature))}`;
  };
};

/** Each of them signs: a receiver takes what one of its own has signed, so that both sides may change at their time. */
const signersOf = (secret: string): Sign[] => secret.split(/\s+/).map(createSigner);

/** The problem with a secret that cannot sign, or undefined. */
export const alertSecretProblem = (secret: string): string | undefined => {
  try {
    signersOf(secret);
    return undefined;
  } catch {
    return "must be base64, with or without whsec_ before it";
  }
};

/** The end of one try; `pause` are the milliseconds for which the receiver wants to be left in peace. */
export type Told = { taken: true } | { taken: false; pause?: number };

/** Posts one alert; it is taken if its receiver answers with a 2xx. The id stays the same over all tries. */
export type SendAlert = (
  alert: Pick<Alert, "id" | "type" | "data" | "createdAt">,
  target: string,
) => Promise<Told>;

/** Exported for its test: each type that is ever told. */
export const WORDS: Readonly<Record<string, string>> = {
  "breaker.opened":
    "the vendor refuses all leads or fails. They are kept, and go out by themselves",
  "breaker.closed": "the vendor takes leads again",
  "lead.dead": "the vendor refused a lead whose visitor has left. A person must look",
  "lead.expired": "a lead waited for 30 days, and its content is destroyed",
  "lead.waiting": "leads wait for longer than they should",
  "lead.quarantined": "leads are in quarantine. A person must look",
  "vendor.drift":
    "the vendor gave an answer that no document explains. Look whether the lead arrived",
  "vendor.form_changed": "the vendor's form has changed. Leads wait for new settings",
};

/** One line for people: chats show the field `text` of what is posted to them, and nothing else. */
const textOf = ({ type, data }: Pick<Alert, "type" | "data">, target: string): string => {
  const reason = typeof data["reason"] === "string" ? ` (${data["reason"]})` : "";
  return `${target}: ${WORDS[type] ?? type}${reason}.`;
};

/** A receiver that is busy says for how long, in either status (RFC 6585, 4; RFC 9110, 15.6.4). */
const pauseOf = ({ status, headers }: Response, now: number): number | undefined => {
  const seconds =
    status === 429 || status === 503 ? readRetryAfter(headers.get("retry-after"), now) : undefined;
  return seconds && seconds * 1000;
};

/**
 * A 2xx, or what Apps Script answers once its script has run: the way to the script's output
 * (https://developers.google.com/apps-script/guides/content#redirects), which nobody has to fetch.
 */
const isTaken = ({ ok, status, headers }: Response): boolean => {
  const location = headers.get("location") ?? "";
  return (
    ok ||
    (status === 302 &&
      URL.canParse(location) &&
      new URL(location).host === "script.googleusercontent.com")
  );
};

export const createAlertSender = (
  { url, secret }: AlertSettings,
  fetch: Io["fetch"],
): SendAlert => {
  const signers = signersOf(secret);
  return async ({ id, type, data, createdAt }, target) => {
    const timestamp = new Date(createdAt).toISOString();
    const text = textOf({ type, data }, target);
    const body = JSON.stringify({ type, timestamp, text, data: { target, ...data } });
    const sentAt = Date.now();
    try {
      const seconds = Math.floor(sentAt / 1000);
      const signatures = await Promise.all(signers.map((sign) => sign(id, seconds, body)));
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          "content-type": "application/json",
          "user-agent": "lead-form",
          "webhook-id": id,
          "webhook-timestamp": String(seconds),
          "webhook-signature": signatures.join(" "),
        },
        body,
      });
      await response.body?.cancel();
      if (isTaken(response)) return { taken: true };
      const pause = pauseOf(response, sentAt);
      return { taken: false, ...(pause && { pause }) };
    } catch {
      return { taken: false };
    }
  };
};
