/**
 * Owns the targets that QA's list sends to: its own, so that no other page of the demo changes what a step
 * finds. Must not name an address.
 */

const VENDORS = {
  sakneen: { vendor: "sakneen", country: "EG", credential: "SAKNEEN" },
  brainysoft: {
    vendor: "brainysoft",
    country: "RU",
    credential: "BRAINYSOFT",
    extra: { channel: "LOAN_APPLICATION" },
  },
} as const;

/** A tester who sets a step up again and again is no flood. */
const limits = { perAddressPerMinute: 10_000, perTargetPerMinute: 10_000, perPhonePerDay: 1000 };

/** Pages of the demo are not among them. */
const FOREIGN = ["https://www.example.com"];

export const QA_TARGETS = {
  qa: {
    ...VENDORS.sakneen,
    limits,
    projects: ["Downtown Tower", "Palm Hills"],
    routes: { "Palm Hills": "qa-north" },
  },
  "qa-north": { ...VENDORS.sakneen, limits, projects: ["Downtown Tower", "Palm Hills"] },
  "qa-busy": { ...VENDORS.sakneen, limits: { ...limits, perAddressPerMinute: 1 } },
  "qa-strict": { ...VENDORS.sakneen, limits, stamp: "required" },
  "qa-loans": { ...VENDORS.brainysoft, limits },
  "qa-relay": { ...VENDORS.brainysoft, limits, storage: "none" },
  "qa-foreign": { ...VENDORS.brainysoft, limits, origins: FOREIGN },
} as const;

export type QaTarget = keyof typeof QA_TARGETS;

interface Place {
  baseUrls: Readonly<Record<"sakneen" | "brainysoft", string>>;
  /** Of the demo's pages. */
  origins: readonly string[];
}

/** A part of the value of `TARGETS`. */
export const qaTargets = ({ baseUrls, origins }: Place): Record<string, object> =>
  Object.fromEntries(
    Object.entries(QA_TARGETS).map(([key, target]) => [
      key,
      { origins, baseUrl: baseUrls[target.vendor], ...target },
    ]),
  );
