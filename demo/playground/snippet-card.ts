/** Owns the card with the snippet: which kind, its text, what it leaves out, its QR code. Must not print one itself. */
import type { Settings } from "../settings/protocol.ts";
import { isSnippetName, qrCode, SNIPPETS } from "../snippets/index.ts";
import type { Form, SnippetName } from "../snippets/index.ts";
import { printer } from "../../widget/print/index.ts";
import { copyFrom } from "./copy.ts";
import { byId, make } from "./dom.ts";
import { speak } from "./i18n.ts";

const NAMES = Object.keys(SNIPPETS).filter(isSnippetName);

const kindOf = ({ snippet }: Settings): SnippetName =>
  isSnippetName(snippet) ? snippet : "script";

const drawKinds = (): void => {
  const radios = NAMES.map((value, i) => {
    const radio = make("input", { type: "radio", name: "snippet", value, form: "settings" });
    radio.defaultChecked = i === 0;
    return make("label", {}, radio, speak(make("span", {}), `snippet.${value}`));
  });
  byId("snippet-kinds", HTMLElement).append(...radios);
};

/** An image, and no markup of the page's own: what it says may come from a link. */
const showCode = (address: string | undefined): void => {
  const image = byId("qr", HTMLImageElement);
  byId("qr-box", HTMLElement).hidden = address === undefined;
  if (address === undefined) return;
  image.src = `data:image/svg+xml,${encodeURIComponent(qrCode(address))}`;
  byId("qr-save", HTMLAnchorElement).href = image.src;
};

let turns = 0;

/** Some kinds are printed in a task of their own: of two the later is shown. */
export const showSnippet = async (settings: Settings, form: Form): Promise<void> => {
  const turn = (turns += 1);
  const name = kindOf(settings);
  const { text, left } = await SNIPPETS[name].print(form, printer);
  if (turn !== turns) return;
  byId("snippet", HTMLElement).textContent = text;
  speak(byId("snippet-about", HTMLElement), `snippet.${name}.about`);
  const note = byId("snippet-left", HTMLElement);
  note.hidden = left.length === 0;
  speak(note, "snippet.left", { names: left.join(", ") });
  showCode(name === "hosted" ? text : undefined);
};

export const startSnippets = (): void => {
  drawKinds();
  copyFrom("copy-snippet", () => byId("snippet", HTMLElement).textContent);
};
