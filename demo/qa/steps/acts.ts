/** Owns the acts and sights that several steps of QA's list share. Must not hold a step. */
import type { Faults } from "../../vendors/modes.ts";
import type { Act, Expected, Move, OperatorCall } from "../model.ts";

export const act = (move: Move, sees: Expected): Act => ({ move, sees });
export const submit = (sees: Expected): Act => act({ visitor: "submit" }, sees);
export const press = (call: OperatorCall, sees: Expected): Act => act({ operator: call }, sees);

export const EGYPT = { target: "qa", form: { country: "EG" }, filled: true } as const;
export const RUSSIA = { target: "qa-loans", form: { country: "RU" }, filled: true } as const;

export const THANKED = { status: "accepted", shows: ["thanks"] } as const;
export const CREATED = { ...THANKED, answer: "201 created" } as const;
export const ACCEPTED = { ...THANKED, answer: "202 accepted" } as const;
export const NOTHING = { vendor: { leads: 0 }, operator: { leads: 0 } } as const;
export const DELIVERED = {
  vendor: { leads: 1 },
  operator: { leads: 1, state: "delivered" },
} as const;

/** The lead waits, then the vendor works again and a person sends it once more. */
export const recovers = (waiting: Expected, works: Faults = { mode: "ok" }): readonly Act[] => [
  submit({ visitor: ACCEPTED, vendor: { leads: 0 }, ...waiting }),
  act({ vendor: works }, {}),
  press("replay", DELIVERED),
];

export const held = (reason: string): Expected => ({
  operator: { leads: 1, state: "held", reason },
});
