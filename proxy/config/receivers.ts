/**
 * Owns the settings `events` and `notify` of a target: the receivers of its leads' events. Must not return a secret inside a fault.
 */
import * as v from "valibot";
import { alertSecretProblem } from "../alerts.ts";
import { LANGUAGES } from "../shared/contract.ts";
import type { Language } from "../shared/contract.ts";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type { Fault } from "../vendors/vendor.ts";
import { oneOf, problemCheck, settingsOf } from "./faults.ts";

export const EVENT_TYPES = ["lead.accepted", "lead.delivered", "lead.rejected"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const secretName = v.pipe(
  v.string(),
  v.regex(/^[A-Z][A-Z\d_]*$/, "must be the name of a secret: capitals, digits and underscores"),
);
const address = v.pipe(
  v.string(),
  problemCheck((url) => serviceUrlProblem(url, true)),
);

export const eventsSchema = v.optional(
  settingsOf({
    url: address,
    secret: secretName,
    types: v.optional(v.pipe(v.array(oneOf(EVENT_TYPES)), v.minLength(1, "must not be empty"))),
    content: v.optional(v.boolean()),
  }),
);

const isTimeZone = (name: string): boolean => {
  try {
    void new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

export const notifySchema = v.optional(
  settingsOf({
    kind: oneOf(["slack", "telegram", "webhook"]),
    /** The secret that holds the address, or with `telegram` the bot's token. */
    secret: secretName,
    chat: v.optional(v.pipe(v.string(), v.minLength(1, "must not be empty"))),
    lang: v.optional(oneOf(LANGUAGES)),
    timeZone: v.optional(
      v.pipe(v.string(), v.check(isTimeZone, "is not a time zone such as Africa/Cairo")),
    ),
    api: v.optional(address),
  }),
);

export type EventReceiver = {
  via: "events";
  url: string;
  secret: string;
  types: readonly EventType[];
  /** Whether its body may hold the content of the lead. */
  sealed: boolean;
};
export type Notifier = {
  via: "notify";
  kind: "slack" | "telegram" | "webhook";
  url: string;
  chat: string | undefined;
  lang: Language;
  timeZone: string;
  types: readonly EventType[];
  /** The project stands in the box. */
  sealed: true;
};
export type Receiver = EventReceiver | Notifier;

interface Settings {
  storage: "ledger" | "none";
  events?: v.InferOutput<typeof eventsSchema>;
  notify?: v.InferOutput<typeof notifySchema>;
}

const readEvents = (
  { url, secret: name, types = [...EVENT_TYPES], content = false }: NonNullable<Settings["events"]>,
  secret: (name: string) => string | undefined,
): EventReceiver | Fault => {
  const value = secret(name);
  const problem = value === undefined ? "is missing" : alertSecretProblem(value);
  return value === undefined || problem
    ? { setting: name, problem: problem ?? "" }
    : { via: "events", url, secret: value, types, sealed: content };
};

const TELEGRAM = "https://api.telegram.org";

const readNotify = (
  {
    kind,
    secret: name,
    chat,
    lang = "en",
    timeZone = "UTC",
    api = TELEGRAM,
  }: NonNullable<Settings["notify"]>,
  secret: (name: string) => string | undefined,
  root: string,
): Notifier | Fault => {
  const value = secret(name);
  if (value === undefined) return { setting: name, problem: "is missing" };
  if (kind === "telegram" && chat === undefined)
    return { setting: `${root}.notify.chat`, problem: "is missing" };
  const isBot = kind === "telegram";
  if (isBot && !/^[\w:-]+$/.test(value))
    return { setting: name, problem: "is not the token of a bot" };
  const url = isBot ? `${api.replace(/\/$/, "")}/bot${value}/sendMessage` : value;
  const problem = serviceUrlProblem(url, true);
  if (problem) return { setting: name, problem };
  return {
    via: "notify",
    kind,
    url,
    chat,
    lang,
    timeZone,
    types: ["lead.accepted"],
    sealed: true,
  };
};

export const readReceivers = (
  { storage, events, notify }: Settings,
  secret: (name: string) => string | undefined,
  root: string,
): { receivers: Receiver[]; faults: Fault[] } => {
  const read = [
    ...(events ? [readEvents(events, secret)] : []),
    ...(notify ? [readNotify(notify, secret, root)] : []),
  ];
  const faults = read.filter((each): each is Fault => "problem" in each);
  // An event has to wait somewhere until its receiver has it.
  const homeless = storage === "none" && read.length > 0;
  return {
    receivers: read.filter((each): each is Receiver => "via" in each),
    faults: homeless
      ? [
          ...faults,
          { setting: `${root}.${events ? "events" : "notify"}`, problem: "needs the ledger" },
        ]
      : faults,
  };
};
