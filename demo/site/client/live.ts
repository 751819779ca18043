/**
 * Owns the other side of the live form: the mood of the simulated CRM, and what each side got. Must not draw the
 * form.
 */
import { keepInPage } from "../../in-page/fetch.ts";
import type { InPageProxy } from "../../in-page/proxy.ts";
import { isFaultMode } from "../../vendors/modes.ts";
import { drawGot, drawKept, drawSent } from "./stops.ts";
import type { Words } from "./stops.ts";

/** As the live form names it. */
const form = document.querySelector("lead-form");
const publicUrl = form?.getAttribute("endpoint") ?? "";

const journey = document.getElementById("journey");
const words: Words = journey?.dataset ?? {};
const vendorOf = (target: string | null): "sakneen" | "brainysoft" =>
  target === "brainysoft" ? "brainysoft" : "sakneen";

const put = (stop: string, content: readonly Node[]): void => {
  const place = journey?.querySelector(`[data-stop="${stop}"]`);
  const found = place?.querySelector<HTMLElement>(".found");
  const empty = place?.querySelector<HTMLElement>(".empty");
  if (!found || !empty) return;
  found.replaceChildren(...content);
  found.hidden = content.length === 0;
  empty.hidden = content.length > 0;
};

const say = (text: string): void => {
  const status = journey?.querySelector("[data-said]");
  if (status) status.textContent = text;
};

const draw = (proxy: InPageProxy): void => {
  const last = proxy.exchanges.at(-1);
  const kept = proxy.stored();
  const vendor = proxy.vendors[vendorOf(form?.getAttribute("target") ?? null)];
  put("sent", last ? drawSent(last, words) : []);
  put("kept", drawKept(kept, words));
  put("got", last ? drawGot(vendor, words) : []);
  const state = kept.at(-1)?.state;
  if (state) say(words[`state${state[0]?.toUpperCase()}${state.slice(1)}`] ?? "");
};

const seam = keepInPage(publicUrl, () => void seam.load().then(draw));

const fieldset = journey?.querySelector("fieldset");
if (fieldset) fieldset.disabled = false;
journey?.querySelector("form")?.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !isFaultMode(target.value)) return;
  const mode = target.value;
  void seam.load().then((proxy) => proxy.setFaults({ mode }));
});

// The proxy is large, and a page without a lead does without: it comes with the first touch of the form.
form?.addEventListener("focusin", () => void seam.load(), { once: true });
