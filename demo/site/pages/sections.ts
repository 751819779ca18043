/** Owns the sections of the front page that state facts: how it works, how small, the promise. Must not measure. */
import { linkFrom } from "../languages.ts";
import type { Language } from "../languages.ts";
import { TEXTS, fill } from "../texts/index.ts";
import type { Texts } from "../texts/index.ts";
import type { Run } from "../figures.ts";
import { drawHow } from "./picture.ts";

export interface Size {
  bytes: number;
  limit: number;
}

export interface FrontFacts {
  /** Of the built scripts, compressed, by file. */
  sizes: Readonly<Record<string, Size>>;
  /** What was measured, by run; none until a run has left something. */
  runs: readonly Run[];
  /** The live form, printed for this language. */
  form: string;
  /** What a page pastes. */
  snippets: Readonly<Record<"tag" | "fast" | "div" | "gtm", string>>;
  /** Pages of the site that are built by others; a link to one that is missing is not printed. */
  pages: ReadonlySet<string>;
}

const BYTES_IN_KB = 1000;
/** As people say it: one digit behind the point, or the comma. */
export const kilobytes = (lang: Language, bytes: number): string =>
  (bytes / BYTES_IN_KB).toLocaleString(`${lang}-u-nu-latn`, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

/** What a browser loads; the sizes of the Worker are the operator's. */
const WHEN: Readonly<Record<string, keyof Texts>> = {
  "lead-form.js": "when_script",
  "lead-form-phone.js": "when_phone",
  "lead-form-extras.js": "when_extras",
  "lead-form-fields.js": "when_fields",
  "lead-form-phone-world.js": "when_world",
  "lead-form.full.js": "when_full",
};

export const renderSizes = (lang: Language, { sizes }: FrontFacts): string => {
  const t = TEXTS[lang];
  const files = Object.entries(sizes).filter(([file]) => Object.hasOwn(WHEN, file));
  const widest = Math.max(...files.map(([, { limit }]) => limit));
  const share = (bytes: number): string => `${((bytes / widest) * 100).toFixed(2)}%`;
  const rows = files.map(([file, { bytes, limit }]) => {
    const said = fill(t.small_bar, kilobytes(lang, bytes), kilobytes(lang, limit));
    const when = WHEN[file];
    return `<tr><th scope="row"><code dir="ltr">${file}</code><span class="when">${when ? t[when] : ""}</span></th>
<td><span class="bar" style="--size:${share(bytes)};--limit:${share(limit)}" title="${said}"></span></td>
<td class="size"><bdi>${fill(t.unit_kb, kilobytes(lang, bytes))}</bdi></td></tr>`;
  });
  return `<section id="small" class="small"><div class="heading"><h2>${t.small_title}</h2><p>${t.small_text}</p></div>
<table class="sizes"><thead><tr><th scope="col">${t.small_file}</th><td></td><th scope="col">${t.small_size}</th></tr></thead><tbody>
${rows.join("\n")}</tbody></table></section>`;
};

export const renderHow = (lang: Language): string => {
  const t = TEXTS[lang];
  const steps = (["page", "proxy", "vendor"] as const).map(
    (name) => `<li><h3>${t[`how_${name}`]}</h3><p>${t[`how_${name}_text`]}</p></li>`,
  );
  return `<section id="how" class="how"><div class="heading"><h2>${t.how_title}</h2><p>${t.how_text}</p></div>
${drawHow(lang)}
<ol class="steps">${steps.join("")}</ol></section>`;
};

const measured = (lang: Language, { date, figures, note }: Run): string => {
  const day = new Intl.DateTimeFormat(`${lang}-u-nu-latn`, { dateStyle: "long", timeZone: "UTC" });
  const list = figures
    .map(({ value, what }) => `<div><dt>${what[lang]}</dt><dd><bdi>${value}</bdi></dd></div>`)
    .join("");
  return `<dl class="figures">${list}</dl><p class="note">${fill(TEXTS[lang].figures_date, day.format(new Date(date)))}${note ? `<br>${note[lang]}` : ""}</p>`;
};

export const renderPromise = (lang: Language, url: string, { runs }: FrontFacts): string => {
  const t = TEXTS[lang];
  const cards = (["kept", "outage", "once", "secret"] as const).map(
    (name) => `<li><h3>${t[`promise_${name}`]}</h3><p>${t[`promise_${name}_text`]}</p></li>`,
  );
  return `<section id="promise" class="promise"><div class="heading"><h2>${t.promise_title}</h2><p>${t.promise_text}</p></div>
<ul class="cards">${cards.join("")}</ul>
${runs.length > 0 ? `<h3 class="measured">${t.figures_title}</h3>${runs.map((run) => measured(lang, run)).join("")}` : ""}
<p><a class="more" href="${linkFrom(url, "/docs/proxy/#the-promise-in-plain-words")}">${t.promise_more}</a></p></section>`;
};
