/**
 * Owns the playground: everything follows from its settings, whoever made them. Must not import the form, since the
 * frame runs the built script, nor know who answers behind it.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import type { Report, Settings } from "../settings/protocol.ts";
import { fromQuery, targetOf, toForm, toQuery } from "../settings/settings.ts";
import type { Backend } from "./backend.ts";
import { fillSettings, readSettings, setControl, startControls, tellChange } from "./controls.ts";
import { announce, copyFrom } from "./copy.ts";
import { byId, make, onClick } from "./dom.ts";
import { buildFaults } from "./faults.ts";
import { buildFields, namesOwn, offerFields, readTokens } from "./field-rows.ts";
import { History } from "./history.ts";
import type { Language } from "../../proxy/shared/contract.ts";
import { drawNav } from "../nav/nav.ts";
import { NATIVE, pageLanguage, say, setLanguage, toLanguage } from "./i18n.ts";
import { OperatorPanel } from "./operator.ts";
import { samplesOf, VISITORS } from "./own-fields.ts";
import { EventPanel, ExchangePanel } from "./panels.ts";
import { showSnippet, startSnippets } from "./snippet-card.ts";
import { StageFrame } from "./stage-frame.ts";
import { vendorOf, VendorWatch } from "./vendor-watch.ts";
import { setWidth, startWidth } from "./width.ts";

/** A vendor that does not answer is called again. */
const KNOCK_EVERY_MS = 4000;
/** New alerts are looked for this often. */
const ALERTS_EVERY_MS = 2000;
/** Where settings stand above the form instead of beside it, as in the style sheet. */
const NARROW = "(width < 48rem)";
/** Of this page and not of the form: to start over keeps them. */
const OF_PAGE = ["ui", "ui-scheme"] as const;

class Workbench {
  readonly #backend: Backend;
  readonly #frame = new StageFrame((report) => this.#hear(report));
  readonly #events = new EventPanel();
  readonly #exchanges = new ExchangePanel();
  readonly #operator = new OperatorPanel();
  readonly #vendor: VendorWatch;
  readonly #history: History;
  #offered: string | undefined;
  #definitions: Definitions = { version: "", fields: [] };

  constructor(backend: Backend, settings: Settings) {
    this.#backend = backend;
    this.#vendor = new VendorWatch(backend.vendors);
    this.#write(settings);
    this.#history = new History(readSettings());
  }

