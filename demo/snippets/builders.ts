/** Owns the snippets for places that drop unknown elements or scripts, and the hosted form. Must not touch the DOM. */
import { CATALOGS } from "../../proxy/shared/messages/index.ts";
import { quote } from "../../proxy/shared/snippet.ts";
import type { MarkupAttribute } from "../../proxy/shared/snippet.ts";
import { ALIAS_ATTRIBUTES } from "../../widget/element/attributes.ts";
import { attributesOf, hostedAddress, listener, styleOf } from "./form.ts";
import type { Form, Kind } from "./form.ts";

const PRESET = "field-";

export const isCarried = (name: string): boolean =>
  ALIAS_ATTRIBUTES.includes(name) || name.startsWith(PRESET);

/** What of a form an alias, a shortcode or a block cannot say. */
export const leftOf = (form: Form, carries: readonly string[] = []): string[] => [
  ...form.attributes.map(([name]) => name).filter((name) => !isCarried(name)),
  ...(carries.includes("style") ? [] : (form.properties ?? []).map(([name]) => name)),
  ...(form.slots ?? []).filter(([name]) => name).map(([name]) => `slot="${name}"`),
  ...(form.listens && !carries.includes("listener") ? ["lead-form-success"] : []),
];

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const dataAttributes = (form: Form): string =>
  attributesOf(form)
    .filter(([name, value]) => value !== true && isCarried(name))
    .map(([name, value]) => ` data-${name}=${quote(String(value))}`)
    .join("");

const scriptTag = ({ origin }: Form): string =>
  `<script src="${origin}/lead-form.js" async></script>`;

const headingOf = ({ attributes, lang = "en" }: Form): string =>
  String(attributes.find(([name]) => name === "heading")?.[1] ?? CATALOGS[lang].heading);

/** A link, where nothing else is asked for: it leads on without the script. */
const fallback = (form: Form, attributes = ""): string =>
  `<a${attributes} href=${quote(hostedAddress(form))}>${escaped(
    form.slots?.find(([name]) => !name)?.[1] ?? headingOf(form),
  )}</a>`;

/** The form appears inside. */
export const div: Kind = {
  language: "html",
  print: (form) => {
    const style = styleOf(form);
    return {
      text: `${scriptTag(form)}
<div data-lead-form${dataAttributes(form)}${style && ` style=${quote(style)}`}>${fallback(form)}</div>${listener(form)}`,
      left: leftOf(form, ["style", "listener"]),
    };
  },
};

/** It opens a dialog, and leads to the hosted form without the script. */
export const link: Kind = {
  language: "html",
  print: (form) => ({
    text: `${scriptTag(form)}
${fallback(form, ` data-lead-form${dataAttributes(form)}`)}${listener(form)}`,
    left: leftOf(form, ["listener"]),
  }),
};

/** What the hosted form reads from its address. */
const IN_ADDRESS = ["project", "theme", "scheme", "lang"];

/** A link without any script: for a message, a poster, a QR code. */
export const hosted: Kind = {
  language: "text",
  print: (form) => {
    const address = new URL(hostedAddress(form));
    const isRead = ([name]: MarkupAttribute): boolean =>
      IN_ADDRESS.includes(name) || name.startsWith(PRESET);
    for (const [name, value] of form.attributes.filter(isRead))
      address.searchParams.set(
        name.startsWith(PRESET) ? `x_${name.slice(PRESET.length)}` : name,
        String(value),
      );
    return {
      text: address.href,
      left: [
        // The target's own settings say the rest: its fields, its country, its consent.
        ...form.attributes
          .filter((attribute) => !isRead(attribute) && attribute[0] !== "target")
          .map(([name]) => name)
          .filter((name) => name !== "country" && name !== "fields"),
        ...(form.properties ?? []).map(([name]) => name),
        ...(form.slots ?? []).filter(([name]) => name).map(([name]) => `slot="${name}"`),
        ...(form.listens ? ["lead-form-success"] : []),
      ],
    };
  },
};
