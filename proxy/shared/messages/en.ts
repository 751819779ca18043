/**
 * Owns the English texts, and by its keys the shape of every catalog. Must not hold a value: `{…}` is
 * filled in. Labels belong to the first view, answers follow what the visitor does.
 */

export const labels = {
  heading: "Request a call",
  name: "Full name",
  phone: "Phone number",
  email: "Email address",
  project: "Project",
  country: "Country code",
  choose: "Choose",
  optional: "optional",
  understood: "We will call {phone}",
  extension: "ext.",
  notice: "By sending this you agree that we contact you.",
  consent: "I agree that you contact me.",
  privacy: "Privacy policy",
  submit: "Send request",
  sending: "Sending…",
  close: "Close",
};

/** Most problems come down to two: nothing the visitor can do, and something worth another try. */
export const problems = (refused: string, busy: string) => ({
  malformed: refused,
  origin_refused: refused,
  unknown_target: refused,
  not_found: refused,
  method_refused: refused,
  too_large: refused,
  unsupported_type: refused,
  invalid: refused,
  stamp_refused: busy,
  id_reused: busy,
  unavailable: busy,
  rate_limited: busy,
  timeout: busy,
});

/** A missing project is asked for in the same words as an unknown one. */
export const again = (project: string) => ({
  project_missing: project,
  project_unknown: project,
});

export const answers = {
  ...problems(
    "This form is not set up correctly. Your request was not sent.",
    "We could not send it just now. Nothing you typed is lost.",
  ),
  ...again("Choose a project from the list"),
  email_missing: "Enter your email address",
  email_invalid: "Type it like name@example.com",
  retrying: "Trying again…",
  slow: "Still sending. This takes a moment.",
  offline: "You are offline. We will send it when you are back.",
  cancel: "Cancel",
  error: "Error:",
  summary: "Check these details",
  failed: "Your request was not sent",
  again: "Try again",
  wait: "You can try again in: {time}",
  call: "Call us: {phone}",
  thanks: "Thank you, {name}",
  success: "We will call {phone}.",
  another: "Send another request",
  name_missing: "Enter your full name",
  name_too_long: "Enter a shorter name",
  phone_missing: "Enter your phone number",
  phone_invalid: "Enter the full phone number",
  phone_incomplete: "This is not a full number for {country}. Choose the country or begin with +",
  phone_unlikely: "Is {phone} right? Correct it or send it again",
  phone_not_mobile: "Enter a mobile number",
  consent_missing: "Tick the box to agree",
  network: "No connection to our server. Nothing you typed is lost.",
};

/** What is said about a field of a target's own; its label stands before it. */
export const own = {
  field_missing: "An answer is needed",
  field_invalid: "Check your answer",
  field_unknown: "Choose one of the options",
  field_range: "From {min} to {max}",
  field_min: "From {min}",
  field_max: "Up to {max}",
  field_too_long: "At most {max} characters",
};

export type Labels = Record<keyof typeof labels, string>;
export type Answers = Record<keyof typeof answers, string>;
export type Own = Record<keyof typeof own, string>;

/** Every text of the form, by its key. */
export type Messages = Labels & Answers & Own;
export type MessageKey = keyof Messages;
/** Those that a catalog has. */
export type Texts = Partial<Messages>;
