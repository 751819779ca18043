/**
 * Owns the playground: it reads settings, gives orders to the frame and the vendors, and shows reports.
 * Must not import the form, since the frame runs the built script.
 */
import {
  modeHint,
  offerFields,
  readSettings,
  startControls,
  toFaults,
  writeSettings,
} from "./controls.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import { byId, onClick } from "./dom.ts";
import { namesOwn } from "./field-rows.ts";
import { definitionsOf, samplesOf } from "./own-fields.ts";
import { OperatorPanel } from "./operator.ts";
import { EventPanel, ExchangePanel, VendorPanel } from "./panels.ts";
import type { Order, Report, Settings } from "./protocol.ts";
import { fromQuery, targetOf, toQuery, toSnippet } from "./settings.ts";
import { Simulator, type VendorName } from "./simulators.ts";

/** Visitors to fill in, by target; with `+`, since the tester's country is another. */
const VISITORS: Readonly<Record<VendorName, Readonly<Record<string, string>>>> = {
  sakneen: { name: "أحمد علي", phone: "+20 100 123 4567", email: "ahmed@example.com" },
  brainysoft: { name: "Фридрих Иванов", phone: "+7 977 620-07-77", email: "f@example.com" },
};

/** While a request is open, and this long after, the vendor is polled. */
const LOOK_EVERY_MS = 400;
const LOOK_AFTER_MS = 2500;
/** A vendor that does not answer is called again. */
const KNOCK_EVERY_MS = 4000;
/** New alerts are looked for this often. */
const ALERTS_EVERY_MS = 2000;
const DEFAULT_WIDTH = 560;
/** The grip beside the frame and the frame's own border, as in the style sheet. */
const FRAME_EDGE = 16;
const MIN_FRAME_HEIGHT = 420;
/** Where settings stand above the form instead of beside it, as in the style sheet. */
const NARROW = "(width < 48rem)";
const DIALOG_FRAME_HEIGHT = 720;

const frame = byId("frame", HTMLIFrameElement);
const events = new EventPanel();
const exchanges = new ExchangePanel();
const received = new VendorPanel();
const simulators: Record<VendorName, Simulator> = {
  sakneen: new Simulator("sakneen", location.search),
  brainysoft: new Simulator("brainysoft", location.search),
};

const vendorName = (settings: Settings): VendorName =>
  settings["target"] === "brainysoft" ? "brainysoft" : "sakneen";

const announce = (text: string): void => {
  byId("announcer", HTMLElement).textContent = text;
};

const order = (message: Order): void => frame.contentWindow?.postMessage(message, location.origin);

const setStatus = (tone: "good" | "bad", text: string): void => {
  const status = byId("vendor-status", HTMLElement);
  status.dataset["tone"] = tone;
  if (status.textContent !== text) status.textContent = text;
};

/** Calls the chosen vendor, and shows when it does not answer. */
const withVendor = async (act: (simulator: Simulator) => Promise<unknown>): Promise<boolean> => {
  const name = vendorName(readSettings());
  const simulator = simulators[name];
  const title = name === "sakneen" ? "Sakneen" : "Brainysoft";
  const place = new URL(simulator.origin).host;
  try {
    await act(simulator);
    setStatus("good", `Simulated ${title} listens at ${place}.`);
    return true;
  } catch {
    setStatus(
      "bad",
      `Nobody plays ${title} at ${place}: run npm run vendors, or npm start for all.`,
    );
    return false;
  }
};

const look = () =>
  withVendor(async (simulator) => {
    const view = await simulator.look();
    if (received.show(view)) announce(`The vendor holds ${view.leads.length} leads.`);
  });

const operator = new OperatorPanel();
const lookAtOperator = async (): Promise<void> => {
  const alert = await operator.look();
  if (alert) announce(`An alert has arrived: ${alert}.`);
};

let lookUntil = 0;
let looking = false;
const watchVendor = async (): Promise<void> => {
  lookUntil = performance.now() + LOOK_AFTER_MS;
  if (looking) return;
  looking = true;
  while (performance.now() < lookUntil && (await look()))
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  looking = false;
};

let lastFaults = "";
const applyFaults = async (settings: Settings): Promise<void> => {
  const faults = toFaults(settings);
  byId("mode-hint", HTMLElement).textContent = modeHint(faults);
  const told = vendorName(settings) + JSON.stringify(faults);
  if (told === lastFaults) return;
  lastFaults = told;
  const reached = await withVendor((simulator) => simulator.setFaults(faults));
  if (!reached) lastFaults = "";
  else await look();
};

/** Unless a width was chosen, the page fits the tester's screen. */
const setWidth = (chosen: string | undefined): void => {
  const box = byId("frame-box", HTMLElement);
  const width = `${Number(chosen ?? DEFAULT_WIDTH) + FRAME_EDGE}px`;
  box.style.inlineSize = chosen ? width : `min(100%, ${width})`;
  byId("width-value", HTMLOutputElement).value = `${frame.clientWidth} px`;
};

