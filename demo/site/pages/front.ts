/** Owns the front page: what it is, the live form, and what happens to its lead. Must not run in a browser. */
import { escapeText } from "../html.ts";
import type { Language } from "../languages.ts";
import { TEXTS, fill } from "../texts/index.ts";
import { kilobytes, renderHow, renderPromise, renderSizes } from "./sections.ts";
import type { FrontFacts } from "./sections.ts";
import { renderNext, renderUse } from "./use.ts";

const check =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="m4 10.5 4 4 8-9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>';

const hero = (lang: Language, { sizes, form }: FrontFacts): string => {
  const t = TEXTS[lang];
  const size = kilobytes(lang, sizes["lead-form.js"]?.bytes ?? 0);
  const facts = [fill(t.fact_size, size), t.fact_languages, t.fact_access, t.fact_privacy];
  return `<section class="hero"><div class="words">
<p class="eyebrow">${t.eyebrow}</p>
<h1>${t.headline}</h1>
<p class="intro">${fill(t.intro, size)}</p>
<p class="actions"><a class="button" href="#use">${t.start}</a><a class="button quiet" href="#journey">${t.follow}</a></p>
<ul class="facts">${facts.map((fact) => `<li>${check}${fact}</li>`).join("")}</ul>
</div>
<div class="live">
<h2 class="unseen">${t.live_label}</h2>
<div class="stage">${form}</div>
<p class="note">${t.live_note} <a href="#journey">${t.follow}</a></p>
<noscript><p class="note">${t.live_noscript}</p></noscript>
</div></section>`;
};

const column = (name: "sent" | "kept" | "got", title: string, empty: string): string =>
  `<section class="stop" data-stop="${name}"><h3>${title}</h3><p class="empty">${empty}</p><div class="found" hidden></div></section>`;

/** What the page's script writes, for it knows no language. */
const WORDS = [
  "answered",
  "vendor_answers",
  "nothing_yet",
  "fields_hidden",
  "state_sending",
  "state_delivered",
  "state_rejected",
  "state_waiting",
] as const;

const journey = (lang: Language): string => {
  const t = TEXTS[lang];
  const words = WORDS.map((name) => `data-${name.replaceAll("_", "-")}="${escapeText(t[name])}"`);
  const choice = (value: string, text: string, isOn = false): string =>
    `<label><input type="radio" name="vendor" value="${value}"${isOn ? " checked" : ""}><span>${text}</span></label>`;
  return `<section id="journey" class="journey" ${words.join(" ")}>
<div class="heading"><h2>${t.journey_title}</h2><p>${t.journey_text}</p></div>
<form class="vendor"><fieldset disabled><legend>${t.vendor}</legend><div class="segments">
${choice("ok", t.vendor_ok, true)}${choice("unavailable_503", t.vendor_down)}${choice("bad_key", t.vendor_key)}
</div></fieldset></form>
<div class="stops">${column("sent", t.sent, t.sent_empty)}${column("kept", t.kept, t.kept_empty)}${column("got", t.got, t.got_empty)}</div>
<p class="unseen" role="status" data-said></p>
</section>`;
};

export const renderFront = (lang: Language, url: string, facts: FrontFacts): string =>
  [
    hero(lang, facts),
    journey(lang),
    renderHow(lang),
    renderSizes(lang, facts),
    renderPromise(lang, url, facts),
    renderUse(lang, url, facts),
    renderNext(lang, url, facts),
  ].join("\n");
