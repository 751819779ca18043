/**
 * Owns the form at an address of its own: the widget, with its first view in the page. Must not need script: what
 * it prints posts by itself.
 */
import { html, raw } from "hono/html";
import type { Config } from "../config/config.ts";
import type { Target } from "../config/target.ts";
import { TURNSTILE_ORIGIN } from "../http/headers.ts";
import { sayNotOwn } from "../http/reply.ts";
import { CAMPAIGN_FIELDS } from "../shared/contract.ts";
import { CATALOGS } from "../shared/messages/index.ts";
import type { Printer } from "../shared/snippet.ts";
import { asksConsent, plainForm } from "./form.ts";
import { layout } from "./layout.ts";
import type { Html, Look } from "./layout.ts";
import { ownAttributes } from "./own-fields.ts";
import type { Values } from "./own-fields.ts";

/**
 * Reports its height in CSS pixels to a page around it, at each change. The message is the one
 * that AMP understands (amp-iframe, `embed-size`); any page can.
 */
const REPORT_HEIGHT = `if(parent!==self)new ResizeObserver(([{target}])=>parent.postMessage({sentinel:"amp",type:"embed-size",height:Math.ceil(target.getBoundingClientRect().height)},"*")).observe(document.body)`;

/** The widget's parts come from this page's own origin too, under every name of this host. */
const SET_PARTS_ORIGIN = `customElements.whenDefined("lead-form").then(form=>{form.partsOrigin=location.origin})`;

/**
 * Only the browser knows at which address the page is open: a proxy in front may change what the server sees.
 * Said at once, since the form would be refused.
 */
const tellUnlessOwn = ({ publicUrl, ownOrigins }: Own): string =>
  `if(!${JSON.stringify(ownOrigins)}.includes(location.origin)){const note=document.createElement("p");note.lang="en";note.dir="ltr";note.setAttribute("role","alert");note.textContent=${JSON.stringify(sayNotOwn(publicUrl))};document.querySelector("main").prepend(note)}`;

type Own = Pick<Config, "publicUrl" | "ownOrigins">;

/** Turnstile's own script fills this in; it shows nothing without. */
const captchaOf = ({ turnstile }: Target, { lang }: Look): Html | "" =>
  turnstile?.siteKey
    ? html`<div
          slot="captcha"
          class="cf-turnstile"
          data-sitekey="${turnstile.siteKey}"
          ${turnstile.action ? html`data-action="${turnstile.action}"` : ""}
          data-language="${lang}"
        ></div>
        <script src="${TURNSTILE_ORIGIN}/turnstile/v0/api.js" async defer></script>`
    : "";

/** The element's attributes, which its first view is printed by. */
const attributesOf = (look: Look, target: Target, values: Values): Record<string, string> => {
  const projects = target.projects ?? [];
  return {
    // This page's own origin, under every name of this host.
    endpoint: "",
    target: values.get("target") ?? "",
    lang: look.lang,
    theme: look.theme,
    scheme: look.scheme,
    country: target.country,
    required: [...target.required].join(" "),
    projects: projects.join(","),
    project: values.get("project") ?? "",
    consent: asksConsent(target) ? "checkbox" : "none",
    ...ownAttributes(target.definitions, values, projects.length > 0),
  };
};

/** What the address of the page says; the printed form holds the rest by itself. */
const AROUND = ["page", "referrer", ...CAMPAIGN_FIELDS] as const;

/** The widget's own first view, under the page's policy, with what a post without script carries. */
const printedForm = async (
  attributes: Readonly<Record<string, string>>,
  { definitions }: Target,
  { values, nonce }: { values: Values; nonce: string },
  printForm: Printer["form"],
): Promise<Html> => {
  const printed = await printForm(attributes, "");
  const body = printed.indexOf(">", printed.indexOf("<form ")) + 1;
  const head = printed.slice(0, body).replace("<style>", `<style nonce="${nonce}">`);
  const version = definitions.fields.length > 0 ? definitions.version : "";
  const hidden = [
    ...AROUND.map((name) => [name, values.get(name)] as const),
    ["definitions", version] as const,
  ].filter(([, value]) => value);
  return html`${raw(head)}${hidden.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )}${raw(printed.slice(body))}`;
};

/**
 * The blank form: seen with the page, and taken over by the widget without a move. A browser that knows neither
 * scripts nor declarative shadow roots shows the plain form.
 */
export const hostedPage = async (
  look: Look,
  target: Target,
  values: Values,
  { publicUrl, ownOrigins, printForm }: Own & { printForm: Printer["form"] },
): Promise<Html> => {
  const t = CATALOGS[look.lang];
  const page = (content: Html): Html =>
    layout(
      look,
      t.heading,
      content,
      `${REPORT_HEIGHT};${tellUnlessOwn({ publicUrl, ownOrigins })}`,
    );
  const captcha = captchaOf(target, look);
  const plain = plainForm(look, target, values);
  // The widget's list is separated by commas; a name that holds one is chosen in the plain form.
  if (target.projects?.some((name) => name.includes(",")))
    return page(
      html`<h1>${t.heading}</h1>
        ${captcha} ${plain}`,
    );
  const attributes = attributesOf(look, target, values);
  const written = Object.entries(attributes).map(
    ([name, value]) => html`${raw(` ${name}=`)}"${value}"`,
  );
  const printed = await printedForm(attributes, target, { values, nonce: look.nonce }, printForm);
  return page(
    html`<lead-form${written}>${printed}
        <h1 slot="heading">${t.heading}</h1>
        ${captcha}<noscript>${plain}</noscript>
      </lead-form>
      <script nonce="${look.nonce}">
        ${raw(SET_PARTS_ORIGIN)};
      </script>
      <script src="/lead-form.js" async></script>`,
  );
};
