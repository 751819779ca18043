/** Owns the warnings for the page's developer, on the console. Must not show what a visitor typed. */
import type { AttributesElement } from "../element/attributes.ts";
import { REST_OF_PAGE } from "../element/unclosed-tag.ts";
import type { Failure } from "../sending/send.ts";

/** Attributes of one word: none of them begins or ends with a quotation mark. */
const WORDS =
  "target endpoint fields required country countries lang dir theme scheme consent presentation attribution";

const QUOTES = /^["'`\u00AB\u00BB\u2018-\u201F\u2033]+|["'`\u00AB\u00BB\u2018-\u201F\u2033]+$/g;

/** A word processor makes `target=“sakneen”` of the snippet, and the marks become part of the value. */
const unquote = (form: AttributesElement): void => {
  for (const name of WORDS.split(" ")) {
    const value = form.getAttribute(name) ?? "";
    const bare = value.replace(QUOTES, "");
    if (bare === value) continue;
    form.setAttribute(name, bare);
    console.warn(`[lead-form] ${name}=${value} is read as ${name}="${bare}"`);
  }
};

/** What was swallowed has the width of the page, and is there while a dialog is closed. */
const showSwallowed = (form: AttributesElement): void => {
  console.error("[lead-form] is not closed: write </lead-form>, not />", form);
  const display = form.presentation === "dialog" ? "contents" : "block";
  Object.assign(form.style, { maxInlineSize: "none", display });
};

const warned = new WeakSet<AttributesElement>();

export const warn = (form: AttributesElement): void => {
  unquote(form);
  if (warned.has(form)) return;
  warned.add(form);
  if (!form.target) console.error("[lead-form] no target", form);
  if (form.querySelector(REST_OF_PAGE)) showSwallowed(form);
};

const hinted = new WeakSet<Failure>();

/** A refused origin looks like no connection from here. */
export const hintAt = (form: AttributesElement, failure: Failure): void => {
  if (hinted.has(failure) || failure.code !== "network" || !navigator.onLine) return;
  hinted.add(failure);
  console.warn(`[lead-form] Is ${location.origin} an origin of "${form.target}"?`);
};
