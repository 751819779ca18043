/**
 * Owns the options of the country select. Must not build them before it is opened: 245 of them cost more
 * than the rest of the form.
 */
import { PLANS } from "../../proxy/shared/plans.generated.ts";
import { canonical, nameOf, regionNames, withCode } from "./country-names.ts";
import { callingCodes } from "./phone/index.ts";

/** Where the vendors' customers are: named first. */
const HOME = PLANS.split(";").map((plan) => plan.slice(0, 2));

const toOption = (country: string, names: Intl.DisplayNames) =>
  new Option(withCode(nameOf(country, names), callingCodes[country]), country);

/** What each list was built from: it is built anew when that has changed. */
const built = new WeakMap<HTMLSelectElement, string>();

/** What a form offers in its own order, else the home countries before all others. Keeps what is selected. */
export const fillCountries = (
  select: HTMLSelectElement,
  offered: readonly string[],
  given: string,
): void => {
  const from = [offered, given].join();
  if (built.get(select) === from) return;
  built.set(select, from);
  const chosen = select.value;
  const tag = canonical(given);
  const names = regionNames(tag);
  const { compare } = new Intl.Collator(tag);
  const make = (list: readonly string[]) => list.map((country) => toOption(country, names));
  const sorted = (list: readonly string[]) => make(list).sort((a, b) => compare(a.text, b.text));
  const others = Object.keys(callingCodes).filter((country) => !HOME.includes(country));
  const options =
    offered.length > 0
      ? make(offered)
      : [...sorted(HOME), document.createElement("hr"), ...sorted(others)];
  select.replaceChildren(...options);
  select.value = chosen;
  if (select.value !== chosen) {
    select.prepend(...make([chosen]));
    select.value = chosen;
  }
};
