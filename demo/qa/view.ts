/**
 * Owns the drawing of QA's list: its steps, their results, and what is seen of the demo. Must not change the
 * demo or the progress: it calls back.
 */
import { byId, make } from "../playground/dom.ts";
import { type Audience, AUDIENCES, REQUEST_ANSWERS } from "./expect.ts";
import type { Act, Chapter, Move, Seen, Step } from "./model.ts";
import type { Entry, Result } from "./progress.ts";
import { fill, type Texts } from "./texts/index.ts";
import type { ActTexts, StepTexts } from "./texts/shape.ts";
import type { StepId } from "./texts/steps-en.ts";

export interface ViewCalls {
  open: (step: Step) => void;
  setUp: (step: Step) => void;
  press: (step: Step, move: Exclude<Move, { visitor: unknown }>) => void;
  note: (step: Step, change: Entry) => void;
  next: (step: Step) => void;
}

export const textsOf = ({ steps }: Texts, { id }: Step): StepTexts =>
  steps[id as StepId] ?? { title: id, acts: [] };

const labelOf = ({ buttons }: Texts, move: Exclude<Move, { visitor: unknown }>): string => {
  if ("operator" in move) return buttons[move.operator];
  return buttons["vendor" in move ? "vendor" : "network" in move ? "network" : "requests"];
};

const button = (label: string, className: string, act: () => void): HTMLButtonElement => {
  const element = make("button", { type: "button", class: className }, label);
  element.addEventListener("click", act);
  return element;
};

export class View {
  readonly #texts: Texts;
  readonly #calls: ViewCalls;
  readonly #items = new Map<string, HTMLElement>();
  readonly #shown = new Map<string, string>();

  constructor(texts: Texts, calls: ViewCalls) {
    this.#texts = texts;
    this.#calls = calls;
  }

