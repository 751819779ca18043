/**
 * Owns the figures as OpenMetrics text (https://prometheus.io/docs/specs/om/open_metrics_spec/), named
 * after Prometheus' conventions. Must not hold an id or anything of a person.
 */
import { BOUNDS, CALL_OUTCOMES, LEAD_EVENTS, leadSeries, readCall } from "../ledger/figures.ts";
import type { Figure } from "../ledger/figures.ts";

export interface MeasuredTarget {
  key: string;
  /** As `GET /operator/targets` says it. */
  state: string;
  /** Undefined where nothing is stored, or where the store does not answer. */
  figures: { totals: readonly Figure[] } | undefined;
  waiting?: number;
  /** Seconds; undefined where nothing waits. */
  oldest?: number | undefined;
}

export interface Measured {
  version: string;
  targets: readonly MeasuredTarget[];
}

export const METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Labels = Readonly<Record<string, string>>;

/** Keys of targets and codes of ours need no escape, but a rule of the format costs a line. */
const escape = (value: string): string => value.replaceAll(/[\\"]/g, String.raw`\$&`);

const line = (name: string, labels: Labels, value: number): string => {
  const list = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}{${list.join(",")}} ${value}`;
};

const family = (
  name: string,
  type: "counter" | "gauge" | "histogram" | "info",
  help: string,
  samples: readonly string[],
): string[] => {
  const unit = name.endsWith("_seconds") ? [`# UNIT ${name} seconds`] : [];
  return [`# TYPE ${name} ${type}`, ...unit, `# HELP ${name} ${help}`, ...samples];
};

const SECOND = 1_000;
/** A bound is a float: `1.0` and not `1`. */
const bound = (ms: number): string => {
  const seconds = String(ms / SECOND);
  return seconds.includes(".") ? seconds : `${seconds}.0`;
};

const sum = (figures: readonly Figure[], counts: (series: string) => boolean): number =>
  figures.reduce((total, figure) => total + (counts(figure.series) ? figure.n : 0), 0);

const answerTimes = (target: string, totals: readonly Figure[]): string[] => {
  const name = "lead_form_vendor_answer_seconds";
  const upTo = (last: number) =>
    sum(totals, (series) => (readCall(series)?.bucket ?? Infinity) <= last);
  const ms = totals.reduce((all, figure) => all + (readCall(figure.series) ? figure.ms : 0), 0);
  const les = [...BOUNDS.map(bound), "+Inf"];
  return [
    ...les.map((le, i) => line(`${name}_bucket`, { target, le }, upTo(i))),
    line(`${name}_count`, { target }, upTo(BOUNDS.length)),
    line(`${name}_sum`, { target }, ms / SECOND),
  ];
};

export const toMetrics = ({ version, targets }: Measured): string => {
  const stored = targets.flatMap(({ key, figures, ...rest }) =>
    figures ? [{ key, totals: figures.totals, ...rest }] : [],
  );
  const lines = [
    ...family("lead_form_build", "info", "The version that runs.", [
      line("lead_form_build_info", { version }, 1),
    ]),
    ...family(
      "lead_form_target_state",
      "gauge",
      "1 for the state that a target is in.",
      targets.map(({ key, state }) => line("lead_form_target_state", { target: key, state }, 1)),
    ),
    ...family(
      "lead_form_leads",
      "counter",
      "Leads by what they came to; arrived counts each once.",
      stored.flatMap(({ key, totals }) =>
        LEAD_EVENTS.map((outcome) =>
          line(
            "lead_form_leads_total",
            { target: key, outcome },
            sum(totals, (s) => s === leadSeries(outcome)),
          ),
        ),
      ),
    ),
    ...family(
      "lead_form_vendor_calls",
      "counter",
      "Calls to the vendor by what its answer meant.",
      stored.flatMap(({ key, totals }) =>
        CALL_OUTCOMES.map((outcome) =>
          line(
            "lead_form_vendor_calls_total",
            { target: key, outcome },
            sum(totals, (s) => readCall(s)?.kind === outcome),
          ),
        ),
      ),
    ),
    ...family(
      "lead_form_vendor_answer_seconds",
      "histogram",
      "How long the vendor's answers took.",
      stored.flatMap(({ key, totals }) => answerTimes(key, totals)),
    ),
    ...family(
      "lead_form_waiting_leads",
      "gauge",
      "Leads that wait for the vendor or for a person.",
      stored.map(({ key, waiting = 0 }) =>
        line("lead_form_waiting_leads", { target: key }, waiting),
      ),
    ),
    ...family(
      "lead_form_oldest_waiting_seconds",
      "gauge",
      "The age of the oldest of them; 0 without one.",
      stored.map(({ key, oldest = 0 }) =>
        line("lead_form_oldest_waiting_seconds", { target: key }, oldest),
      ),
    ),
  ];
  return `${lines.join("\n")}\n# EOF\n`;
};
