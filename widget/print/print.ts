/**
 * Owns the form as text, for any attributes: the element's own first view, visible before a script and
 * usable without. Must not touch a document: commands, servers and pages print by it.
 */
import { LEADS_PATH, OWN_PREFIX } from "../../proxy/shared/contract.ts";
import type { OwnField } from "../../proxy/shared/own-fields.ts";
import { ATTRIBUTE_DEFAULTS } from "../element/attributes.ts";
import type { View } from "../element/view/model.ts";
import { elementView } from "../element/view/view.ts";
import type { FormValues } from "../fields/controls.ts";
import { orderFields } from "../fields/fields.ts";
import { findLocale } from "../i18n/localize.ts";
import { extras } from "../lazy/extras.ts";
import { END } from "../essentials/take-over.ts";
import { ownFields } from "../lazy/own-fields.ts";
import { essentials } from "../lazy/essentials.ts";
import type { Attributes } from "../own-fields/controls.ts";
import { definitionsOf } from "../own-fields/definitions.ts";
import { fieldView } from "../own-fields/view.ts";
import { escapeText, escapeValue, Markup, toText } from "./render.ts";
import { printStyles } from "./styles.ts";
import { type Given, type PrintedForm, toForm, toView } from "./view.ts";

/** Each own field that the form shows, and what it holds from the beginning. */
const presetsOf = (given: Given, fields: readonly OwnField[]): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ name, type, min }) => {
      const preset = given[`field-${name}`] || (type === "range" && String(min ?? ""));
      return preset ? [[OWN_PREFIX + name, preset]] : [];
    }),
  );

/** A control of an own field as text, with the value that it begins with. */
const printControl =
  (values: FormValues) =>
  (
    _: unknown,
    tag: string,
    given: Attributes,
    options: readonly (readonly [value: string, text: string])[] = [],
  ) => {
    const value = values[String(given["name"])] ?? "";
    const isTick = given["type"] === "radio" || given["type"] === "checkbox";
    const isOn = given["type"] === "radio" ? value === given["value"] : !/^(0|false)?$/.test(value);
    const all = {
      ...given,
      ...(isTick ? { checked: isOn && "checked" } : tag === "input" && { value }),
    };
    const written = Object.entries(all)
      .filter(([, text]) => text || text === 0)
      .map(([name, text]) => ` ${name}="${escapeValue(String(text))}"`)
      .join("");
    const inside = options
      .map(
        ([each, text]) =>
          `<option value="${escapeValue(each)}"${each === value && value ? " selected" : ""}>${escapeText(text)}</option>`,
      )
      .join("");
    if (tag === "input") return new Markup(`<input${written}>`);
    return new Markup(
      `<${tag}${written}>${tag === "textarea" ? escapeValue(value) : inside}</${tag}>`,
    );
  };

/** The first view of a page where no part is loaded yet; own fields are drawn all the same. */
const draw = (view: View): string => {
  const loaded = [extras.part, essentials.part, ownFields.part] as const;
  extras.part = essentials.part = undefined;
  const print = printControl(view.values);
  ownFields.part = {
    describe: () => "",
    fieldView: (...[html, shown, name, error, optional]: Parameters<typeof fieldView>) =>
      fieldView(html, shown, name, error, optional, print),
  } as unknown as typeof ownFields.part;
  try {
    return toText(elementView(view));
  } finally {
    [extras.part, essentials.part, ownFields.part] = loaded;
  }
};

/** A list of projects begins with the one that the page names, as the script would send it. */
const choose = (body: string, form: PrintedForm): string => {
  const option = `>${escapeText(form.project)}</option>`;
  return form.project && form.projects
    ? body.replace(`<option${option}`, () => `<option selected${option}`)
    : body;
};

/** What the script would add to a lead, for a form that posts without it. */
const hiddenFields = (form: PrintedForm, given: Given, own: Record<string, string>): string => {
  const fields: Record<string, string> = {
    target: form.target,
    lang: findLocale(given["lang"] ?? ""),
    country: form.country.toUpperCase(),
    project: orderFields(form.fields, form.projects).includes("project") ? "" : form.project,
    consent_version: form.consentVersion,
    theme: form.theme,
    scheme: form.scheme === ATTRIBUTE_DEFAULTS.scheme ? "" : form.scheme,
    ...own,
  };
  return Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeValue(value)}">`)
    .join("");
};

/** Settled once the form's own fields are known; a text that is no JSON has none. */
const readDefinitions = async (form: PrintedForm): Promise<readonly OwnField[]> => {
  try {
    JSON.parse(form.definitions);
  } catch {
    return [];
  }
  await new Promise<void>((resolve) => {
    if (definitionsOf(form, resolve)) resolve();
  });
  return definitionsOf(form)?.fields ?? [];
};

/**
 * The template that stands inside `<lead-form>`; "" for a form that is not seen at first, a dialog's.
 * @param origin of the proxy, where the attributes name none
 */
export const printForm = async (given: Given, origin: string): Promise<string> => {
  const form = toForm({ endpoint: origin, ...given });
  if (!form.target || form.presentation === "dialog") return "";
  const fields = await readDefinitions(form);
  const presets = presetsOf(given, fields);
  const isHidden = ({ type }: OwnField) => type === "hidden";
  const hidden = fields.filter(isHidden).map(({ name }) => OWN_PREFIX + name);
  const split = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(presets).filter(([name]) => hidden.includes(name) === wanted),
    );
  const action = form.endpoint.replace(/\/$/, "") + LEADS_PATH;
  const posting = `<form method="post" action="${escapeValue(action)}"`;
  const drawn = draw(toView(form, given, split(false))).replace(/> +(?=<[a-z/])/g, ">");
  const body = choose(drawn, form).replace(
    /<form([^>]*>)/,
    (_, rest: string) => `${posting}${rest}${hiddenFields(form, given, split(true))}`,
  );
  return `<template shadowrootmode="open"><style>${printStyles(body, form)}</style>${body}<${END} hidden></template>`;
};
