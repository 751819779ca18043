/** Owns the English texts of the steps; the other languages have the same shape. Must not hold a text of the form. */
import type { StepTexts } from "./shape.ts";

const THANKED = "The form thanks by name.";
const NONE = "Nothing arrived.";
const ONE = "One lead arrived, with the name and number of the form.";
const DELIVERED = "One lead, delivered.";
const SEND = "Press the button of the form.";
const MEND = "Let the vendor work again.";
const REPLAY = "Send the waiting lead again.";

const recovers = (
  title: string,
  operator: string,
  { vendor = NONE, after = ONE }: { vendor?: string; after?: string } = {},
): StepTexts => ({
  title,
  acts: [
    { do: SEND, visitor: THANKED, vendor, operator },
    { do: MEND },
    { do: REPLAY, vendor: after, operator: DELIVERED },
  ],
});

const WHILE_PAUSED = {
  do: "The target is paused. Press the button of the form.",
  visitor: THANKED,
  vendor: NONE,
  operator: "One lead, held.",
};

const delivered = { visitor: THANKED, vendor: ONE, operator: DELIVERED };
const nothing = { vendor: NONE, operator: "Nothing." };

export const steps = {
  look: {
    title: "The form stands",
    acts: [
      {
        do: "Look at the form. Narrow the window until it has one column, and zoom to 200 %.",
        visitor: "Heading, three fields, one button. Nothing is cut off or overlaps.",
        ...nothing,
      },
    ],
  },
  keyboard: {
    title: "A lead by keyboard alone",
    acts: [
      {
        do: "Without the mouse: Tab into the form, type a name and 0100 followed by seven digits, then press Enter.",
        ...delivered,
        visitor:
          "Each field shows a ring when it has the focus. Then the form thanks by name and repeats the number.",
      },
    ],
  },
  empty: {
    title: "Nothing is filled in",
    acts: [
      {
        do: SEND,
        visitor: "A summary lists name and phone number, both fields are marked in red.",
        ...nothing,
      },
      {
        do: "Fill in a name and 0100 with seven digits.",
        visitor: "The marks go while you type.",
      },
      { do: SEND, ...delivered },
    ],
  },
  arabic: {
    title: "Arabic, from right to left",
    acts: [
      {
        do: "Look at the form.",
        visitor:
          "All texts are Arabic and start at the right; the number reads from left to right.",
      },
      { do: SEND, ...delivered },
    ],
  },
  loans: {
    title: "Russian and dark, to the other vendor",
    acts: [
      {
        do: SEND,
        visitor: "The dark form is easy to read. It thanks in Russian.",
        vendor: "Brainysoft has one lead, with firstName and mobilePhone.",
        operator: DELIVERED,
      },
    ],
  },
  duplicate: {
    title: "The vendor knows the number already",
    acts: [
      {
        do: SEND,
        visitor: "The form thanks as always: nobody learns who is a client.",
        vendor: "Nothing new.",
        operator: DELIVERED,
      },
    ],
  },
  refused: {
    title: "The vendor refuses the number",
    acts: [
      {
        do: SEND,
        visitor: "The phone number is marked, with a text that asks for it again. The rest stays.",
        vendor: NONE,
        operator: "One lead, rejected.",
      },
      { do: MEND },
      { do: "Change the last digit of the number." },
      {
        do: SEND,
        visitor: THANKED,
        vendor: ONE,
        operator: "Two leads; the newest is delivered.",
      },
    ],
  },
  slow: {
    title: "The vendor is slow",
    acts: [
      {
        do: "Press the button of the form and count to six.",
        visitor: "After six seconds the form thanks, though the vendor has not answered yet.",
        vendor: ONE,
        operator: "One lead: first sending, then delivered.",
      },
    ],
  },
  later: recovers("The vendor is down", "One lead, queued: it is tried again by itself."),
  doubt: recovers(
    "The vendor’s answer is lost",
    "One lead, queued and in doubt: it may have arrived.",
    { vendor: "One lead arrived, though its answer was lost.", after: "Still one lead." },
  ),
  drift: recovers(
    "The vendor answers with a web page",
    "One lead, held: a person should look whether it arrived.",
  ),
  unexplained: recovers("The vendor refuses without a reason", "One lead, held as unexplained."),
  key: recovers(
    "The vendor refuses our key",
    "One lead, held: key refused. The operator’s page shows the target as blocked.",
  ),
  firewall: recovers("The vendor’s firewall stops the lead", "One lead, held."),
  form_changed: recovers(
    "The vendor’s form asks for one more field",
    "One lead, held: the form has changed. The operator’s page names the key budget.",
  ),
  offline: {
    title: "The visitor is offline",
    acts: [
      {
        do: SEND,
        visitor: "The form says that it will send later, and offers to cancel.",
        ...nothing,
      },
      { do: "Reconnect.", ...delivered, visitor: "Without a press the form thanks." },
    ],
  },
  lost: {
    title: "The proxy cannot be reached",
    acts: [
      {
        do: "Press the button of the form and wait five seconds.",
        visitor: "“Trying again”, then: no connection. What was typed is still there.",
        ...nothing,
      },
      { do: "Reconnect." },
      { do: "Press “Try again”.", ...delivered },
    ],
  },
  unavailable: {
    title: "Nothing may be stored, and the vendor is down",
    acts: [
      {
        do: "Press the button of the form and wait a quarter of a minute.",
        visitor: "The form says that it could not send, and thanks nobody.",
        ...nothing,
      },
      { do: MEND },
      {
        do: "Press “Try again”.",
        visitor: THANKED,
        vendor: ONE,
        operator: "Nothing: this target only relays.",
      },
    ],
  },
  rate_limited: {
    title: "Too many requests",
    acts: [
      {
        do: SEND,
        visitor: "The form says when to try again.",
        ...nothing,
      },
    ],
  },
  origin: {
    title: "A page that is not on the list",
    acts: [
      {
        do: "Press the button of the form and wait five seconds.",
        visitor: "No connection. The console asks whether this page is an origin of the target.",
        ...nothing,
      },
    ],
  },
  unknown_target: {
    title: "A target that does not exist",
    acts: [{ do: SEND, visitor: "The form says that it is not set up correctly.", ...nothing }],
  },
  requests: {
    title: "Requests that no form sends",
    acts: [
      {
        do: "Send the seven requests.",
        visitor: "In the table of answers each one is as wanted.",
        vendor: "One lead: that of the first of two requests with one id.",
      },
    ],
  },
  dead: {
    title: "Refused after the thanks, and corrected",
    acts: [
      WHILE_PAUSED,
      {
        do: "Resume the target. The vendor refuses the number.",
        vendor: NONE,
        operator: "One lead, dead: a person has to look.",
      },
      { do: MEND },
      {
        do: "Correct the number, as after a call to the visitor.",
        vendor: "One lead, with the corrected number.",
        operator: DELIVERED,
      },
    ],
  },
  erased: {
    title: "A visitor asks to be forgotten",
    acts: [
      WHILE_PAUSED,
      { do: "Erase everything of this number.", ...nothing },
      { do: "Resume the target.", ...nothing },
    ],
  },
  quarantined: {
    title: "A robot’s trace",
    acts: [
      {
        do: "The field that people do not see is filled in. Press the button of the form.",
        visitor: "The form thanks as always: a robot learns nothing.",
        vendor: NONE,
        operator: "One lead, quarantined: honeypot.",
      },
      { do: "It was a person after all: release it.", vendor: ONE, operator: DELIVERED },
    ],
  },
  repeat: {
    title: "The same request twice",
    acts: [
      { do: SEND, ...delivered },
      { do: "Press “Send another request”.", visitor: "The form is empty again." },
      { do: "Fill in the very same name and number." },
      { do: SEND, visitor: THANKED, vendor: "Still one lead.", operator: "Still one lead." },
    ],
  },
  routes: {
    title: "One form, two offices",
    acts: [
      {
        do: "The project is one of another office. Press the button of the form.",
        visitor: THANKED,
        vendor: "One lead, with the project.",
        operator: "One lead, delivered by the target qa-north.",
      },
    ],
  },
  test: {
    title: "A test lead",
    acts: [
      {
        do: "Send a test lead.",
        vendor: "No lead: only its check was asked.",
        operator: "One lead, marked as a test; rejected means that all was proved.",
      },
      { do: "Remove it.", ...nothing },
    ],
  },
};

export type StepId = keyof typeof steps;
export type Steps = Readonly<Record<StepId, StepTexts>>;