let offered: string | undefined;
let definitions: Definitions = { version: "", fields: [] };

/** Another target has other fields: they are offered once its proxy has told them. */
const followTarget = async (target: string): Promise<void> => {
  if (target === offered) return;
  offered = target;
  offerFields(undefined, readSettings());
  const told = await definitionsOf(target);
  if (target !== offered) return;
  definitions = told;
  offerFields(told.fields, readSettings());
  apply();
};

/** Own fields are read in a task of their own: of two snippets the later is shown. */
const showSnippet = async (settings: Settings, needed: Definitions | undefined): Promise<void> => {
  const turn = (snippets += 1);
  const snippet = await toSnippet(settings, location.origin, needed);
  if (turn === snippets) byId("snippet", HTMLElement).textContent = snippet;
};
let snippets = 0;

/** Whether a setting was made by hand is all the same: everything follows from the form. */
const apply = (): void => {
  const settings = readSettings();
  void followTarget(targetOf(settings));
  const needed = namesOwn(settings["fields"]) ? definitions : undefined;
  const query = toQuery(settings, location.search);
  history.replaceState(null, "", location.pathname + query);
  byId("alone", HTMLAnchorElement).href = `./stage.html${query}`;
  void showSnippet(settings, needed);
  byId("show", HTMLElement).hidden = settings["presentation"] !== "dialog";
  setWidth(settings["width"]);
  order({
    kind: "settings",
    settings,
    endpoint: location.origin,
    definitions: needed ? JSON.stringify(needed) : "",
  });
  void applyFaults(settings);
};

const setHeight = (pixels: number): void => {
  const least =
    readSettings()["presentation"] === "dialog" ? DIALOG_FRAME_HEIGHT : MIN_FRAME_HEIGHT;
  frame.style.blockSize = `${Math.max(least, pixels)}px`;
};

const hear = (report: Report): void => {
  switch (report.kind) {
    case "ready":
      return apply();
    case "height":
      return setHeight(report.pixels);
    case "event":
      return events.add(report.name, report.detail, report.status);
    case "exchange":
      exchanges.show(report.exchange);
      void watchVendor();
      return;
  }
};

const copy = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied.`);
  } catch {
    announce(`The browser did not let the ${what.toLowerCase()} be copied.`);
  }
};

/** Shows the result on the button itself for a moment. */
const copyFrom = (id: string, what: string, text: () => string): void => {
  const button = byId(id, HTMLButtonElement);
  const label = button.textContent;
  button.addEventListener("click", () => {
    void copy(text(), what).then(() => {
      button.textContent = byId("announcer", HTMLElement).textContent.endsWith("copied.")
        ? "Copied"
        : "Not copied";
      setTimeout(() => (button.textContent = label), 1500);
    });
  });
};

const startGrip = (): void => {
  const grip = byId("grip", HTMLElement);
  const range = byId("settings", HTMLFormElement).elements.namedItem("width");
  if (!(range instanceof HTMLInputElement)) return;
  grip.addEventListener("pointerdown", (event) => grip.setPointerCapture(event.pointerId));
  grip.addEventListener("pointermove", (event) => {
    if (!grip.hasPointerCapture(event.pointerId)) return;
    range.value = String(event.clientX - frame.getBoundingClientRect().left);
    apply();
  });
};

const knock = (): void => {
  if (!document.hidden && byId("vendor-status", HTMLElement).dataset["tone"] === "bad") apply();
};

window.addEventListener("message", (event: MessageEvent<Report>) => {
  if (event.origin === location.origin && event.source === frame.contentWindow) hear(event.data);
});
startControls(apply);
startGrip();
byId("fast", HTMLInputElement).addEventListener("input", apply);
copyFrom("copy-snippet", "Snippet", () => byId("snippet", HTMLElement).textContent);
copyFrom("copy-token", "Token", () => byId("operator-token", HTMLElement).textContent);
copyFrom("copy-link", "Link", () => location.href);
onClick("defaults", () => {
  writeSettings({});
  offered = undefined;
  apply();
});
onClick("fill", () =>
  order({
    kind: "fill",
    values: { ...VISITORS[vendorName(readSettings())], ...samplesOf(definitions) },
  }),
);
onClick("show", () => order({ kind: "show" }));
onClick("reset", () => order({ kind: "reset" }));
onClick("reload", () => frame.contentWindow?.location.reload());
onClick("clear-events", () => events.clear());
onClick("clear-exchanges", () => exchanges.clear());
onClick("clear-vendor", () => {
  received.clear();
  void withVendor((simulator) => simulator.clear());
});
if (matchMedia(NARROW).matches)
  for (const group of document.querySelectorAll("details.group")) group.removeAttribute("open");
writeSettings(fromQuery(location.search));
apply();
setInterval(knock, KNOCK_EVERY_MS);
// Alerts come by themselves, also while nobody uses the form.
void lookAtOperator();
setInterval(() => document.hidden || void lookAtOperator(), ALERTS_EVERY_MS);
