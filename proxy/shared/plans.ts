/**
 * Owns the numbering plans that are here, unpacked from the rows that the build has cut. Must not read a number.
 *
 * A row is `country/lengths/general/prefix/fixed/mobile/other/leading/idd/rule`, without empty fields at its
 * end. In its patterns `d` stands for `\d`. Rows of one calling code follow each other, its main country first.
 */
import { CALLING_CODES } from "./plans.generated.ts";

/** Calling codes without `+`, by ISO code: of every country, also of one whose plan is not here. */
export const callingCodes: Record<string, string> = {};

let code = 0;
for (const part of CALLING_CODES.match(/ |\d+|../g)!)
  if (part < "A") code += Number(part) || 1;
  else callingCodes[part] = String(code);

/** How numbers of one country, or of a calling code without one, are dialled. Patterns are those of a RegExp. */
export interface Plan {
  /** ISO code; undefined where the calling code belongs to no country, such as 800. */
  country: string | undefined;
  callingCode: string;
  /** All plans of the calling code, that of its main country first. */
  family: Plan[];
  /** Those that a number may have, in ascending order, each as a digit of base 36. */
  lengths: string;
  /** Any number of the plan; the next three are its ranges, "" where they are not here. */
  general: string;
  fixed: string;
  /** "" beside others: it cannot be told from `fixed`. */
  mobile: string;
  other: string;
  /** What is dialled before a national number; may hold groups for `rule`. */
  prefix: string;
  /** What a prefix with a group is replaced by, such as `9$1`; "" for nothing. */
  rule: string;
  /** What is dialled before a number abroad. */
  idd: string;
  /** First digits by which the country is told from others of its calling code; "" for its ranges. */
  leading: string;
}

export class Plans {
  readonly #byCountry = new Map<string, Plan>();
  readonly #byCode = new Map<string, Plan[]>();

  /** @param rows parted by `;` */
  constructor(rows: string) {
    this.add(rows);
  }

  add(rows: string): void {
    for (const row of rows.replaceAll("d", "\\d").split(";")) {
      const [key = "", lengths = "", general = "", ...rest] = row.split("/");
      const [prefix = "", fixed = "", mobile = "", other = "", leading = "", idd, rule = ""] = rest;
      const callingCode = callingCodes[key] ?? key;
      const family = this.#byCode.get(callingCode) ?? [];
      const plan: Plan = {
        country: key === callingCode ? undefined : key,
        callingCode,
        family,
        lengths,
        general,
        prefix,
        fixed,
        mobile,
        other,
        leading,
        idd: idd || "00",
        rule,
      };
      family.push(plan);
      this.#byCode.set(callingCode, family);
      this.#byCountry.set(key, plan);
    }
  }

  /** @param country ISO code */
  of(country: string | undefined): Plan | undefined {
    return this.#byCountry.get(country ?? "");
  }

  /** The plan of the main country of the calling code that digits begin with: no code begins with another. */
  before(digits: string): Plan | undefined {
    return [1, 2, 3].map((length) => this.#byCode.get(digits.slice(0, length))?.[0]).find(Boolean);
  }
}
