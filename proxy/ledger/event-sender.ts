/**
 * Owns the words and the sending of a lead's event. Must not name a person to people:
 * a chat is not the place for that.
 */
import { createAlertSender } from "../alerts.ts";
import type { Told } from "../alerts.ts";
import type { EventReceiver, Notifier } from "../config/receivers.ts";
import type { Target } from "../config/target.ts";
import type { Lead } from "../lead/lead.ts";
import type { LeadEvent } from "./events.ts";
import { open } from "./seal.ts";
import type { Keyring } from "./seal.ts";
import { OWN_PREFIX } from "../shared/contract.ts";
import type { Language } from "../shared/contract.ts";
import { LEAD_FIELDS } from "../vendors/vendor.ts";
import type { Io } from "../vendors/vendor.ts";

export interface EventSenderDeps {
  target: Pick<Target, "key" | "receivers" | "projects">;
  keyring: Keyring;
  fetch: Io["fetch"];
  /** The proxy's own origin, for the link to the operator's page. */
  publicUrl: string | undefined;
}
export type SendEvent = (event: LeadEvent) => Promise<Told>;

/** Milliseconds for a chat to answer. */
const TIMEOUT = 15_000;

const WORDS: Readonly<Record<Language, string>> = {
  en: "New lead",
  ar: "عميل محتمل جديد",
  ru: "Новая заявка",
};

/** What the receiver of events may know with `content`, under the names of the wire. */
const contentOf = (lead: Lead): Record<string, unknown> => ({
  ...Object.fromEntries(LEAD_FIELDS.map((field) => [field, lead[field] ?? null])),
  ...Object.fromEntries(
    Object.entries(lead.own ?? {}).map(([name, value]) => [OWN_PREFIX + name, value]),
  ),
  lang: lead.lang,
  consent: lead.consent ?? null,
  consent_version: lead.consentVersion ?? null,
  attribution: lead.attribution,
});

/** A visitor's own words may be anything; a project of the settings is ours. */
const subjectOf = ({ key, projects = [] }: EventSenderDeps["target"], lead?: Lead): string =>
  lead?.project !== undefined && projects.includes(lead.project) ? lead.project : key;

/** `New lead: Downtown Tower, 14:02`. */
export const lineOf = (
  { lang, timeZone }: Pick<Notifier, "lang" | "timeZone">,
  subject: string,
  arrivedAt: number,
): string => {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
  return `${WORDS[lang]}: ${subject}, ${time.format(arrivedAt)}`;
};

/** Slack reads three characters as markup (https://docs.slack.dev/messaging/formatting-message-text). */
const forSlack = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const bodyOf = ({ kind, chat }: Notifier, event: LeadEvent, line: string, link: string) => {
  const text = link ? `${line}\n${link}` : line;
  switch (kind) {
    case "slack":
      return { text: forSlack(text) };
    case "telegram":
      return { chat_id: chat, text, link_preview_options: { is_disabled: true } };
    case "webhook":
      return { id: event.id, text, lead: event.lead };
  }
};

/** One event to its receiver. Never throws; the id stays the same over all tries. */
export const createEventSender = ({
  target,
  keyring,
  fetch,
  publicUrl,
}: EventSenderDeps): SendEvent => {
  const read = async ({ lead, box }: LeadEvent): Promise<Lead | undefined> => {
    const text = box && (await open(keyring, lead, target.key, box).catch(() => undefined));
    return text === undefined ? undefined : (JSON.parse(text) as Lead);
  };

  const notify = async (notifier: Notifier, event: LeadEvent): Promise<Told> => {
    const line = lineOf(notifier, subjectOf(target, await read(event)), event.arrivedAt);
    const link = publicUrl ? `${publicUrl}/operator` : "";
    try {
      const response = await fetch(notifier.url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: { "content-type": "application/json", "user-agent": "lead-form" },
        body: JSON.stringify(bodyOf(notifier, event, line, link)),
      });
      await response.body?.cancel();
      return response.ok ? { taken: true } : { taken: false };
    } catch {
      return { taken: false };
    }
  };

  const tell = async (receiver: EventReceiver, event: LeadEvent): Promise<Told> => {
    const lead = receiver.sealed ? await read(event) : undefined;
    const data = { lead: event.lead, ...(lead && { content: contentOf(lead) }) };
    return createAlertSender(receiver, fetch)({ ...event, data }, target.key);
  };

  return async (event) => {
    const receiver = target.receivers.find(({ via }) => via === event.via);
    // The setting is gone, and with it whoever wanted to know.
    if (!receiver) return { taken: true };
    return receiver.via === "events" ? tell(receiver, event) : notify(receiver, event);
  };
};
