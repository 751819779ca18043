/**
 * Owns the two dialogs: a question before a move that cannot be undone, and one lead with its
 * fields. Must not draw outside them.
 */
import { ask, explain, ownFieldsOf } from "./api.js";
import { amount, byId, clock, fieldWords, h, leadInputs, reasonWords, setError } from "./dom.js";
import { labelOf, ownControl, wordsOf } from "./own.js";

/** Resolves to whether the person said yes. The harmless button has the focus. */
export const confirmed = ({ title, text, yes }) => {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
};

const field = (lead, { name, label, type, dir }) => {
  const error = h("p", { id: `lead-${name}-error`, class: "error", hidden: true });
  const input = h("input", {
    id: `lead-${name}`,
    name,
    type,
    dir,
    autocomplete: "off",
    value: lead[name] ?? "",
  });
  const view = h("div", { class: "field" }, h("label", { for: input.id }, label), error, input);
  return { name, input, error, view, read: () => input.value };
};

/** Those of every form, then the target's own: as they are, and how each is read. */
const controlsOf = (lead, own) => {
  const controls = [
    ...leadInputs.map((known) => field(lead, known)),
    ...own.map((known) => ownControl(lead, known)),
  ];
  for (const { name, input, error } of controls) {
    const code = lead.fields?.[name];
    if (code) setError(input, error, `The vendor says: ${fieldWords(code)}`);
  }
  return controls.map((control) => ({ ...control, before: control.read() }));
};

/** Own fields that stand in no control: all of a settled lead, and those that the settings hold no more. */
const ownFacts = (lead, own) => {
  const known = new Map(own.map((field) => [`x_${field.name}`, field]));
  return Object.entries(lead)
    .filter(([name]) => name.startsWith("x_") && (lead.payload !== "open" || !known.has(name)))
    .map(([name, value]) => {
      const field = known.get(name);
      return field && value ? [labelOf(field), wordsOf(field, value)] : [name, value];
    });
};

const consentWords = ({ consent, consent_version }) => {
  if (consent) return `given, version ${consent}`;
  return consent_version ? `not given, version ${consent_version}` : "not given";
};

const facts = (lead, own) => {
  const entries = [
    ["Received", clock(lead.created_at)],
    ["Tries", String(lead.attempts)],
    ["May have arrived", lead.in_doubt ? "yes" : "no"],
    ["Delivered", lead.delivered_at && clock(lead.delivered_at)],
    ["The vendor's id", lead.vendor_ref],
    // What the vendor has no place for outlives the rest; while the lead is open it stands in a field.
    ...(lead.payload === "open" ? [] : leadInputs.map(({ name, label }) => [label, lead[name]])),
    ...ownFacts(lead, own),
    ["Language", lead.lang],
    ["Consent", consentWords(lead)],
    ...Object.entries(lead.attribution ?? {}),
    ["Came in by", lead.entered_by],
    ["Receipt", lead.id],
    ["Receipts of its repeats", lead.folded.join(" ")],
  ];
  return h(
    "details",
    {},
    h("summary", {}, "More about it"),
    h(
      "dl",
      {},
      entries
        .filter(([, value]) => value)
        .map(([name, value]) => [h("dt", {}, name), h("dd", { dir: "auto" }, value)]),
    ),
  );
};

const UNREADABLE = {
  gone: "It is settled, and its content is destroyed. What is still known of it stands below.",
  key_missing: "The key that it was sealed with is missing: put it back into LEDGER_KEYS.",
  tampered: "It was changed from outside and cannot be read.",
};

/**
 * Shows a lead and lets a person correct it.
 * @param vendorOf the vendor's name of a target
 * @param done gets the result in words
 */
export const openLead = async (id, vendorOf, done) => {
  const dialog = byId("lead");
  const answer = await ask("GET", `/leads/${id}`);
  if (!answer.ok) return done(explain(answer));
  const lead = answer.body;
  const own = await ownFieldsOf(lead.target);
  const close = h("button", { type: "button", onclick: () => dialog.close() }, "Close");
  const { what } = reasonWords(lead.reason, vendorOf(lead.target), lead.vendor_key);
  const head = [
    h("h2", { id: "lead-title" }, `Lead for ${lead.target}`),
    h("p", { class: "muted" }, lead.reason ? `${what}.` : `It is ${lead.state}.`),
  ];
  if (lead.payload !== "open") {
    const text = h("p", {}, UNREADABLE[lead.payload] ?? "It cannot be read.");
    dialog.replaceChildren(
      ...head,
      text,
      facts(lead, own),
      h("div", { class: "actions end" }, close),
    );
    return dialog.showModal();
  }

  const fields = controlsOf(lead, own);
  const tick = h("input", { type: "checkbox", id: "lead-phone-confirmed" });
  const confirm = h("label", { class: "tick", hidden: true }, tick, "The number is right as it is");
  const problem = h("p", { class: "error", role: "alert", hidden: true });
  const save = h("button", { class: "primary", "data-needs": "replay" }, "Save and send");

  const submit = async (event) => {
    event.preventDefault();
    save.disabled = true;
    // An own field that nobody touched may hold what its settings would not take today.
    const named = fields.filter(
      ({ name, read, before }) => !name.startsWith("x_") || read() !== before,
    );
    const values = Object.fromEntries(named.map(({ name, read }) => [name, read()]));
    if (tick.checked) values.phone_confirmed = "1";
    const result = await ask("PATCH", `/leads/${id}`, values);
    save.disabled = false;
    if (result.ok) {
      dialog.close();
      return done("Saved. The lead is on its way.");
    }
    const wrong = result.body.fields ?? {};
    for (const { name, input, error } of fields)
      setError(input, error, wrong[name] ? fieldWords(wrong[name]) : "");
    confirm.hidden = wrong.phone !== "phone_unlikely";
    const first = fields.find(({ name }) => wrong[name]);
    problem.hidden = Boolean(first);
    problem.textContent = first ? "" : explain(result);
    first?.input.focus();
  };
  const form = h(
    "form",
    { onsubmit: submit, novalidate: true },
    fields.flatMap(({ name, view }) => (name === "phone" ? [view, confirm] : [view])),
    facts(lead, own),
    problem,
    h("div", { class: "actions end" }, close, save),
  );
  dialog.replaceChildren(...head, form);
  dialog.showModal();
};

export const eraseQuestion = (phone) => ({
  title: "Erase this person?",
  text: `Everything stored for ${phone} is destroyed, waiting leads included. This cannot be undone.`,
  yes: "Erase",
});

export const erasedWords = ({ erased, unsearched = [] }) => {
  if (erased > 0) return `${amount(erased)} erased.`;
  return unsearched.length > 0 ? "Nothing was erased." : "Nothing was stored for this number.";
};

const list = new Intl.ListFormat("en");

/** What an erasure leaves to be done; empty if that is nothing. */
export const unsearchedWords = ({ unsearched = [] }) =>
  unsearched.length === 0
    ? ""
    : `The leads of ${list.format(unsearched)} could not be searched: a setting is faulty, a key is missing, the storage does not answer, or this token does not see them. Correct it and erase again.`;
