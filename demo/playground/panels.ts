/**
 * Owns the right side: what the form reported, what went over the wire, what the vendor received. Must not
 * send anything.
 */
import type { Exchange } from "../settings/protocol.ts";
import type { ReceivedRequest } from "../vendors/state.ts";
import type { VendorView } from "./backend.ts";
import { byId, make } from "./dom.ts";
import { speak } from "./i18n.ts";
import type { TextKey } from "./i18n.ts";

/** A tester needs no older entries, and the page must stay quick. */
const MAX_ENTRIES = 50;

type Tone = "good" | "bad" | "open" | "plain";

interface Entry {
  title: string;
  /** A text of the page, or what somebody else said. */
  badge: { key: TextKey } | string;
  tone: Tone;
  meta: string;
  /** Label and text of each part; empty ones are left out. */
  parts: readonly (readonly [TextKey, string])[];
  unfolded: boolean;
}

const time = (at: Date): string => at.toLocaleTimeString("en-GB");

/** JSON and form bodies in readable lines; any other body as it is. */
const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return /^[\w.%+-]+=/.test(text)
      ? [...new URLSearchParams(text)].map(([name, value]) => `${name} = ${value}`).join("\n")
      : text;
  }
};

const headerLines = (headers: Readonly<Record<string, string>> = {}): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

const toneOf = (status: number | undefined): Tone =>
  status === undefined ? "open" : status < 300 ? "good" : "bad";

const bytes = (text: string): string => `${new TextEncoder().encode(text).length} B`;

const badgeOf = (badge: Entry["badge"], tone: Tone): HTMLElement => {
  const span = make("span", { class: `badge ${tone}` });
  if (typeof badge === "string") span.append(badge);
  else speak(span, badge.key);
  return span;
};

const render = ({ title, badge, tone, meta, parts, unfolded }: Entry): HTMLLIElement => {
  const summary = make(
    "summary",
    {},
    badgeOf(badge, tone),
    make("span", { class: "entry-title", dir: "ltr" }, title),
    make("span", { class: "entry-meta" }, meta),
  );
  const details = make("details", {}, summary);
  details.open = unfolded;
  for (const [label, text] of parts)
    if (text)
      details.append(
        speak(make("h3", {}), label),
        speak(
          make("pre", { class: "code", tabindex: "0", role: "group", dir: "auto" }, text),
          label,
          undefined,
          "data-label",
        ),
      );
  return make("li", {}, details);
};

/** A list with the newest first, and a sentence while it is empty. */
class Panel {
  readonly #list: HTMLOListElement;
  readonly #empty: HTMLElement;

  constructor(name: string) {
    this.#list = byId(`${name}-log`, HTMLOListElement);
    this.#empty = byId(`${name}-empty`, HTMLElement);
  }

  add(entry: Entry): HTMLLIElement {
    const item = render(entry);
    for (const older of this.#list.querySelectorAll("details[open]")) older.removeAttribute("open");
    this.#list.prepend(item);
    while (this.#list.childElementCount > MAX_ENTRIES) this.#list.lastElementChild?.remove();
    this.#empty.hidden = true;
    return item;
  }

  clear(): void {
    this.#list.replaceChildren();
    this.#empty.hidden = false;
  }
}

export class EventPanel {
  readonly #panel = new Panel("events");

  add(name: string, detail: unknown, status: string): void {
    const text = detail === undefined || detail === null ? "" : JSON.stringify(detail, null, 2);
    const tone: Tone = /success|generate/.test(name)
      ? "good"
      : /error|invalid/.test(name)
        ? "bad"
        : "plain";
    this.#panel.add({
      title: name,
      badge: status || "–",
      tone,
      meta: time(new Date()),
      parts: [["entry.detail", text]],
      unfolded: text.length < 400,
    });
  }

  clear(): void {
    this.#panel.clear();
  }
}

export class ExchangePanel {
  readonly #panel = new Panel("exchange");
  readonly #items = new Map<number, HTMLLIElement>();

  /** An exchange that is already listed is replaced, where it stands. */
  show(exchange: Exchange): void {
    const { id, method, url, body, took, status, headers, answer, failure } = exchange;
    const entry: Entry = {
      title: `${method} ${new URL(url).pathname}`,
      badge: failure ? { key: "entry.failed" } : String(status ?? "…"),
      tone: failure ? "bad" : toneOf(status),
      meta: took === undefined ? bytes(body) : `${bytes(body)}, ${took} ms`,
      parts: [
        ["entry.request", pretty(body)],
        ["entry.answer", failure ?? pretty(answer ?? "")],
        ["entry.headers", headerLines(headers)],
      ],
      unfolded: true,
    };
    const listed = this.#items.get(id);
    if (!listed) {
      this.#items.set(id, this.#panel.add(entry));
      return;
    }
    const item = render(entry);
    listed.replaceWith(item);
    this.#items.set(id, item);
  }

  clear(): void {
    this.#panel.clear();
    this.#items.clear();
  }
}

/** Headers that differ; the others are the same for every HTTP client. */
const BORING = ["host", "connection", "accept-encoding", "content-length", "sec-fetch-mode"];

const toEntry = (request: ReceivedRequest, unfolded: boolean): Entry => {
  const { at, method, path, headers, body, answer } = request;
  const telling = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !BORING.includes(name)),
  );
  return {
    title: `${method} ${path}`,
    badge: answer ? String(answer.status) : { key: "entry.none" },
    tone: toneOf(answer?.status),
    meta: time(new Date(at)),
    parts: [
      ["entry.sent", headerLines(telling)],
      ["entry.body", pretty(body)],
      ["entry.answered", answer ? pretty(answer.body.slice(0, 4000)) : ""],
    ],
    unfolded,
  };
};

export class VendorPanel {
  readonly #panel = new Panel("vendor");
  #shown = "";

  /** @returns whether anything is new since the last look */
  show({ requests }: VendorView): boolean {
    const newest = requests.slice(-MAX_ENTRIES);
    const all = JSON.stringify(newest);
    if (all === this.#shown) return false;
    this.#shown = all;
    this.#panel.clear();
    for (const [i, request] of newest.entries())
      this.#panel.add(toEntry(request, i === newest.length - 1));
    return true;
  }

  clear(): void {
    this.#shown = "";
    this.#panel.clear();
  }
}
