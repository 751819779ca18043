/**
 * Owns the hand of QA's list in the demo: it sets a step up, presses what has a button, and looks. Must not
 * draw, and must not judge what it sees.
 */
import { solveStamp } from "../../widget/essentials/stamp.ts";
import type { VendorSide } from "../playground/backend.ts";
import type { Move, Seen, SeenForm, SeenLead, Step, VendorName } from "./model.ts";
import type { Operator } from "./operator.ts";
import { sendRequests } from "./requests.ts";
import { STAGE_KEYS, type StageOrder, type StageReport } from "./stage-protocol.ts";
import { QA_TARGETS } from "./targets.ts";
import { makeVisitor, type Visitor } from "./visitor.ts";

export interface BenchParts {
  frame: HTMLIFrameElement;
  vendors: Readonly<Record<VendorName, VendorSide>>;
  operator: Operator;
  /** Of the list; a form speaks it unless its step says another. */
  lang: string;
  now: () => number;
}

const NO_FORM: SeenForm = { status: "", invalid: [], text: "", dir: "" };

/** Before a step is set up. */
export const NOTHING_SEEN: Seen = {
  form: NO_FORM,
  answers: [],
  vendor: [],
  operator: [],
  requests: {},
};

export class Bench {
  readonly #parts: BenchParts;
  #step: Step | undefined;
  #visitor: Visitor = { name: "", phone: "" };
  #since = 0;
  #form = NO_FORM;
  #answers: string[] = [];
  #requests: Record<string, string> = {};
  #newest: SeenLead | undefined;
  #ready = Promise.withResolvers<string>();

  constructor(parts: BenchParts) {
    this.#parts = parts;
    window.addEventListener("message", ({ source, data }: MessageEvent<StageReport>) => {
      if (source === parts.frame.contentWindow) this.#note(data);
    });
  }

  get step(): Step | undefined {
    return this.#step;
  }

  /** Brings the demo into the state from which the step begins. @returns the form's version */
  async setUp(step: Step): Promise<string> {
    const { now, lang, operator } = this.#parts;
    this.#step = undefined;
    const vendor = this.#vendorOf(step);
    await vendor.setFaults({ mode: "ok" });
    for (const target of this.#storesOf(step)) await operator.recover(target);
    this.#visitor = makeVisitor(step, lang, now());
    if (step.spent) await this.#spend(step);
    await vendor.clear();
    if (step.paused) await operator.pause(step.target);
    await vendor.setFaults(step.faults ?? { mode: "ok" });
    this.#form = NO_FORM;
    this.#answers = [];
    this.#requests = {};
    this.#newest = undefined;
    this.#since = now();
    const version = await this.#openStage(step);
    if (step.filled) this.#fill(step);
    this.#step = step;
    return version;
  }

  async press(move: Exclude<Move, { visitor: unknown }>): Promise<void> {
    const step = this.#step;
    if (!step) return;
    const { operator, now } = this.#parts;
    if ("vendor" in move) return this.#vendorOf(step).setFaults(move.vendor);
    if ("network" in move) return this.#order({ kind: "network", network: move.network });
    if ("requests" in move) {
      this.#requests = await sendRequests(this.#visitor.phone);
      return;
    }
    // The operator asks for the number on the phone, say.
    const phone =
      move.operator === "correct"
        ? makeVisitor(step, this.#parts.lang, now()).phone
        : this.#visitor.phone;
    await operator.press(move.operator, step.target, this.#newest, phone);
  }

  /** What visitor, vendor and operator see now. */
  async look(): Promise<Seen> {
    const step = this.#step;
    const [vendor, leads] = step
      ? await Promise.all([
          this.#vendorOf(step).look(),
          Promise.all(
            this.#storesOf(step).map((target) => this.#parts.operator.leads(target, this.#since)),
          ),
        ])
      : [{ leads: [] }, []];
    const operator = leads.flat();
    this.#newest = operator[0];
    return {
      form: this.#form,
      answers: this.#answers,
      vendor: vendor.leads.map(({ body }) => body),
      operator,
      requests: this.#requests,
    };
  }

  /** Types the visitor of this step into the form, with the last of its projects. */
  #fill({ form }: Step): void {
    const project = form["projects"]?.split(", ").at(-1);
    this.#order({ kind: "fill", values: { ...this.#visitor, ...(project && { project }) } });
  }

  #vendorOf({ target }: Step): VendorSide {
    const name = target === "nowhere" ? "sakneen" : QA_TARGETS[target].vendor;
    return this.#parts.vendors[name];
  }

  /** Targets of the step that store leads. */
  #storesOf({ target, delivers = target }: Step): string[] {
    return [...new Set([target, delivers])].filter(
      (key) => key !== "nowhere" && !("storage" in QA_TARGETS[key]),
    );
  }

  /** One lead is all that this target takes in a minute; in a second try it is refused already. */
  async #spend({ target }: Step): Promise<void> {
    const id = crypto.randomUUID();
    const stamp = await solveStamp(target, id);
    const body = new URLSearchParams({ target, id, stamp, ...this.#visitor });
    await fetch("/v1/leads", { method: "POST", headers: { accept: "application/json" }, body });
  }

  #openStage({ target, form, network, trapped, foreign }: Step): Promise<string> {
    const { frame, lang, operator } = this.#parts;
    const address = new URL(
      new URL("./qa-stage.html", location.href).pathname,
      foreign ? operator.strange : location.origin,
    );
    const keys = {
      ...(network && { [STAGE_KEYS.network]: network }),
      ...(trapped && { [STAGE_KEYS.trapped]: "" }),
      [STAGE_KEYS.endpoint]: location.origin,
      [STAGE_KEYS.list]: location.origin,
    };
    address.search = new URLSearchParams({ lang, target, ...form, ...keys }).toString();
    this.#ready = Promise.withResolvers<string>();
    // The same address again would be no navigation.
    frame.src = "about:blank";
    frame.src = address.href;
    return this.#ready.promise;
  }

  #order(order: StageOrder): void {
    this.#parts.frame.contentWindow?.postMessage(order, new URL(this.#parts.frame.src).origin);
  }

  #note(report: StageReport): void {
    switch (report.kind) {
      case "ready":
        return this.#ready.resolve(report.version);
      case "form":
        this.#form = report.form;
        return;
      case "answer":
        this.#answers.push(report.answer);
        return;
      case "height":
        this.#parts.frame.style.blockSize = `${report.pixels}px`;
    }
  }
}
