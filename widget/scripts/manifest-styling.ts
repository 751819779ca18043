/** Owns the description of slots, parts, states and CSS properties. Must not be part of a script. */

export interface Entry {
  name: string;
  description: string;
}

export const slots: Entry[] = [
  {
    name: "",
    description: "What is there before or without the script; hidden once the form works.",
  },
  { name: "heading", description: "Instead of the heading." },
  { name: "description", description: "Below the heading." },
  { name: "before-fields", description: "Above the fields." },
  { name: "after-fields", description: "Below the fields." },
  { name: "consent", description: "Instead of the words of the consent." },
  { name: "captcha", description: "Above the button." },
  { name: "success", description: "Instead of the text after success." },
  { name: "footer", description: "Below everything, in every state." },
];

export const cssParts: Entry[] = [
  { name: "base", description: "The surface." },
  { name: "form", description: "The form, a grid." },
  { name: "heading", description: "The heading." },
  { name: "description", description: "The slot below it." },
  { name: "field", description: "Label, error, control and hint of one field." },
  { name: "label", description: "A label." },
  { name: "hint", description: "The phone number as it was understood." },
  {
    name: "input",
    description: "A control; with it `name`, `phone`, `email` or `project` for a text field.",
  },
  { name: "phone", description: "The phone number's control." },
  { name: "country", description: "The country select's face." },
  { name: "error", description: "A message at its field." },
  { name: "summary", description: "The list of what is wrong, and the failure." },
  { name: "consent", description: "Notice or box with its words; also the box itself." },
  { name: "submit", description: "The button." },
  { name: "spinner", description: "Turns in the button while sending." },
  { name: "status", description: "The line that tells of retries and a lost connection." },
  { name: "success", description: "The thanks." },
  { name: "dialog", description: "The dialog." },
  { name: "close", description: "Its close button." },
];

export const cssStates: Entry[] = [
  { name: "sending", description: "A lead is on its way." },
  { name: "accepted", description: "It has arrived." },
  { name: "error", description: "It has not, and the visitor can try again." },
  { name: "offline", description: "There is no connection to send it on." },
];

export const cssProperties: Entry[] = [
  { name: "--lead-form-accent", description: "Button, links, focus ring." },
  {
    name: "--lead-form-on-accent",
    description: "Text on the button; by default white or black, whichever can be read.",
  },
  { name: "--lead-form-surface", description: "Ground of the form." },
  { name: "--lead-form-field", description: "Ground of a control." },
  { name: "--lead-form-text", description: "Text." },
  { name: "--lead-form-muted", description: "Hints and what is optional." },
  { name: "--lead-form-border", description: "Borders of controls." },
  { name: "--lead-form-error", description: "Errors." },
  { name: "--lead-form-success", description: "Thanks." },
  {
    name: "--lead-form-radius",
    description: "Corners of controls; the surface's are 1.6 times as round.",
  },
  { name: "--lead-form-gap", description: "Between fields." },
  { name: "--lead-form-font", description: "Font family; by default the page's." },
];
