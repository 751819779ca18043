/**
 * Owns the page in the frame: a customer's page with the real, built script. Must not change what the form
 * sends.
 */
import { usePartsOfThisPage } from "../playground/dom.ts";
import type { Order, Report, Settings } from "../settings/protocol.ts";
import { attributeValue, fromQuery, liveAddress, targetOf } from "../settings/settings.ts";
import { ATTRIBUTES, nameOf, PRESET, PROPERTIES, SLOTS } from "../settings/table.ts";
import { tagOf } from "../snippets/form.ts";
import { watchNetwork, playNetwork } from "./network.ts";
import { PAGE_TEXTS } from "./texts.ts";
import { playVisitor } from "./visitor.ts";

playVisitor(fromQuery(location.search));
usePartsOfThisPage();

/** The part of the element's public interface that this page uses. */
interface FormElement extends HTMLElement {
  values: Readonly<Record<string, string>>;
  reset(): void;
  show(): void;
}

const EVENTS = [
  "lead-form-ready",
  "lead-form-start",
  "lead-form-submit",
  "lead-form-invalid",
  "lead-form-retry",
  "lead-form-success",
  "lead-form-error",
  "lead-form-reset",
  "lead-form-show",
  "lead-form-hide",
] as const;

const byId = <T extends HTMLElement>(id: string, type: new () => T): T => {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`#${id} is missing`);
  return element;
};

const framed = window.parent !== window;
const report = (message: Report): void => {
  if (framed) window.parent.postMessage(message, location.origin);
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script defines it later
const form = document.createElement("lead-form") as FormElement;

const place = (host: string): void => {
  const here = byId("place", HTMLDivElement);
  const wrapped = here.querySelector("form");
  if (host === "form" && !wrapped) {
    const page = document.createElement("form");
    page.action = "/demo/stage.html";
    page.append(form);
    here.replaceChildren(page);
  } else if (host !== "form" && (wrapped || !form.isConnected)) here.replaceChildren(form);
};

const applyPage = (settings: Settings): void => {
  const root = document.documentElement;
  const lang = settings["page-lang"] ?? "en";
  const host = settings["host"] ?? "";
  root.lang = lang;
  root.dir = lang === "ar" ? "rtl" : "ltr";
  root.dataset["host"] = host;
  const texts = PAGE_TEXTS[lang] ?? PAGE_TEXTS["en"];
  const subject = texts?.[settings["target"] === "brainysoft" ? "brainysoft" : "sakneen"];
  byId("page-title", HTMLHeadingElement).textContent = subject?.title ?? "";
  byId("page-text", HTMLParagraphElement).textContent = subject?.text ?? "";
  byId("page-open", HTMLButtonElement).textContent = subject?.open ?? "";
  byId("opener", HTMLParagraphElement).hidden = settings["presentation"] !== "dialog";
};

const applyDataLayer = (name: string | undefined): void => {
  if (!name || Object.hasOwn(window, name)) return;
  const layer: unknown[] = [];
  layer.push = (...entries) => {
    for (const detail of entries) report({ kind: "event", name, detail, status: "data layer" });
    return Array.prototype.push.apply(layer, entries);
  };
  Object.defineProperty(window, name, { value: layer });
};

const write = (name: string, value: string | undefined): void => {
  if (value === undefined) form.removeAttribute(name);
  else if (form.getAttribute(name) !== value) form.setAttribute(name, value);
};

/** Presets that were there, and those that are to be there. */
const presetNames = (settings: Settings): string[] =>
  [...form.getAttributeNames(), ...Object.keys(settings)].filter((name) => name.startsWith(PRESET));

/** Plain text in the form's slots: a link must not bring markup along. */
const applySlots = (settings: Settings): void => {
  for (const setting of SLOTS) {
    const name = nameOf(setting);
    const text = settings[setting.name];
    const found = [...form.children].find((child) => child.slot === name);
    if (text === undefined) found?.remove();
    else {
      const child = found ?? document.createElement(tagOf(name));
      if (child.textContent !== text) child.textContent = text;
      if (found) continue;
      if (name) child.slot = name;
      else child.setAttribute("href", `/f/${targetOf(settings)}`);
      form.append(child);
    }
  }
};

const valueOf = (name: string, settings: Settings, endpoint: string): string | undefined => {
  switch (name) {
    case "target":
      return targetOf(settings);
    case "endpoint":
      return endpoint;
    case "fallback-endpoint":
      return liveAddress(settings[name]);
    default:
      return settings[name];
  }
};

const applyForm = (settings: Settings, endpoint: string, definitions: string): void => {
  applyDataLayer(settings["data-layer"]);
  // Before `fields` names them: the form asks the proxy otherwise.
  write("definitions", definitions || undefined);
  for (const name of ATTRIBUTES) {
    const value = valueOf(name, settings, endpoint);
    write(name, value === undefined ? undefined : attributeValue(name, value));
  }
  for (const name of presetNames(settings)) write(name, settings[name]);
  for (const setting of PROPERTIES)
    form.style.setProperty(nameOf(setting), settings[setting.name] ?? null);
  applySlots(settings);
};

const apply = (settings: Settings, endpoint: string, definitions = ""): void => {
  applyPage(settings);
  playNetwork(settings["network"]);
  applyForm(settings, endpoint, definitions);
  place(settings["host"] ?? "");
};

const obey = (order: Order): void => {
  switch (order.kind) {
    case "settings":
      return apply(order.settings, order.endpoint, order.definitions);
    case "fill":
      form.values = order.values;
      return;
    case "show":
      return form.show();
    case "reset":
      return form.reset();
  }
};

for (const name of EVENTS)
  document.addEventListener(name, (event) => {
    const detail: unknown = "detail" in event ? event.detail : undefined;
    // The status is set before the event, but its attribute changes a moment later.
    queueMicrotask(() =>
      report({ kind: "event", name, detail, status: form.getAttribute("status") ?? "" }),
    );
  });

new MutationObserver(() =>
  report({ kind: "status", status: form.getAttribute("status") ?? "" }),
).observe(form, { attributeFilter: ["status"] });
watchNetwork((exchange) => report({ kind: "exchange", exchange }));
byId("page-open", HTMLButtonElement).addEventListener("click", () => form.show());
new ResizeObserver(() =>
  report({ kind: "height", pixels: byId("page", HTMLElement).offsetHeight }),
).observe(byId("page", HTMLElement));

apply(fromQuery(location.search), location.origin);
window.addEventListener("message", (event: MessageEvent<Order>) => {
  if (event.origin === location.origin && event.source === window.parent) obey(event.data);
});
window.addEventListener("load", () => {
  const defined = customElements.get("lead-form") !== undefined;
  byId("missing", HTMLParagraphElement).hidden = defined;
  report({ kind: "ready", defined });
});
