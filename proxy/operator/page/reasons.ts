/**
 * Owns the words for each reason that keeps a lead, for a reader who runs no server; `{vendor}`
 * becomes the vendor's name, and `{key}` the field of its form that the reason is about. Must not hold HTML.
 */
import type { FieldCode } from "../../shared/contract.ts";
import type {
  DoubtReason,
  DriftReason,
  LaterReason,
  MisconfiguredReason,
  UnexplainedReason,
} from "../../vendors/vendor.ts";

/** Reasons of the ledger itself. */
type OwnReason =
  | "interrupted"
  | "unanswered"
  | "tampered"
  | "key_missing"
  | "invalid"
  | "honeypot"
  | "phone_limit"
  | "paused"
  | "duplicate"
  | "test_created";

type Reason =
  | MisconfiguredReason
  | LaterReason
  | DoubtReason
  | DriftReason
  | UnexplainedReason
  | OwnReason;

export interface Words {
  /** A clause that "since 14:02" may follow. */
  what: string;
  /** "They go out by themselves once …"; without it, "… the vendor takes leads again". */
  once?: string;
  todo: string;
}

const WAIT = "Nothing: this ends by itself. If it lasts, ask {vendor}.";
const LOOK_THERE =
  "Look in {vendor} whether the leads have arrived. Try again only if they have not: another try may create them twice.";

