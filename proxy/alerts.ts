/**
 * Owns the signing and sending of an alert, after the Standard Webhooks specification
 * (https://www.standardwebhooks.com). Must not repeat an alert: the outbox does.
 */
import { Webhook } from "standardwebhooks";
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
  /** `whsec_` and base64, or base64. */
  secret: string;
}

/** Milliseconds; the specification asks receivers to answer within 15 to 30 seconds. */
const TIMEOUT = 15_000;

/** The problem with a secret that cannot sign, or undefined. */
export const alertSecretProblem = (secret: string): string | undefined => {
  try {
    void new Webhook(secret);
    return undefined;
  } catch {
    return "must be base64, with or without whsec_ before it";
  }
};

/** Posts one alert; false unless its receiver answers with a 2xx. The id stays the same over all tries. */
export type SendAlert = (
  alert: Pick<Alert, "id" | "type" | "data" | "createdAt">,
  target: string,
) => Promise<boolean>;

export const createAlertSender = (
  { url, secret }: AlertSettings,
  fetch: Io["fetch"],
): SendAlert => {
  const webhook = new Webhook(secret);
  return async ({ id, type, data, createdAt }, target) => {
    const timestamp = new Date(createdAt).toISOString();
    const body = JSON.stringify({ type, timestamp, data: { target, ...data } });
    const sentAt = new Date();
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          "content-type": "application/json",
          "user-agent": "lead-form",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
          "webhook-signature": webhook.sign(id, sentAt, body),
        },
        body,
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  };
};
