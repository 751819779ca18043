/**
 * Owns the pictures of a target's figures, and the table behind them. Must not need a style in the
 * markup, or tell anything by colour alone.
 */
import { amount, h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
/** Units of a picture: it is stretched to its place, so that they are parts of it. */
const WIDTH = 300;
const HEIGHT = 100;

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
};

const percent = (part, whole) => (whole === 0 ? 0 : (100 * part) / whole);
const sum = (points, name) => points.reduce((total, point) => total + point[name], 0);

export const seconds = (ms) => {
  if (ms === null) return "–";
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
};
const share = (value) => `${value > 0 && value < 1 ? "<1" : Math.round(value)} %`;

/** The next number of one digit and zeros: the only tick beside zero. */
const roundUp = (value) => {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((n) => n * unit).find((n) => n >= value) ?? value;
};

const bars = (values, top, name) =>
  svg(
    "g",
    { class: name },
    ...values.map((value, i) => {
      const slot = WIDTH / values.length;
      const height = (HEIGHT * value) / top;
      return svg("rect", {
        x: i * slot + slot * 0.14,
        width: slot * 0.72,
        y: HEIGHT - height,
        height,
      });
    }),
  );

/** A level for each point, so that a single one can be seen; a point without a value is a gap. */
const steps = (values, top, name) => {
  const slot = WIDTH / values.length;
  const path = values.map((value, i) => {
    if (value === null) return "";
    const y = HEIGHT - (HEIGHT * Math.min(value, top)) / top;
    const begins = i === 0 || values[i - 1] === null;
    return `${begins ? "M" : "L"}${i * slot} ${y}H${(i + 1) * slot}`;
  });
  return svg("path", { class: name, d: path.join("") });
};

/** The name of a shape, with the shape beside it: no colour has to be told from another. */
const key = (name, words) =>
  h("li", {}, h("span", { class: `key ${name}`, "aria-hidden": "true" }), words);

const figure = ({ title, words, keys, top, label, shapes, from }) =>
  h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, h("b", {}, title), h("ul", { class: "keys" }, keys)),
    h(
      "div",
      { class: "plot" },
      svg(
        "svg",
        {
          viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
          preserveAspectRatio: "none",
          role: "img",
          "aria-label": words,
        },
        svg("path", { class: "grid", d: `M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}` }),
        ...shapes,
      ),
      h(
        "div",
        { class: "ticks", "aria-hidden": "true" },
        h("span", {}, label(top)),
        h("span", {}, "0"),
      ),
    ),
    h("div", { class: "span", "aria-hidden": "true" }, h("span", {}, from), h("span", {}, "now")),
  );

const SPANS = {
  hours: { title: "24 hours", from: "24 hours ago", each: "Hour" },
  days: { title: "30 days", from: "30 days ago", each: "Day (UTC)" },
};

const leadsFigure = (points, { title, from }) => {
  const [arrived, delivered] = [sum(points, "arrived"), sum(points, "delivered")];
  const waiting = points.at(-1)?.waiting ?? 0;
  const most = Math.max(...points.flatMap((p) => [p.arrived, p.delivered, p.waiting]), 1);
  const top = roundUp(most);
  const of = (name) => points.map((point) => point[name]);
  return figure({
    title: "Leads",
    words: `Leads in the last ${title}: ${arrived} arrived, ${delivered} delivered, ${waiting} waiting at the end.`,
    keys: [
      key("arrived", `${amount(arrived, "arrived", "arrived")}`),
      key("delivered", `${amount(delivered, "delivered", "delivered")}`),
      key("waiting", `${amount(waiting, "waiting", "waiting")}`),
    ],
    top,
    label: String,
    from,
    shapes: [
      bars(of("arrived"), top, "arrived"),
      bars(of("delivered"), top, "delivered"),
      steps(
        points.map(({ waiting: n }) => n || null),
        top,
        "waiting",
      ),
    ],
  });
};