export const REASONS: Readonly<Record<Reason, Words>> = {
  key_refused: {
    what: "{vendor} refuses the API key",
    once: "the key is right",
    todo: "Put the right key into this target’s secret. If {vendor} has switched the old one on again, try again now.",
  },
  token_refused: {
    what: "{vendor} refuses the access token",
    once: "the token is right",
    todo: "Put a valid token, or the right client id and secret, into this target’s secrets.",
  },
  forbidden: {
    what: "{vendor} knows the key but does not let it create leads",
    once: "the key has the right",
    todo: "Ask {vendor}’s administrator to give the key the right to create leads, then try again.",
  },
  wrong_path: {
    what: "There is nothing that takes leads at {vendor}’s address",
    once: "the address is right",
    todo: "Compare the target’s baseUrl with the address that {vendor} gave you.",
  },
  redirect: {
    what: "{vendor}’s address sends us elsewhere",
    once: "the address is right",
    todo: "Set the target’s baseUrl to the final address. Redirects are not followed, so that the key stays safe.",
  },
  request_refused: {
    what: "{vendor} refuses the way in which leads are sent",
    once: "{vendor} takes them again",
    todo: "Ask {vendor} whether its interface has changed, then try again.",
  },
  no_form: {
    what: "{vendor} has no lead form set up for this account",
    once: "the form is there",
    todo: "Create or switch on the public lead form in {vendor}, then try again.",
  },
  form_changed: {
    what: "{vendor}’s form has changed: it refuses leads because of {key}",
    once: "the target’s “fields” fit the form",
    todo: "If the form now asks for {key}, add a field to the target’s “fields” that is sent under this name (“as”), with a fallback for the leads that wait. If the form knows it no more, take it out of the settings.",
  },
  unreachable: {
    what: "No safe connection to {vendor}’s address can be made",
    once: "the address and its certificate are right",
    todo: "Check the target’s baseUrl, and ask {vendor} about its certificate.",
  },
  rate_limited: {
    what: "{vendor} asks us to slow down",
    once: "{vendor} allows more",
    todo: WAIT,
  },
  overloaded: { what: "{vendor} says that it is overloaded", todo: WAIT },
  request_timeout: { what: "{vendor} gives up waiting for our request", todo: WAIT },
  origin_down: { what: "{vendor}’s server is down", todo: WAIT },
  token_unavailable: {
    what: "{vendor}’s sign-in service gives out no access token",
    once: "it gives out tokens again",
    todo: "Usually nothing. If it lasts, check the client id and secret, and ask {vendor}.",
  },
  timeout: { what: "{vendor} does not answer in time", todo: WAIT },
  network: { what: "The connection to {vendor} breaks off", todo: WAIT },
  server_error: { what: "{vendor} fails with an error of its own", todo: WAIT },
  truncated: {
    what: "{vendor}’s answer breaks off in the middle",
    todo: LOOK_THERE,
  },
  no_lead: {
    what: "{vendor} says “done” but does not show the lead",
    todo: LOOK_THERE,
  },
  html: {
    what: "{vendor} answers with a web page instead of a confirmation",
    todo: `${LOOK_THERE} Often the address is that of a login page.`,
  },
  not_json: {
    what: "{vendor} answers with a text that confirms nothing",
    todo: LOOK_THERE,
  },
  empty: { what: "{vendor} answers with nothing at all", todo: LOOK_THERE },
  bad_request: {
    what: "{vendor} refuses the lead and does not say why",
    todo: "Look at the lead: correct what seems odd and send it again, or ask {vendor}.",
  },
  vendor_code: {
    what: "{vendor} refuses the lead with a code that its documents do not explain",
    todo: "Ask {vendor} about the code; it stands in the log as vendor_code. Then try again.",
  },
  field_refused: {
    what: "{vendor} misses a field of these leads, or finds it wrong",
    todo: "Look at a lead: the field is marked. Fill it in, and the lead is sent. A fallback in the target’s “fields” does so for all of them.",
  },
  oversize: {
    what: "{vendor} answers with far more than a confirmation",
    todo: LOOK_THERE,
  },
  unanswered: {
    what: "{vendor} did not answer three times in a row, so the leads may have arrived",
    todo: LOOK_THERE,
  },
  interrupted: {
    what: "The proxy was interrupted while leads were on their way",
    todo: LOOK_THERE,
  },
  tampered: {
    what: "The stored lead was changed from outside and cannot be read",
    todo: "Nobody can say what it held, so it is never sent. Find out who has access to the storage.",
  },
  key_missing: {
    what: "The key that the leads were sealed with is missing",
    todo: "Put the old key back into LEDGER_KEYS beside the new one, then try again.",
  },
  invalid: {
    what: "{vendor} finds one of the fields wrong",
    todo: "Look at the lead, correct the field and send it again.",
  },
  honeypot: {
    what: "Probably a robot: a field was filled in that people cannot see",
    todo: "Look at the leads. Release those that are from people; the others are destroyed after 30 days.",
  },
  phone_limit: {
    what: "One phone number was sent more often than a day allows",
    todo: "Look at the leads. Release those that are from people; the others are destroyed after 30 days.",
  },
  paused: {
    what: "Deliveries are paused",
    once: "you resume them",
    todo: "Press Resume when the leads may go out again.",
  },
  duplicate: {
    what: "{vendor} had the lead already",
    todo: "Nothing: it counts as delivered.",
  },
  test_created: {
    what: "{vendor} has created a lead out of a test without a name and a number",
    todo: "Delete it there, and send no more tests to {vendor}.",
  },
};

export const FIELD_WORDS: Readonly<Record<FieldCode, string>> = {
  name_missing: "Enter a name.",
  name_too_long: "The name is too long for this vendor.",
  phone_missing: "Enter a phone number.",
  phone_invalid: "This is not a phone number.",
  phone_unlikely: "This number looks unusual. Tick the box below if it is right.",
  phone_not_mobile: "This vendor takes mobile numbers only.",
  email_missing: "Enter an email address.",
  email_invalid: "This is not an email address.",
  project_missing: "Choose a project.",
  project_unknown: "This project is not on the target’s list.",
  consent_missing: "The consent is missing.",
  field_missing: "Fill in this field.",
  field_invalid: "This is not a value of this field.",
  field_unknown: "This is none of the field’s options.",
  field_range: "This is outside the limits of the field.",
  field_too_long: "This is too long for the field.",
};
