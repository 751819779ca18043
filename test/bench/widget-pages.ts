/**
 * Owns the pages that the benchmark of the widget compares: one page of text, alone and with a form of each
 * kind. Must not measure.
 *
 * Each form asks for a name, a phone number and an e-mail address, and says what is wrong.
 */
import { printer } from "../../widget/print/index.ts";
import { fastMarkup, plainMarkup } from "../../proxy/shared/snippet.ts";
import type { MarkupAttribute } from "../../proxy/shared/snippet.ts";

export const SUBJECTS = [
  "page alone",
  "plain HTML",
  "hand-written element",
  "one tag",
  "fast snippet",
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Each is in the page, or in an open shadow root of one of these. */
export const HOSTS = "lead-form,hand-form";

const ATTRIBUTES: readonly MarkupAttribute[] = [
  ["target", "tower"],
  ["lang", "en"],
  ["country", "EG"],
];

const STYLE =
  "form{box-sizing:border-box;display:grid;gap:1.25rem;max-width:30rem;padding:1.5rem;border:1px solid #d5d9e2;" +
  "border-radius:12px;font:1rem/1.5 sans-serif}h2,p{margin:0}label{display:grid;gap:.375rem;font-weight:600}" +
  "input,button{box-sizing:border-box;min-height:3rem;padding:0 .75rem;border:1px solid #767d8d;border-radius:8px;font:inherit}" +
  "button{background:#1f56d8;color:#fff;border:0;font-weight:600}.error{color:#b3261e;font-weight:400}";

const FIELDS =
  "<h2>Request a call</h2>" +
  '<label>Name<input name="name" autocomplete="name" required></label>' +
  '<label>Phone<input name="phone" type="tel" autocomplete="tel" required></label>' +
  '<label>E-mail<input name="email" type="email" autocomplete="email"></label>' +
  '<input type="hidden" name="target" value="tower"><button>Send</button>';

/** What a developer writes in an hour: one pattern for every number, no retry, one language. */
export const HAND_WRITTEN = `customElements.define("hand-form", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = \`<style>${STYLE}</style><form novalidate>${FIELDS}<p role="status"></p></form>\`;
    const form = root.querySelector("form");
    const status = root.querySelector("[role=status]");
    const checks = {
      name: (value) => value.trim() ? "" : "Please enter your name.",
      phone: (value) => /^\\+?[\\d\\s().-]{7,20}$/.test(value) ? "" : "Please enter a phone number.",
      email: (value) => !value || /^\\S+@\\S+\\.\\S+$/.test(value) ? "" : "Please check the address.",
    };
    const check = (input) => {
      const text = checks[input.name]?.(input.value) ?? "";
      let error = input.parentElement.querySelector(".error");
      if (text && !error) input.after(error = Object.assign(document.createElement("span"), { className: "error" }));
      if (error) error.textContent = text;
      input.setAttribute("aria-invalid", String(Boolean(text)));
      return !text;
    };
    form.addEventListener("focusout", ({ target }) => target.value && check(target));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = [...form.elements].filter((input) => input.name && !check(input));
      if (wrong.length > 0) return wrong[0].focus();
      status.textContent = "Sending";
      try {
        const answer = await fetch("/v1/leads", { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        form.innerHTML = "<h2>Thank you</h2><p>We will call you soon.</p>";
      } catch {
        status.textContent = "This could not be sent. Please try again.";
      }
    });
  }
});
`;

const TEXT =
  "Two hundred and twelve homes between the river and the old town, from the eighth floor upwards, " +
  "with a garden on every fourth storey and a school within the same block. ";

/** Its title is the largest text, so that no form is what the browser takes for the page's content. */
const around = (form: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tower</title><link rel="icon" href="data:,">
<style>body{margin:0 auto;padding:1rem;max-width:60rem;font:1rem/1.5 sans-serif}h1{font-size:2.5rem;line-height:1.2}</style></head>
<body><h1>A tower for those who want to see where the city ends and the desert begins</h1>
<p>${TEXT}</p>${form}<p>${TEXT.repeat(2)}</p><p>${TEXT}</p></body></html>`;

const SCRIPT = /<script[^>]*><\/script>\n/;
const PLACE = /<style>lead-form[^]*?<\/style>\n/;

/** The script and the style once, the tags as often as there are forms. */
const repeat = (markup: string, forms: number): string => {
  const once = (PLACE.exec(markup)?.[0] ?? "") + (SCRIPT.exec(markup)?.[0] ?? "");
  return once + markup.replace(PLACE, "").replace(SCRIPT, "").repeat(forms);
};

/** @param origin that serves the page, the scripts and the proxy's answer */
export const pageOf = async (subject: Subject, origin: string, forms = 1): Promise<string> => {
  const options = { origin };
  switch (subject) {
    case "page alone":
      return around("");
    case "plain HTML":
      return around(
        `<style>${STYLE}</style>${`<form method="post" action="/v1/leads">${FIELDS}</form>`.repeat(forms)}`,
      );
    case "hand-written element":
      return around(
        repeat('<script src="/hand-written.js" async></script>\n<hand-form></hand-form>', forms),
      );
    case "one tag":
      return around(repeat(plainMarkup(ATTRIBUTES, options, printer), forms));
    case "fast snippet":
      return around(repeat(await fastMarkup(ATTRIBUTES, options, printer), forms));
  }
};
