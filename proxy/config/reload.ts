/**
 * Owns the decision whether settings that were read again take over. Must not half apply them: all old
 * ones stand until the whole file is good.
 */
import type { Fault } from "../vendors/vendor.ts";
import type { Config } from "./config.ts";
import { FILE_VARIABLE } from "./sources.ts";

const nameOf = ({ setting, problem }: Fault): string => `${setting} ${problem}`;

/**
 * What speaks against the new settings; nothing where they may take over. What was wrong before and
 * stands in a variable is no reason: no file can correct it.
 */
export const refusalOf = (
  current: Pick<Config, "faults">,
  next: Pick<Config, "faults">,
): readonly Fault[] => {
  const known = new Set(current.faults.map(nameOf));
  return next.faults.filter(
    (fault) => nameOf(fault).includes(FILE_VARIABLE) || !known.has(nameOf(fault)),
  );
};
