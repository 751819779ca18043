/** Owns the snippets for a page's own HTML and for a tag manager. Must not touch the DOM. */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import { fastMarkup, plainMarkup } from "../../proxy/shared/snippet.ts";
import { attributesOf, listener, markupAttributes, slotLines, slotMarkup, whole } from "./form.ts";
import type { Form, Kind } from "./form.ts";

/** One tag, and a style that keeps its place. */
export const script: Kind = {
  language: "html",
  print: (form, printer) =>
    whole(plainMarkup(markupAttributes(form), form, printer, slotMarkup(form)) + listener(form)),
};

/** The tag with the form inside. A print is in one language, which it therefore names. */
export const fast: Kind = {
  language: "html",
  print: async (form, printer) => {
    const [first] = LANGUAGES;
    const { lang = first } = form;
    const named: Form = {
      ...form,
      lang,
      attributes: form.lang ? form.attributes : [...form.attributes, ["lang", lang]],
    };
    const markup = await fastMarkup(markupAttributes(named), named, printer, slotMarkup(named));
    return whole(markup + listener(named));
  },
};

/** Of a script inside of a page: nothing in it may look like its end. */
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll("<", "\\u003c").replaceAll("\n", "\n    ");

/** A Custom HTML tag is checked as ES5, and its nodes are made anew: all is done by script. */
export const gtm: Kind = {
  language: "html",
  print: (form) => {
    const attributes = Object.fromEntries(
      attributesOf(form).map(([name, value]) => [name, value === true ? "" : value]),
    );
    const lines = slotLines(form);
    return whole(`<script>
  (function () {
    // Where the form stands: the place of your page.
    var place = document.querySelector("main") || document.body;
    var attributes = ${literal(attributes)};
    var form = document.createElement("lead-form");
    for (var name in attributes) form.setAttribute(name, attributes[name]);
${(form.properties ?? [])
  .map(([name, value]) => `    form.style.setProperty(${literal(name)}, ${literal(value)});\n`)
  .join("")}${lines.length > 0 ? `    form.innerHTML = ${literal(lines.join(""))};\n` : ""}${
      form.listens
        ? `    form.addEventListener("lead-form-success", function (event) {
      console.log("lead", event.detail.receipt);
    });\n`
        : ""
    }    place.appendChild(form);
    var script = document.createElement("script");
    script.src = ${literal(`${form.origin}/lead-form.js`)};
    document.head.appendChild(script);
  })();
</script>`);
  },
};