  /** @param entryOf what is noted of a step already */
  draw(chapters: readonly Chapter[], entryOf: (step: Step) => Entry): void {
    let number = 0;
    byId("steps", HTMLElement).replaceChildren(
      ...chapters.map(({ id, steps }) => {
        const list = make("ol", { start: String(number + 1) });
        list.append(...steps.map((step) => this.#drawStep(step, ++number, entryOf(step))));
        const title = this.#texts.chapters[id as keyof Texts["chapters"]];
        return make("section", {}, make("h2", {}, title), list);
      }),
    );
  }

  /** Shows one step and folds the others. */
  open({ id }: Step): void {
    for (const [each, item] of this.#items) {
      const isThis = each === id;
      item.querySelector("h3 button")?.setAttribute("aria-expanded", String(isThis));
      item.querySelector(".body")?.toggleAttribute("hidden", !isThis);
    }
  }

  focus({ id }: Step): void {
    const heading = this.#items.get(id)?.querySelector<HTMLElement>("h3 button");
    heading?.focus();
    heading?.scrollIntoView({ block: "nearest" });
  }

  showResult({ id }: Step, { result, note = "" }: Entry): void {
    const item = this.#items.get(id);
    if (!item) return;
    item.dataset["result"] = result ?? "open";
    const { ui } = this.#texts;
    const mark = item.querySelector(".mark");
    if (mark) mark.textContent = result ? ui[result] : "";
    for (const radio of item.querySelectorAll<HTMLInputElement>("input[type=radio]"))
      radio.checked = radio.value === (result ?? "open");
    const area = item.querySelector("textarea");
    if (area && area.value !== note) area.value = note;
  }

  /** A step that is set up has its buttons; the others wait. */
  setReady({ id }: Step, isReady: boolean): void {
    for (const [each, item] of this.#items) {
      item.toggleAttribute("data-ready", each === id && isReady);
      for (const press of item.querySelectorAll<HTMLButtonElement>(".press"))
        press.disabled = each !== id || !isReady;
      if (each === id)
        for (const met of item.querySelectorAll("[data-met]")) met.removeAttribute("data-met");
    }
  }

  /** Ticks what the page has seen of an act. */
  showMet({ id }: Step, act: number, seen: Partial<Record<Audience, boolean>>): void {
    const item = this.#items.get(id)?.querySelectorAll(".act")[act];
    if (!item) return;
    item.setAttribute("data-met", "");
    for (const audience of AUDIENCES)
      if (seen[audience]) item.querySelector(`.${audience}`)?.setAttribute("data-met", "");
  }

  showSeen({ answers, vendor, operator, requests }: Seen): void {
    const { ui } = this.#texts;
    const list = (id: string, lines: readonly string[]) => {
      const wanted = lines.length > 0 ? lines : [ui.none];
      if (this.#isNew(id, wanted.join("\n")))
        byId(id, HTMLElement).replaceChildren(
          ...wanted.map((line) => make("li", {}, make("bdi", {}, line))),
        );
    };
    list("answer", answers.slice(-1));
    list(
      "vendor",
      vendor.map((body) => JSON.stringify(body)),
    );
    list(
      "operator",
      operator.map(({ target, state, reason, in_doubt, phone, test }) =>
        [target, state, reason, in_doubt && "in_doubt", test && "test", phone]
          .filter(Boolean)
          .join(" · "),
      ),
    );
    this.#showRequests(requests);
  }

  /** Else what a tester has selected would be gone with the next look. */
  #isNew(id: string, state: string): boolean {
    if (this.#shown.get(id) === state) return false;
    this.#shown.set(id, state);
    return true;
  }

  #showRequests(requests: Seen["requests"]): void {
    if (!this.#isNew("requests", JSON.stringify(requests))) return;
    const { ui } = this.#texts;
    const table = byId("requests", HTMLTableElement);
    table.hidden = Object.keys(requests).length === 0;
    const head = [ui.wanted, ui.got].map((title) => make("th", { scope: "col" }, title));
    const rows = Object.entries(REQUEST_ANSWERS).map(([name, wanted]) =>
      [wanted, requests[name] ?? ""].map((answer) => make("td", {}, make("bdi", {}, answer))),
    );
    table.replaceChildren(...[head, ...rows].map((cells) => make("tr", {}, ...cells)));
  }

  #drawStep(step: Step, number: number, entry: Entry): HTMLElement {
    const { ui } = this.#texts;
    const { title, acts } = textsOf(this.#texts, step);
    const body = make("div", { class: "body", id: `body-${step.id}`, hidden: "" });
    const heading = button("", "title", () => this.#calls.open(step));
    heading.setAttribute("aria-expanded", "false");
    heading.setAttribute("aria-controls", body.id);
    heading.append(
      make("span", { class: "number" }, String(number)),
      make("span", { class: "name" }, title),
      make("span", { class: "mark" }),
    );
    const stageLink = make("a", { href: "#bench", class: "to-stage" }, ui.to_stage);
    body.append(
      make(
        "p",
        { class: "actions" },
        button(ui.set_up, "set-up primary", () => this.#calls.setUp(step)),
        stageLink,
      ),
      make(
        "ol",
        { class: "acts" },
        ...step.acts.map((act, at) => this.#drawAct(step, act, acts[at])),
      ),
      this.#drawResult(step),
    );
    const item = make(
      "li",
      { class: "step", id: `step-${step.id}` },
      make("h3", {}, heading),
      body,
    );
    this.#items.set(step.id, item);
    this.showResult(step, entry);
    return item;
  }

  #drawAct(step: Step, { move }: Act, texts: ActTexts | undefined): HTMLElement {
    const { ui } = this.#texts;
    const line = make("p", { class: "do" }, texts?.do ?? "");
    if (!("visitor" in move)) {
      const press = button(labelOf(this.#texts, move), "press", () =>
        this.#calls.press(step, move),
      );
      press.disabled = true;
      line.append(" ", press);
    }
    const seen = AUDIENCES.flatMap((audience) => {
      const text = texts?.[audience];
      if (!text) return [];
      const tick = make("span", { class: "tick", title: ui.met });
      return [
        make("div", { class: audience }, make("dt", {}, ui[audience]), make("dd", {}, text, tick)),
      ];
    });
    return make(
      "li",
      { class: "act" },
      line,
      ...(seen.length > 0 ? [make("dl", {}, ...seen)] : []),
    );
  }

  #drawResult(step: Step): HTMLElement {
    const { ui } = this.#texts;
    const results: readonly (Result | "open")[] = ["passed", "failed", "open"];
    const choices = results.map((value) => {
      const radio = make("input", { type: "radio", name: `result-${step.id}`, value });
      radio.addEventListener("change", () =>
        this.#calls.note(step, { result: value === "open" ? undefined : value }),
      );
      return make("label", {}, radio, ui[value]);
    });
    const note = make("textarea", { rows: "2", "aria-describedby": `hint-${step.id}` });
    note.addEventListener("input", () => this.#calls.note(step, { note: note.value }));
    return make(
      "div",
      { class: "outcome" },
      make("fieldset", {}, make("legend", {}, ui.result), ...choices),
      make("label", { class: "note" }, ui.note, note),
      make("p", { class: "hint", id: `hint-${step.id}` }, ui.note_hint),
      button(ui.next, "next", () => this.#calls.next(step)),
    );
  }

  /** Counts in words and as a bar. */
  showProgress({ passed, failed, open }: { passed: number; failed: number; open: number }): void {
    byId("progress", HTMLElement).textContent = fill(this.#texts.ui.progress, {
      passed,
      failed,
      open,
    });
    const all = passed + failed + open;
    const [good, bad] = byId("track", HTMLElement).querySelectorAll("i");
    good?.style.setProperty("inline-size", `${(100 * passed) / all}%`);
    bad?.style.setProperty("inline-size", `${(100 * failed) / all}%`);
  }
}
