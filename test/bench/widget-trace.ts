/**
 * Owns what a trace of the browser says about a visit: tasks by the processor's own time, and layouts that
 * our script forced. Must not know a form.
 *
 * The page's `longtask` entries measure by the clock, and grow where other programs need the processor.
 */

/** Categories of the trace. */
export const TRACED = [
  "toplevel",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline.stack",
];

/** As the Long Tasks API defines it. */
const LONG_MS = 50;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  tdur?: number;
  dur?: number;
  args?: {
    name?: string;
    beginData?: { stackTrace?: { url: string }[] };
  };
}

const isForced = ({ name, args }: TraceEvent): boolean =>
  (name === "Layout" || name === "UpdateLayoutTree") &&
  (args?.beginData?.stackTrace ?? []).some(({ url }) => url.includes("/lead-form"));

export interface TraceFigures {
  longByCpu: number;
  longByCpuMs: number;
  forcedLayouts: number;
}

export const readTrace = (json: Uint8Array | undefined): TraceFigures => {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(json)) as {
    traceEvents: TraceEvent[];
  };
  const isMain = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const long = traceEvents
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && isMain.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1000)
    .filter((ms) => ms > LONG_MS);
  return {
    longByCpu: long.length,
    longByCpuMs: long.reduce((total, ms) => total + ms, 0),
    forcedLayouts: traceEvents.filter(isForced).length,
  };
};
