/**
 * Owns the page in the frame of QA's list: a page with the real script, as a step has set it up. Must not
 * change what the form sends, but for the honeypot of a step that plays a robot.
 */
import { HONEYPOT_FIELD } from "../../proxy/shared/contract.ts";
import { usePartsOfThisPage } from "../playground/dom.ts";
import { playNetwork, watchNetwork } from "../stage/network.ts";
import type { SeenForm } from "./model.ts";
import { STAGE_KEYS, type StageOrder, type StageReport } from "./stage-protocol.ts";

interface FormElement extends HTMLElement {
  values: Readonly<Record<string, string>>;
}

/** On this machine: the list may be of another origin than this page. */
const isOurs = (origin: string): boolean =>
  /^http:\/\/(?:localhost|127\.0\.0\.1):\d+$/.test(origin);

const settings = new URLSearchParams(location.search);
const { network, trapped, endpoint, list } = STAGE_KEYS;

const listOrigin = settings.get(list) ?? "";
const report = (message: StageReport): void => {
  if (isOurs(listOrigin)) window.parent.postMessage(message, listOrigin);
};

usePartsOfThisPage();
document.documentElement.lang = settings.get("lang") ?? "en";
document.documentElement.dir = settings.get("lang") === "ar" ? "rtl" : "ltr";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script defines it later
const form = document.createElement("lead-form") as FormElement;
for (const [name, value] of settings) if (!name.startsWith("_")) form.setAttribute(name, value);
const given = settings.get(endpoint) ?? "";
form.setAttribute("endpoint", isOurs(given) ? given : location.origin);

const codeOf = (answer: string): string => {
  try {
    const body: unknown = JSON.parse(answer);
    return String(Object(body).code ?? Object(body).status ?? "");
  } catch {
    return "";
  }
};

playNetwork(settings.get(network) ?? "");
watchNetwork(({ url, status, answer = "" }) => {
  if (status && new URL(url).pathname === "/v1/leads")
    report({ kind: "answer", answer: `${status} ${codeOf(answer)}` });
});

const look = (): SeenForm => {
  const root = form.shadowRoot;
  const marked = root?.querySelectorAll<HTMLInputElement>("[aria-invalid=true]") ?? [];
  return {
    status: form.getAttribute("status") ?? "",
    invalid: [...marked].map(({ name }) => name),
    text: root?.textContent.replace(/\s+/g, " ") ?? "",
    dir: root?.querySelector("[dir]")?.getAttribute("dir") ?? "ltr",
  };
};

let shown = "";
const tell = (): void => {
  const seen = look();
  const state = JSON.stringify(seen);
  if (state === shown) return;
  shown = state;
  report({ kind: "form", form: seen });
};

/** As a robot does it: into each field that there is. */
const trap = (): void => {
  const field = form.shadowRoot?.querySelector(`[name=${HONEYPOT_FIELD}]`);
  if (field instanceof HTMLInputElement) field.value = "https://spam.example";
};

const start = async (): Promise<void> => {
  const page = document.getElementById("page");
  page?.append(form);
  await customElements.whenDefined("lead-form");
  const root = form.shadowRoot;
  if (!page || !root) return;
  const everything = { attributes: true, childList: true, characterData: true, subtree: true };
  const watcher = new MutationObserver(tell);
  watcher.observe(root, everything);
  watcher.observe(form, { attributes: true });
  new ResizeObserver(() => report({ kind: "height", pixels: page.offsetHeight })).observe(page);
  tell();
  const version = String(Reflect.get(form.constructor, "version"));
  report({ kind: "ready", version });
};

window.addEventListener("message", ({ data, origin, source }: MessageEvent<StageOrder>) => {
  if (!isOurs(origin) || source !== window.parent) return;
  if (data.kind === "network") return playNetwork(data.network);
  form.values = data.values;
  if (settings.has(trapped)) trap();
});
await start();
