/**
 * No barrier that axe can find: every state of the gallery in every language, preset and scheme. Neither
 * violations nor what axe is not sure of ("incomplete") are let pass, and no rule is left out but those
 * about the page around a form.
 */
import type { AxeResults, RunOptions } from "axe-core";
import { drive, makeForm, playProxy, shortenClock, type Staged } from "../../demo/gallery/forms.ts";
import { STATES } from "../../demo/gallery/states.ts";
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { equal, restores, still, until, useParts } from "./harness.ts";

const LANGUAGES = ["en", "ar", "ru"];
const THEMES = ["", "estate", "fintech", "ink"];
const SCHEMES = ["light", "dark"];

const OPTIONS: RunOptions = {
  // `target-size` runs only where WCAG 2.2 is asked for.
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: {
    // A page puts the form into a landmark of its own,
    region: { enabled: false },
    // and holds one form of a name, not fifty.
    "landmark-unique": { enabled: false },
  },
  resultTypes: ["violations", "incomplete"],
  // Only for a rule about the orientation of the screen, which these groups do not hold.
  preload: false,
};

const loadAxe = () =>
  new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/node_modules/axe-core/axe.min.js";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("axe-core did not load"));
    document.head.append(script);
  });

const audit = async (context: Element): Promise<string[]> => {
  const { axe } = window as unknown as {
    axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
  };
  const { violations, incomplete, passes } = await axe.run(context, OPTIONS);
  equal(passes.length > 0, true, "rules that found something to look at");
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join()} ${any[0]?.message ?? ""}`),
  );
};

/** Redraws forms in a preset and waits until no colour is on its way. */
const dress = async (forms: readonly LeadForm[], theme: string, scheme: string): Promise<void> => {
  for (const form of forms) Object.assign(form, { theme, scheme });
  // A load that ends draws once more, and a drawing takes the sheet of `still` away.
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  await Promise.all(forms.map((form) => form.updateComplete));
  forms.forEach(still);
};

const looks = THEMES.flatMap((theme) => SCHEMES.map((scheme) => ({ theme, scheme })));
const named = ({ theme, scheme }: { theme: string; scheme: string }) =>
  `${theme || "no preset"}, ${scheme}`;

// For both suites, whichever comes first.
before(loadAxe);

describe("axe finds nothing", function () {
  this.timeout(120_000);
  const place = document.createElement("div");
  let staged: Staged[] = [];
  const forms = () => staged.map(({ form }) => form as unknown as LeadForm);

  before(async () => {
    useParts();
    playProxy();
    shortenClock();
    const { warn } = console;
    console.warn = () => {};
    restores.push(() => {
      Reflect.deleteProperty(navigator, "onLine");
      console.warn = warn;
    });
    document.body.append(place);
    staged = Object.keys(STATES)
      .filter((name) => !STATES[name]!.alone)
      .flatMap((name) => LANGUAGES.map((lang) => makeForm(name, lang, "default", "light")));
    place.append(...staged.map(({ form }) => form));
    equal((await drive(staged)).length, 0, "forms that did not reach their state");
  });
  after(() => place.remove());

  for (const look of looks)
    it(`in any state or language: ${named(look)}`, async () => {
      await dress(forms(), look.theme, look.scheme);
      equal(await audit(place), []);
    });
});

describe("axe finds nothing in the open dialog", function () {
  this.timeout(120_000);

  for (const lang of LANGUAGES)
    it(`in any preset or scheme: ${lang}`, async () => {
      const form = makeForm("dialog", lang, "default", "light").form as unknown as LeadForm;
      document.body.append(form);
      restores.push(() => form.remove());
      await until(() => form.shadowRoot!.querySelector("dialog")?.open);
      for (const { theme, scheme } of looks) {
        await dress([form], theme, scheme);
        equal(await audit(form), [], named({ theme, scheme }));
      }
    });
});