  /** Whether a setting was made by hand, by a link or by a step back: everything follows from the form. */
  apply(by = ""): void {
    const settings = readSettings();
    this.#history.note(settings, by);
    // Not `disabled`: a focused button would lose the focus with its last step.
    byId("undo", HTMLElement).ariaDisabled = String(!this.#history.canUndo);
    this.#dress(settings);
    void this.#followTarget(targetOf(settings));
    const query = toQuery(settings, location.search);
    history.replaceState(null, "", location.pathname + query);
    byId("alone", HTMLAnchorElement).href = `./stage.html${query}`;
    byId("hosted", HTMLAnchorElement).href = `/f/${targetOf(settings)}`;
    byId("show", HTMLElement).hidden = settings["presentation"] !== "dialog";
    setWidth(settings["width"]);
    this.#frame.show(settings);
    this.#tell(settings);
    void this.#vendor.order(settings);
  }

  start(): void {
    onClick("defaults", () => this.#put(this.#ofPage()));
    onClick("undo", () => {
      const before = this.#history.undo();
      if (!before) return;
      this.#put(before);
      announce(say("told.undone"));
    });
    onClick("fill", () =>
      this.#frame.order({
        kind: "fill",
        values: { ...VISITORS[vendorOf(readSettings())], ...samplesOf(this.#definitions) },
      }),
    );
    onClick("show", () => this.#frame.order({ kind: "show" }));
    onClick("reset", () => this.#frame.order({ kind: "reset" }));
    onClick("reload", () => this.#frame.reload());
    onClick("clear-events", () => this.#events.clear());
    onClick("clear-exchanges", () => this.#exchanges.clear());
    onClick("clear-vendor", () => void this.#vendor.clear());
    setInterval(() => document.hidden || (this.#vendor.isLost && this.apply()), KNOCK_EVERY_MS);
    // Alerts come by themselves, also while nobody uses the form.
    void this.#lookAtOperator();
    setInterval(() => document.hidden || void this.#lookAtOperator(), ALERTS_EVERY_MS);
  }

  /** Own fields hold what was typed into a control that comes later: they are written first. */
  #write(settings: Settings): void {
    fillSettings(settings);
    offerFields(undefined, settings, tellChange);
  }

  #put(settings: Settings): void {
    this.#write(settings);
    this.#offered = undefined;
    this.apply();
  }

  #ofPage(): Settings {
    const settings = readSettings();
    return Object.fromEntries(
      OF_PAGE.flatMap((name) => (settings[name] ? [[name, settings[name]]] : [])),
    );
  }

  #needed(settings: Settings): Definitions | undefined {
    return namesOwn(settings["fields"]) ? this.#definitions : undefined;
  }

  #tell(settings: Settings): void {
    const needed = this.#needed(settings);
    const form = toForm(settings, this.#backend.origin, needed);
    void showSnippet(settings, form);
    this.#frame.order({
      kind: "settings",
      settings,
      endpoint: this.#backend.origin,
      definitions: needed ? JSON.stringify(needed) : "",
    });
  }

  /** The page itself, not the form. */
  #dress(settings: Settings): void {
    document.documentElement.dataset["scheme"] = settings["ui-scheme"] ?? "";
    const language = toLanguage(settings["ui"]);
    if (language === pageLanguage()) return;
    speak(language);
    this.#offerKnown();
  }

  /** The rows name fields in the page's language. */
  #offerKnown(): void {
    const known = this.#offered === undefined ? undefined : this.#definitions.fields;
    offerFields(known, readSettings(), tellChange);
  }

  /** Another target has other fields: they are offered once its proxy has told them. */
  async #followTarget(target: string): Promise<void> {
    if (target === this.#offered) return;
    this.#offered = target;
    offerFields(undefined, readSettings(), tellChange);
    const told = await this.#backend.definitionsOf(target);
    if (target !== this.#offered) return;
    this.#definitions = told;
    offerFields(told.fields, readSettings(), tellChange);
    writeTokens();
    this.apply();
  }

  #hear(report: Report): void {
    switch (report.kind) {
      case "ready":
        return this.apply();
      case "status":
        byId("status", HTMLElement).textContent = report.status;
        return;
      case "event":
        return this.#events.add(report.name, report.detail, report.status);
      case "exchange":
        this.#exchanges.show(report.exchange);
        void this.#vendor.follow();
        return;
      case "height":
        return;
    }
  }

  async #lookAtOperator(): Promise<void> {
    const type = this.#operator.show(await this.#backend.operator());
    if (type) announce(say("operator.alert", { type }));
  }
}

/** From the table to the inputs that stand for the attributes. */
const writeTokens = (): void => {
  for (const [part, text] of Object.entries(readTokens())) setControl(part, text);
};

const speak = (language: Language): void => {
  setLanguage(language);
  drawNav(byId("nav", HTMLElement), { current: "playground", lang: language });
};

/** Unless a link asks for another, the page speaks the tester's language. */
const offerLanguages = (): void => {
  const own = toLanguage(undefined);
  byId("ui", HTMLSelectElement).append(
    ...LANGUAGES.map((value) => {
      const option = make("option", { value, lang: value }, NATIVE[value]);
      option.defaultSelected = value === own;
      return option;
    }),
  );
};

/** What somebody set, or a link brought, is in sight. */
const unfold = (settings: Settings): void => {
  if (!matchMedia(NARROW).matches)
    for (const name of ["where", "asks", "looks"])
      document.querySelector(`details[data-group="${name}"]`)?.setAttribute("open", "");
  const isSet = (control: Element): boolean =>
    Object.hasOwn(settings, control.getAttribute("name") ?? "");
  for (const details of document.querySelectorAll("#settings details"))
    if ([...details.querySelectorAll("[name]")].some(isSet)) details.setAttribute("open", "");
};

/** @param backend who answers behind the form */
export const startPlayground = (backend: Backend): void => {
  offerLanguages();
  startSnippets();
  const settings = fromQuery(location.search);
  const made = { asks: buildFields(), vendor: [buildFaults()] };
  let bench: Workbench | undefined;
  startControls(made, {
    changed: (by) => {
      writeTokens();
      bench?.apply(by);
    },
  });
  speak(toLanguage(settings["ui"]));
  for (const link of document.querySelectorAll<HTMLElement>("[data-of-proxy]"))
    link.hidden = !backend.servesPages;
  bench = new Workbench(backend, settings);
  unfold(readSettings());
  startWidth(() => bench.apply("width"));
  copyFrom("copy-token", () => byId("operator-token", HTMLElement).textContent);
  copyFrom("copy-link", () => location.href);
  bench.start();
  bench.apply();
};
