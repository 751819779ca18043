/** Owns the search field: its results, its keys, its words. Must not load the index before the field has the focus. */
import type { SearchResult } from "minisearch";
import type { Entry } from "./terms.ts";

type Found = SearchResult & Pick<Entry, "url" | "page" | "title" | "lang" | "excerpt">;

const MAX_RESULTS = 12;

const loadIndex = async (address: string): Promise<(words: string) => Found[]> => {
  const [{ default: MiniSearch }, { SEARCH }, answer] = await Promise.all([
    import("minisearch"),
    import("./terms.ts"),
    fetch(address),
  ]);
  const index = MiniSearch.loadJSON<Entry>(await answer.text(), SEARCH);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the stored fields of an entry
  return (words) => index.search(words).slice(0, MAX_RESULTS) as Found[];
};

const make = (tag: string, text: string): HTMLElement => {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
};

const drawResult = ({ url, page, title, lang, excerpt }: Found, base: string): HTMLLIElement => {
  const link = document.createElement("a");
  link.href = base + url.slice(1);
  link.lang = lang;
  link.dir = lang === "ar" ? "rtl" : "ltr";
  link.append(
    make("strong", title),
    make("small", page === title ? "" : page),
    make("span", excerpt),
  );
  const item = document.createElement("li");
  item.append(link);
  return item;
};

const fill = (text: string, value: string | number): string => text.replace("{0}", String(value));

class Search {
  readonly #box: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #status: HTMLElement;
  #index: ReturnType<typeof loadIndex> | undefined;

  constructor(box: HTMLElement, input: HTMLInputElement, list: HTMLElement, status: HTMLElement) {
    [this.#box, this.#input, this.#list, this.#status] = [box, input, list, status];
    input.addEventListener("focus", () => void this.#load());
    input.addEventListener("input", () => void this.#show());
    box.addEventListener("keydown", (event) => this.#onKey(event));
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) this.#close();
    });
    input.addEventListener("click", () => void this.#show());
    document.addEventListener("keydown", (event) => this.#onShortcut(event));
  }

  #load(): ReturnType<typeof loadIndex> {
    return (this.#index ??= loadIndex(this.#box.dataset["index"] ?? ""));
  }

  async #show(): Promise<void> {
    const words = this.#input.value.trim();
    if (!words) return this.#close();
    const search = await this.#load();
    // A later key may have changed it while the index was on its way.
    if (this.#input.value.trim() !== words) return;
    const found = search(words);
    const { root = "", none = "", found: said = "" } = this.#box.dataset;
    const empty = make("li", fill(none, words));
    empty.className = "none";
    this.#list.replaceChildren(
      ...(found.length > 0 ? found.map((each) => drawResult(each, root)) : [empty]),
    );
    this.#list.hidden = false;
    this.#status.textContent = found.length > 0 ? fill(said, found.length) : fill(none, words);
  }

  #close(): void {
    this.#list.hidden = true;
    this.#status.textContent = "";
  }

  /** Up and down go through the field and the results; Enter in the field goes to the first. */
  #onKey(event: KeyboardEvent): void {
    const stops = [this.#input, ...this.#list.querySelectorAll("a")];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const go = (to: HTMLElement | undefined): void => {
      event.preventDefault();
      to?.focus();
    };
    if (event.key === "ArrowDown" && !this.#list.hidden) return go(stops[at + 1]);
    if (event.key === "ArrowUp" && at > 0) return go(stops[at - 1]);
    if (event.key === "Enter" && at === 0) return this.#list.querySelector("a")?.click();
    if (event.key !== "Escape" || this.#list.hidden) return;
    go(this.#input);
    this.#close();
  }

  #onShortcut(event: KeyboardEvent): void {
    const isTyping =
      event.target instanceof HTMLElement &&
      event.target.closest("input, select, textarea, lead-form");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#input.focus();
  }
}

/** Shown only now: without a script there is nothing that searches. */
export const startSearch = (box: HTMLElement): void => {
  const input = box.querySelector("input");
  const list = box.querySelector<HTMLElement>(".results");
  const status = box.querySelector<HTMLElement>("[role=status]");
  if (!input || !list || !status) return;
  new Search(box, input, list, status);
  box.hidden = false;
};