const timesFigure = (points, { title, from }) => {
  const known = points.filter(({ calls }) => calls > 0);
  const top = roundUp(Math.max(...known.map(({ p95 }) => p95 ?? 0), 1));
  const last = known.at(-1) ?? { median: null, p95: null };
  return figure({
    title: "Answer time",
    words: `The vendor's answer time in the last ${title}: most recently a median of ${seconds(last.median)}, 95 % within ${seconds(last.p95)}.`,
    keys: [
      key("median", `median ${seconds(last.median)}`),
      key("p95", `95th ${seconds(last.p95)}`),
    ],
    top,
    label: seconds,
    from,
    shapes: [
      steps(
        points.map(({ p95 }) => p95),
        top,
        "p95",
      ),
      steps(
        points.map(({ median }) => median),
        top,
        "median",
      ),
    ],
  });
};

const errorsFigure = (points, { title, from }) => {
  const rates = points.map(({ failed, calls }) => percent(failed, calls));
  const [failed, calls] = [sum(points, "failed"), sum(points, "calls")];
  const top = Math.min(roundUp(Math.max(...rates, 1)), 100);
  return figure({
    title: "Calls that failed",
    words: `Calls that failed in the last ${title}: ${failed} of ${calls}, ${share(percent(failed, calls))}.`,
    keys: [
      key(
        "failed",
        `${amount(failed, "of", "of")} ${amount(calls, "call")}, ${share(percent(failed, calls))}`,
      ),
    ],
    top,
    label: (value) => `${value} %`,
    from,
    shapes: [bars(rates, top, "failed")],
  });
};

const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });

const table = (points, span, name) => {
  const { each } = SPANS[span];
  const when = span === "hours" ? time : day;
  const heads = [each, "Arrived", "Delivered", "Waiting", "Median", "95th", "Failed calls"];
  return h(
    "table",
    {},
    h("caption", { class: "hidden-text" }, `${name}, ${SPANS[span].title}`),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((head) => h("th", { scope: "col" }, head)),
      ),
    ),
    h(
      "tbody",
      {},
      points.toReversed().map((point) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, when.format(new Date(point.at))),
          [
            point.arrived,
            point.delivered,
            point.waiting,
            seconds(point.median),
            seconds(point.p95),
            point.calls === 0 ? "–" : `${point.failed} of ${point.calls}`,
          ].map((cell) => h("td", {}, String(cell))),
        ),
      ),
    ),
  );
};

/**
 * @param {string} name of the target
 * @param figures of the API; undefined until they are there
 * @param shown the span, whether the table is open, and what to do when that changes
 */
export const figuresView = (name, figures, { span, tableOpen, onSpan, onTable }) => {
  if (!figures) return "";
  const points = figures[span];
  const { title } = SPANS[span];
  const isEmpty = points.every((p) => p.arrived + p.calls + p.waiting + p.delivered === 0);
  const choice = (value) =>
    h(
      "button",
      {
        type: "button",
        class: "small",
        "data-key": `span ${value} ${name}`,
        "aria-pressed": String(span === value),
        onclick: () => onSpan(value),
      },
      SPANS[value].title,
    );
  return h(
    "section",
    { class: "figures", "aria-label": `Figures of ${name}` },
    h(
      "div",
      { class: "head" },
      h("h3", {}, `Last ${title}`),
      h(
        "div",
        { class: "choice", role: "group", "aria-label": `Span of the figures of ${name}` },
        choice("hours"),
        choice("days"),
      ),
    ),
    isEmpty
      ? h("p", { class: "muted empty" }, `No lead and no call in the last ${title}.`)
      : [
          h(
            "div",
            { class: "charts" },
            leadsFigure(points, SPANS[span]),
            timesFigure(points, SPANS[span]),
            errorsFigure(points, SPANS[span]),
          ),
          h(
            "details",
            {
              open: tableOpen,
              ontoggle: (event) => onTable(event.target.open),
            },
            h("summary", { "data-key": `table ${name}` }, "The same as a table"),
            h(
              "div",
              {
                class: "scroll",
                tabindex: "0",
                role: "region",
                "aria-label": `Table of the figures of ${name}`,
              },
              table(points, span, name),
            ),
          ),
        ],
  );
};
