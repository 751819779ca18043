/**
 * Owns the tables of the benchmark of the widget: medians, ratios within a round, and the limits. Must not
 * measure.
 */
import { summary } from "./measure.ts";
import type { Row } from "./report.ts";
import { COST_UNIT, CPU_SLOWDOWN, NETWORKS } from "./widget-browser.ts";
import type { Network } from "./widget-browser.ts";
import { SUBJECTS } from "./widget-pages.ts";
import type { Subject } from "./widget-pages.ts";
import type { Values } from "./widget-visit.ts";

/** What each round gave, by the kind of visit and what was visited. */
export type Taken = ReadonlyMap<string, ReadonlyMap<Subject, readonly Values[]>>;

export const FEW = 10;
export const MANY = 100;

const PAGE = "page alone";
const PLAIN = "plain HTML";
const HAND = "hand-written element";

/** One figure of a kind of visit, in a round. */
type Read = (round: number, subject: Subject) => number;

const createReaders = (taken: Taken) => {
  const rounds = [...(taken.get("work")?.get(PAGE)?.keys() ?? [])];
  const median = (read: (round: number) => number): number => summary(rounds.map(read)).p50;
  const of =
    (kind: string, name: string): Read =>
    (round, subject) =>
      taken.get(kind)?.get(subject)?.[round]?.[name] ?? Number.NaN;
  return {
    of,
    perExtraForm:
      (name: string): Read =>
      (...where) =>
        (of(`${MANY} forms`, name)(...where) - of(`${FEW} forms`, name)(...where)) / (MANY - FEW),
    mid: (read: Read, subject: Subject) => median((round) => read(round, subject)),
    // Each round has its own ratio: what slows the machine slows both.
    ratio: (read: Read, subject: Subject, base: Subject) =>
      median((round) => read(round, subject) / read(round, base)),
    beyond: (read: Read, subject: Subject, base: Subject) =>
      median((round) => read(round, subject) - read(round, base)),
  };
};
type Readers = ReturnType<typeof createReaders>;

const FORMS = SUBJECTS.filter((subject) => subject !== PAGE);

const overNetwork = ({ of, mid, ratio }: Readers, network: Network): Row[] =>
  SUBJECTS.map((subject) => ({
    table: `${network}, processor ${CPU_SLOWDOWN} times slower`,
    name: subject,
    values: {
      ...(subject !== PAGE && {
        "visible, ms": Math.round(mid(of(network, "visible"), subject)),
        "over hand-written": ratio(of(network, "visible"), subject, HAND),
        "over plain HTML": ratio(of(network, "visible"), subject, PLAIN),
      }),
      "LCP, ms": Math.round(mid(of(network, "lcp"), subject)),
      "over the page alone": ratio(of(network, "lcp"), subject, PAGE),
      "layout shift": mid(of(network, "shift"), subject).toFixed(3),
      "long tasks": mid(of(network, "longTasks"), subject),
      "their ms": Math.round(mid(of(network, "longTaskMs"), subject)),
    },
  }));

const weight = ({ of, mid }: Readers): Row[] =>
  FORMS.map((subject) => ({
    table: "Brotli, beyond the page",
    name: subject,
    values: {
      "bytes until visible": mid(of("Slow 4G", "bytesFirst"), subject),
      "bytes until sent": mid(of("Slow 4G", "bytesSent"), subject),
      "requests until visible": mid(of("Slow 4G", "requestsFirst"), subject),
      "requests until sent": mid(of("Slow 4G", "requestsSent"), subject),
    },
  }));

const work = ({ of, mid, beyond }: Readers): Row[] =>
  FORMS.map((subject) => ({
    table: `One form, processor ${CPU_SLOWDOWN} times slower`,
    name: subject,
    values: {
      [`${COST_UNIT}, beyond the page`]: beyond(of("work", "load"), subject, PAGE),
      "heap beyond the page, kB": Math.round(beyond(of("work", "heap"), subject, PAGE) / 1000),
      "long tasks, by CPU time": mid(of("work", "longByCpu"), subject),
      "forced layouts": mid(of("work", "forcedLayouts"), subject),
    },
  }));

const keys = ({ of, mid, ratio }: Readers): Row[] =>
  FORMS.map((subject) => ({
    table: "A key in the phone field, with what waits for a pause",
    name: subject,
    values: {
      "main thread, ms": mid(of("keys", "key"), subject),
      "over plain HTML": ratio(of("keys", "key"), subject, PLAIN),
    },
  }));

const many = ({ of, mid, ratio, perExtraForm }: Readers): Row[] =>
  FORMS.map((subject) => ({
    table: `${MANY} forms on one page, each beyond the ${FEW}th`,
    name: subject,
    values: {
      "last visible, ms": Math.round(mid(of(`${MANY} forms`, "visible"), subject)),
      [COST_UNIT]: mid(perExtraForm("cost"), subject),
      "over hand-written": ratio(perExtraForm("cost"), subject, HAND),
      "heap, kB": mid(perExtraForm("heap"), subject) / 1000,
      nodes: Math.round(mid(perExtraForm("nodes"), subject)),
    },
  }));

/** Each with what it must not exceed; that of a processor is for instructions, and stands with the figures. */
const limits = ({ of, mid, ratio, perExtraForm }: Readers): Row[] => {
  const slow = (name: string): Read => of("Slow 4G", name);
  const row = (name: string, must: number, figure: number): Row => ({
    table: "Limits",
    name,
    values: { must, measured: figure, holds: figure <= must ? "yes" : "no" },
  });
  const visible = slow("visible");
  return [
    row("visible, one tag over hand-written", 1.1, ratio(visible, "one tag", HAND)),
    row("visible, fast snippet over plain HTML", 1.1, ratio(visible, "fast snippet", PLAIN)),
    row("requests until visible, one tag", 1, mid(slow("requestsFirst"), "one tag")),
    row("requests until visible, fast snippet", 0, mid(slow("requestsFirst"), "fast snippet")),
    ...(["one tag", "fast snippet"] as const).flatMap((subject) => [
      row(`requests until sent, ${subject}`, 3, mid(slow("requestsSent"), subject)),
      row(`kB until sent, ${subject}`, 22, mid(slow("bytesSent"), subject) / 1000),
      row(`LCP over the page alone, ${subject}`, 1.03, ratio(slow("lcp"), subject, PAGE)),
      row(`layout shift, ${subject}`, 0.0049, mid(slow("shift"), subject)),
      row(`long tasks until sent, ${subject}`, 0, mid(slow("longTasks"), subject)),
      row(`the same by CPU time, ${subject}`, 0, mid(of("work", "longByCpu"), subject)),
      row(`a key over plain HTML, ${subject}`, 1.3, ratio(of("keys", "key"), subject, PLAIN)),
      row(`an extra form's heap in kB, ${subject}`, 12, mid(perExtraForm("heap"), subject) / 1000),
      row(`an extra form's nodes, ${subject}`, 150, mid(perExtraForm("nodes"), subject)),
    ]),
  ];
};

export const tabulate = (taken: Taken): { rows: Row[]; limits: Row[] } => {
  const readers = createReaders(taken);
  return {
    rows: [
      ...(Object.keys(NETWORKS) as Network[]).flatMap((network) => overNetwork(readers, network)),
      ...weight(readers),
      ...work(readers),
      ...keys(readers),
      ...many(readers),
    ],
    limits: limits(readers),
  };
};
