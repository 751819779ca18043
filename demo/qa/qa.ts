/**
 * Owns QA's list as a page: its language, the step in hand, what follows a press. Must not hold a step or a
 * text.
 */
import { LANGUAGES, type Language } from "../../proxy/shared/contract.ts";
import { drawNav, reachable } from "../nav/nav.ts";
import { byId, make, onClick } from "../playground/dom.ts";
import { createLoopback } from "../playground/loopback.ts";
import { Bench, NOTHING_SEEN } from "./bench.ts";
import { isMet, judge } from "./expect.ts";
import type { Move, Step } from "./model.ts";
import { Operator } from "./operator.ts";
import { Keeper, type Progress } from "./progress.ts";
import { writeReport } from "./report.ts";
import { CHAPTERS, STEPS } from "./steps/index.ts";
import { fill, TEXTS } from "./texts/index.ts";
import { textsOf, View } from "./view.ts";

/** Milliseconds between two looks at vendor and operator. */
const LOOK_EVERY = 500;

const NATIVE: Readonly<Record<Language, string>> = { en: "English", ar: "العربية", ru: "Русский" };

const query = new URLSearchParams(location.search);
const lang = LANGUAGES.find((each) => each === query.get("lang")) ?? "en";
const texts = TEXTS[lang];
const { ui } = texts;

const keeper = new Keeper(
  STEPS.map(({ id }) => id),
  () => localStorage,
);

const say = (text: string): void => {
  byId("status", HTMLElement).textContent = text;
};

let bench: Bench | undefined;
let version = "";
/** Acts of the step in hand that the page has seen whole. */
let met = 0;
/** Set-ups overtake each other: only the last one counts. */
let turn = 0;

const view = new View(texts, {
  open: (step) => {
    location.hash = `step-${step.id}`;
  },
  setUp: (step) => void setUp(step),
  press: (step, move) => void press(step, move),
  note: (step, change) => {
    keeper.set(step.id, change);
    showProgress();
    view.showResult(step, keeper.progress[step.id] ?? {});
  },
  next: (step) => {
    const next = STEPS[STEPS.indexOf(step) + 1];
    if (!next) return byId("copy", HTMLElement).focus();
    location.hash = `step-${next.id}`;
    view.focus(next);
  },
});

const showProgress = (): void => view.showProgress(keeper.counts);

const setUp = async (step: Step): Promise<void> => {
  if (!bench) return say(ui.no_demo);
  const mine = ++turn;
  met = 0;
  view.setReady(step, false);
  say(ui.setting_up);
  const frame = byId("stage", HTMLIFrameElement);
  frame.hidden = false;
  byId("stage-empty", HTMLElement).hidden = true;
  const back = byId("to-step", HTMLAnchorElement);
  back.hidden = false;
  back.href = `#step-${step.id}`;
  try {
    version = await bench.setUp(step);
    if (mine !== turn) return;
    view.setReady(step, true);
    say(fill(ui.is_set_up, { number: STEPS.indexOf(step) + 1 }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (mine === turn) say(fill(ui.failed_set_up, { reason }));
  }
};

const press = async (step: Step, move: Exclude<Move, { visitor: unknown }>): Promise<void> => {
  if (bench?.step !== step) return;
  try {
    await bench.press(move);
    await look();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
};

const look = async (): Promise<void> => {
  const step = bench?.step;
  if (!bench || !step) return;
  const seen = await bench.look();
  if (bench.step !== step) return;
  view.showSeen(seen);
  for (let act = step.acts[met]; act && isMet(act.sees, seen); act = step.acts[met]) {
    view.showMet(step, met, judge(act.sees, seen));
    met++;
    // What shows nothing has been passed with the next act; what shows something waits for its own look.
    if (Object.keys(act.sees).length > 0) break;
  }
};

const keepLooking = async (): Promise<void> => {
  for (;;) {
    await look().catch(() => say(ui.no_demo));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
};

const makeReport = (): string =>
  writeReport(
    {
      version: version || "?",
      date: new Date().toISOString(),
      browser: navigator.userAgent,
      window: `${innerWidth} × ${innerHeight}`,
      language: lang,
      counts: keeper.counts,
      progress: keeper.progress,
      chapters: CHAPTERS.map(({ id, steps }) => ({
        title: texts.chapters[id as keyof typeof texts.chapters],
        steps: steps.map((step) => ({ id: step.id, title: textsOf(texts, step).title })),
      })),
    },
    { ...ui, title: ui.report_title },
  );

const copy = async (text: string, done: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(ui.not_copied);
  }
};

let removed: Progress | undefined;
const drawList = (): void => {
  view.draw(CHAPTERS, ({ id }) => keeper.progress[id] ?? {});
  view.showSeen(NOTHING_SEEN);
  showProgress();
};

const replaceProgress = (progress: Progress): void => {
  removed = keeper.replace(progress);
  for (const step of STEPS) view.showResult(step, keeper.progress[step.id] ?? {});
  showProgress();
};

/** The step of the address, else the first that is open. */
const openAsked = (): void => {
  const id = decodeURIComponent(location.hash.replace("#step-", ""));
  const step =
    STEPS.find((each) => each.id === id) ??
    STEPS.find((each) => !keeper.progress[each.id]?.result) ??
    STEPS[0];
  if (step) view.open(step);
};

const drawPage = (): void => {
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
  document.title = `Lead Form: ${ui.title}`;
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]"))
    element.textContent = ui[element.dataset["text"] as keyof typeof ui];
  byId("stage", HTMLIFrameElement).title = ui.stage;
  drawNav(byId("nav", HTMLElement), { current: "qa", lang });
  byId("languages", HTMLElement).append(
    ...LANGUAGES.map((each) => {
      const address = new URLSearchParams(query);
      address.set("lang", each);
      const link = make("a", { href: `?${address}`, lang: each, hreflang: each }, NATIVE[each]);
      if (each === lang) link.setAttribute("aria-current", "true");
      return link;
    }),
  );
};

const listen = (): void => {
  onClick("copy", () => {
    const report = makeReport();
    byId("report", HTMLElement).hidden = false;
    byId("report-text", HTMLTextAreaElement).value = report;
    void copy(report, ui.copied);
  });
  onClick("print", () => window.print());
  onClick("reset", () => {
    replaceProgress({});
    byId("undo", HTMLElement).hidden = false;
    say(ui.was_reset);
  });
  onClick("undo", () => {
    if (removed) replaceProgress(removed);
    byId("undo", HTMLElement).hidden = true;
    byId("reset", HTMLElement).focus();
    say("");
  });
  window.addEventListener("hashchange", openAsked);
};

const findDemo = async (): Promise<void> => {
  // On a static site the list is there to be read: nobody is asked.
  if (!reachable(byId("nav", HTMLElement)).includes("operator")) return say(ui.no_demo);
  try {
    const operator = await Operator.find(location.search);
    const { vendors } = createLoopback(location);
    await Promise.all([vendors.sakneen.look(), vendors.brainysoft.look()]);
    const frame = byId("stage", HTMLIFrameElement);
    bench = new Bench({ frame, vendors, operator, lang, now: Date.now });
    byId("operator-page", HTMLAnchorElement).href = operator.page;
    onClick("copy-token", () => void copy(operator.token, ui.token_copied));
  } catch {
    say(ui.no_demo);
  }
};

drawPage();
drawList();
listen();
openAsked();
await findDemo();
document.documentElement.dataset["ready"] = "";
await keepLooking();
