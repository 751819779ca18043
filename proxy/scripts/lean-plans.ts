/**
 * Owns the numbering plans that the proxy carries: all of libphonenumber-js, without how numbers are written.
 * Must not change how a number is read.
 */
import metadata from "libphonenumber-js/max/metadata";

/** The place in a plan of how its numbers are written, as the library's own generator lays it out. */
const FORMATS = 4;

type Plans = Record<string, readonly unknown[]>;

const withoutFormats = (plans: Plans): Plans =>
  Object.fromEntries(
    Object.entries(plans).map(([key, plan]) => [
      key,
      plan.map((part, i) => (i === FORMATS ? [] : part)),
    ]),
  );

/** A module in place of the library's own. As JSON it is parsed faster than as a literal. */
export const leanPlans = (): string => {
  const {
    countries,
    nonGeographic = {},
    ...rest
  } = metadata as unknown as {
    countries: Plans;
    nonGeographic?: Plans;
  };
  const lean = {
    ...rest,
    countries: withoutFormats(countries),
    nonGeographic: withoutFormats(nonGeographic),
  };
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(lean))});`;
};
