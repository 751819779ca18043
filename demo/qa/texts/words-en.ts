/** Owns the English words of QA's page around its steps. Must not say what a step does. */

export const ui = {
  title: "QA list",
  intro:
    "Each step sets up the demo by one button. Do what it says, compare what three people see, and note the result. Half an hour is enough; progress stays in this browser.",
  skip: "Skip to the steps",
  language: "Language",
  progress: "{passed} as described, {failed} not, {open} open",
  copy: "Copy the report",
  copied: "The report is copied.",
  not_copied: "The browser did not let us copy. Select the report below.",
  print: "Print",
  reset: "Start over",
  undo: "Undo",
  was_reset: "All results and notes are removed.",
  set_up: "Set this step up",
  setting_up: "Setting up…",
  is_set_up: "Step {number} is set up.",
  failed_set_up: "The step could not be set up: {reason}",
  no_demo: "The simulated vendors or the receiver do not answer. Start everything with npm start.",
  stage: "The visitor’s page",
  stage_empty: "Set a step up, and its page stands here.",
  to_stage: "To the visitor’s page",
  to_step: "Back to the step",
  visitor: "Visitor",
  vendor: "Vendor",
  operator: "Operator",
  met: "seen by the page, too",
  vendor_holds: "What the vendor holds",
  operator_sees: "What the operator sees",
  last_answer: "Last answer of the proxy",
  none: "Nothing",
  open_operator: "Open the operator’s page",
  copy_token: "Copy its token",
  token_copied: "The token is copied.",
  result: "Result",
  passed: "As described",
  failed: "Not as described",
  open: "Open",
  note: "Note",
  note_hint: "No personal data: notes are part of the report.",
  next: "Next step",
  report: "Report",
  report_title: "Lead Form: QA report",
  version: "Version",
  date: "Date",
  browser: "Browser",
  window: "Window",
  wanted: "Wanted",
  got: "Got",
};

export const buttons = {
  vendor: "Let the vendor work",
  network: "Reconnect",
  requests: "Send the requests",
  replay: "Send again",
  release: "Release",
  erase: "Erase by number",
  pause: "Pause",
  resume: "Resume",
  correct: "Correct the number",
  test: "Send a test lead",
  remove_test: "Remove it",
};

export const chapters = {
  form: "The form",
  vendor: "The vendor’s answers",
  network: "Network and refusals",
  operator: "The operator’s work",
};

export type Ui = Readonly<Record<keyof typeof ui, string>>;
export type Buttons = Readonly<Record<keyof typeof buttons, string>>;
export type Chapters = Readonly<Record<keyof typeof chapters, string>>;
