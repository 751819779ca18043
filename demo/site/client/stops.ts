/** Owns the sight of a lead at each stop of its way: sent, kept, got. Must not show a key. */
import type { Exchange } from "../../in-page/proxy.ts";
import type { KeptLead } from "../../in-page/store.ts";
import type { VendorState } from "../../vendors/state.ts";

/** In the page's language, from its markup. */
export type Words = Readonly<Record<string, string | undefined>>;

const make = (tag: string, text: string, className = ""): HTMLElement => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

/** In the writing direction of code. */
const line = (text: string): HTMLElement => {
  const element = make("p", text, "line");
  element.dir = "ltr";
  return element;
};

const code = (text: string): HTMLElement => {
  const block = make("pre", "");
  block.dir = "ltr";
  block.tabIndex = 0;
  block.append(make("code", text));
  return block;
};

const list = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}: ${value}`).join("\n");

/** Enough of an id to recognise it. */
const ID = 8;
/** From here on a status says no. */
const FAILED = 400;
/** Longer ones say nothing more. */
const MAX_VALUE = 60;
const cut = (text: string): string =>
  text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;

export const drawSent = ({ method, url, fields, status }: Exchange, words: Words): Node[] => {
  const shown = Object.entries(fields)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => [name, cut(value)] as const);
  return [
    line(`${method} ${new URL(url).pathname}`),
    code(list(shown)),
    make("p", (words["answered"] ?? "").replace("{0}", String(status)), "state"),
  ];
};

const stateOf = ({ state }: KeptLead, words: Words): string =>
  words[`state${state[0]?.toUpperCase()}${state.slice(1)}`] ?? state;

export const drawKept = (leads: readonly KeptLead[], words: Words): Node[] => {
  const rows = leads.toReversed().map((lead) => {
    const row = make("article", "", `kept ${lead.state}`);
    const shown = [
      ["id", lead.id.slice(0, ID)],
      ["phone", lead.phoneTail],
      ["box", cut(lead.box)],
    ] as const;
    row.append(
      make("p", stateOf(lead, words), "state"),
      code(list(shown.filter(([, value]) => value !== ""))),
    );
    return row;
  });
  const isSealed = leads.some(({ box }) => box !== "");
  return isSealed ? [...rows, make("p", words["fieldsHidden"] ?? "", "aside")] : rows;
};

const KEY_HEADERS = ["api-key", "bsauth", "language"];

export const drawGot = ({ requests }: VendorState, words: Words): Node[] => {
  const request = requests.at(-1);
  if (!request) return [];
  const headers = KEY_HEADERS.flatMap((name) => {
    const value = request.headers[name];
    return value ? [[name, name === "language" ? value : "••••••••"] as const] : [];
  });
  const body = JSON.stringify(JSON.parse(request.body), null, 1);
  const status = request.answer?.status ?? 0;
  const answered = (words["vendorAnswers"] ?? "").replace("{0}", String(status));
  return [
    line(`${request.method} ${request.path}`),
    code(`${list(headers)}\n\n${body}`),
    status < FAILED
      ? make("p", answered, "state good")
      : make("p", `${answered} ${words["nothingYet"] ?? ""}`, "state wait"),
  ];
};
