/**
 * Owns the judgement whether what is seen is what a step says. Must not look anywhere itself: the page and
 * the tests each bring what they see.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import { CATALOGS } from "../../proxy/shared/messages/index.ts";
import type { MessageKey } from "../../proxy/shared/messages/en.ts";
import type { Expected, Seen, SeenForm } from "./model.ts";

export type Audience = "visitor" | "vendor" | "operator";
export const AUDIENCES: readonly Audience[] = ["visitor", "vendor", "operator"];

/** What of a text is the same whatever is filled in: its longest part. */
const constantPart = (text: string): string =>
  text.split(/\{\w+\}/).reduce((longest, part) => (part.length > longest.length ? part : longest));

/** A form shows its own language, whatever the list is written in. */
const isShown = ({ text }: SeenForm, key: MessageKey): boolean =>
  LANGUAGES.some((lang) => text.includes(constantPart(CATALOGS[lang][key]).trim()));

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.toSorted().join() === other.toSorted().join();

const visitorSees = (
  { status, answer, invalid, shows = [], dir }: NonNullable<Expected["visitor"]>,
  { form, answers }: Seen,
): boolean =>
  (status ?? form.status) === form.status &&
  (answer ?? answers.at(-1)) === answers.at(-1) &&
  (invalid === undefined || sameList(invalid, form.invalid)) &&
  (dir ?? form.dir) === form.dir &&
  shows.every((key) => isShown(form, key));

const vendorSees = (
  { leads, holds = "" }: NonNullable<Expected["vendor"]>,
  { vendor }: Seen,
): boolean => vendor.length === leads && (leads === 0 || JSON.stringify(vendor).includes(holds));

const operatorSees = (
  { leads, ...wanted }: NonNullable<Expected["operator"]>,
  { operator }: Seen,
): boolean => {
  const [newest] = operator;
  if (operator.length !== leads) return false;
  return Object.entries(wanted).every(
    ([name, value]) => newest && Reflect.get(newest, name) === value,
  );
};

/** The raw requests, by the code that answers each, with its status. */
export const REQUEST_ANSWERS: Readonly<Record<string, string>> = {
  malformed: "400 malformed",
  stamp_refused: "403 stamp_refused",
  not_found: "404 not_found",
  method_refused: "405 method_refused",
  too_large: "413 too_large",
  unsupported_type: "415 unsupported_type",
  id_reused: "422 id_reused",
};

const requestsAnswered = ({ requests }: Seen): boolean =>
  Object.entries(REQUEST_ANSWERS).every(([code, answer]) => requests[code] === answer);

/** For each whom the act shows something: whether that is there now. */
export const judge = (
  { visitor, vendor, operator, requests }: Expected,
  seen: Seen,
): Partial<Record<Audience, boolean>> => ({
  ...((visitor || requests) && {
    visitor: visitor ? visitorSees(visitor, seen) : requestsAnswered(seen),
  }),
  ...(vendor && { vendor: vendorSees(vendor, seen) }),
  ...(operator && { operator: operatorSees(operator, seen) }),
});

/** All of it at once. */
export const isMet = (expected: Expected, seen: Seen): boolean =>
  Object.values(judge(expected, seen)).every(Boolean);
