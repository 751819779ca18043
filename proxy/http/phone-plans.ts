/** Owns the file in which the build puts the numbering plans of most countries. Must not read a number. */
import { VERSION } from "../config/version.ts";

/** Of one version: what reads the plans is of the same build. */
export const plansPath = (version: string): string => `/v/${version}/phone-plans.txt`;

/** @param asset a built file by its path, or an answer that is not ok */
export const readPlans = async (
  asset: (path: string) => Promise<Response>,
): Promise<string | undefined> => {
  const file = await asset(plansPath(VERSION));
  return file.ok ? file.text() : undefined;
};
