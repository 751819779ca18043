/**
 * Owns the sending of an alert, signed after the Standard Webhooks specification
 * (https://www.standardwebhooks.com). Must not repeat an alert: the outbox does.
 */
import { readRetryAfter } from "./vendors/post.ts";
import type { Io } from "./vendors/vendor.ts";
import { createSigner } from "./webhook-signer.ts";
import type { Sign } from "./webhook-signer.ts";

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
      const message = { id, timestamp: Math.floor(sentAt / 1000), body };
      const signatures = await Promise.all(signers.map((sign) => sign(message)));
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          "content-type": "application/json",
          "user-agent": "lead-form",
          "webhook-id": id,
          "webhook-timestamp": String(message.timestamp),
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
