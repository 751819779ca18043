/** Owns the picture of how it works: page, proxy, CRM, and an outage; wide, and tall for a phone. Must not hold its words. */
import { escapeText } from "../html.ts";
import { toImage } from "../image.ts";
import type { Language } from "../languages.ts";
import { TEXTS } from "../texts/index.ts";
import type { Texts } from "../texts/index.ts";

const BOX = { width: 190, height: 150 };

const page = `<rect x="20" y="20" width="150" height="12" rx="6" class="soft"/><rect x="20" y="44" width="96" height="9" rx="4.5" class="soft"/><rect x="20" y="64" width="150" height="18" rx="5" class="field"/><rect x="20" y="90" width="150" height="18" rx="5" class="field"/><rect x="20" y="116" width="150" height="18" rx="5" class="fill"/>`;

/** A store of sealed boxes. */
const proxy = [24, 62, 100]
  .map(
    (y, i) =>
      `<rect x="21" y="${y}" width="148" height="28" rx="6" class="field"/><circle cx="39" cy="${y + 14}" r="5" class="fill"/><rect x="55" y="${y + 10}" width="${84 - i * 16}" height="8" rx="4" class="soft"/>`,
  )
  .join("");

const vendor = `<circle cx="44" cy="48" r="16" class="soft"/><rect x="72" y="36" width="94" height="9" rx="4.5" class="soft"/><rect x="72" y="52" width="64" height="9" rx="4.5" class="soft"/><circle cx="44" cy="102" r="16" class="fill"/><path d="m37 102 5 5 9-11" class="tick"/><rect x="72" y="90" width="94" height="9" rx="4.5" class="soft"/><rect x="72" y="106" width="78" height="9" rx="4.5" class="soft"/>`;

const LOOK = `<style>
.box{fill:var(--raised);stroke:var(--line);stroke-width:1.5}
.soft{fill:var(--line)}
.field{fill:var(--soft);stroke:var(--strong-line)}
.fill{fill:var(--accent)}
.line,.wait,.tip,.tick{fill:none;stroke:var(--accent);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.wait{stroke:var(--wait);stroke-dasharray:5 7}
.tick{stroke:var(--on-accent);stroke-width:3}
.name{fill:var(--ink);font-size:18px;font-weight:650}
.note{fill:var(--muted);font-size:15px}
.tall .note{font-size:17px}
</style>`;

const INSIDES = [page, proxy, vendor];

type Point = readonly [x: number, y: number];

/** Where everything is, as it would be in a language that is written from the left. */
interface Plan {
  kind: "wide" | "tall";
  size: Point;
  /** The corners of the three boxes. */
  boxes: readonly Point[];
  arrows: readonly (readonly [Point, Point])[];
  /** Of the boxes' names, the arrows' words and the outage's, in the middle or at the beginning of the text. */
  names: readonly Point[];
  words: readonly Point[];
  anchor: "middle" | "start";
  /** The way of a lead that waits: from, two handles, to. */
  wait: readonly [Point, Point, Point, Point];
}

const WIDE: Plan = {
  kind: "wide",
  size: [960, 300],
  boxes: [
    [5, 30],
    [385, 30],
    [765, 30],
  ],
  arrows: [
    [
      [205, 105],
      [377, 105],
    ],
    [
      [585, 105],
      [757, 105],
    ],
  ],
  names: [
    [100, 208],
    [480, 208],
    [860, 208],
  ],
  words: [
    [290, 89],
    [670, 89],
    [670, 288],
  ],
  anchor: "middle",
  wait: [
    [530, 216],
    [530, 280],
    [810, 280],
    [810, 222],
  ],
};

const TALL: Plan = {
  kind: "tall",
  size: [330, 720],
  boxes: [
    [70, 5],
    [70, 275],
    [70, 545],
  ],
  arrows: [
    [
      [165, 192],
      [165, 264],
    ],
    [
      [165, 462],
      [165, 534],
    ],
  ],
  names: [
    [165, 180],
    [165, 450],
    [165, 717],
  ],
  words: [
    [180, 232],
    [180, 502],
    [2, 502],
  ],
  anchor: "start",
  wait: [
    [64, 350],
    [6, 350],
    [6, 620],
    [62, 620],
  ],
};

const draw = (plan: Plan, t: Texts, isRtl: boolean): string => {
  const { kind, size, boxes, arrows, names, words, anchor, wait } = plan;
  const [width, height] = size;
  const x = (at: number): number => (isRtl ? width - at : at);
  const at = ([px, py]: Point): string => `${x(px)} ${py}`;
  const tip = `url(#tip-${kind})`;
  const box = ([left, top]: Point, i: number): string =>
    `<g transform="translate(${isRtl ? width - left - BOX.width : left} ${top})"><rect width="${BOX.width}" height="${BOX.height}" rx="16" class="box"/>${INSIDES[i]}</g>`;
  const label = (point: Point | undefined, text: string, style: string, by: string): string =>
    point
      ? `<text transform="translate(${at(point)})" class="${style}" text-anchor="${by}" direction="${isRtl ? "rtl" : "ltr"}">${escapeText(text)}</text>`
      : "";
  const drawn = [
    ...boxes.map(box),
    ...arrows.map(
      ([from, to]) => `<path d="M${at(from)}L${at(to)}" class="line" marker-end="${tip}"/>`,
    ),
    `<path d="M${at(wait[0])}C${wait.slice(1).map(at).join(" ")}" class="wait" marker-end="${tip}"/>`,
    ...[t.how_page, t.how_proxy, t.how_vendor].map((text, i) =>
      label(names[i], text, "name", "middle"),
    ),
    ...[t.how_lead, t.how_key].map((text, i) => label(words[i], text, "note", anchor)),
    kind === "wide" ? label(words[2], t.how_retry, "note", anchor) : "",
  ];
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="${kind}">${LOOK}<defs><marker id="tip-${kind}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M1 1 9 5 1 9" class="tip"/></marker></defs>${drawn.join("")}</svg>`;
};

/** In Arabic the page stands on the right, as one reads. */
export const drawHow = (lang: Language): string => {
  const t = TEXTS[lang];
  const image = (plan: Plan): string => toImage(draw(plan, t, lang === "ar"));
  const [width, height] = TALL.size;
  return `<picture class="picture"><source media="(max-width: 40rem)" srcset="${image(TALL)}" width="${width}" height="${height}"><img src="${image(WIDE)}" alt="${escapeText(t.how_picture)}" width="${WIDE.size[0]}" height="${WIDE.size[1]}"></picture>`;
};
