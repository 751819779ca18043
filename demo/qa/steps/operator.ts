/** Owns the steps of QA's list about an operator's work. Must not hold a text. */
import type { Step } from "../model.ts";
import {
  act,
  submit,
  press,
  EGYPT,
  THANKED,
  CREATED,
  ACCEPTED,
  NOTHING,
  DELIVERED,
} from "./acts.ts";

export const OPERATOR: readonly Step[] = [
  {
    ...EGYPT,
    id: "dead",
    covers: [],
    faults: { mode: "invalid_phone" },
    paused: true,
    acts: [
      submit({ visitor: ACCEPTED, vendor: { leads: 0 }, operator: { leads: 1, state: "held" } }),
      press("resume", { vendor: { leads: 0 }, operator: { leads: 1, state: "dead" } }),
      act({ vendor: { mode: "ok" } }, {}),
      press("correct", DELIVERED),
    ],
  },
  {
    ...EGYPT,
    id: "erased",
    covers: [],
    paused: true,
    acts: [
      submit({ visitor: ACCEPTED, vendor: { leads: 0 }, operator: { leads: 1, state: "held" } }),
      press("erase", NOTHING),
      press("resume", NOTHING),
    ],
  },
  {
    ...EGYPT,
    id: "quarantined",
    covers: [],
    trapped: true,
    acts: [
      submit({
        visitor: THANKED,
        vendor: { leads: 0 },
        operator: { leads: 1, state: "quarantined", reason: "honeypot" },
      }),
      press("release", DELIVERED),
    ],
  },
  {
    ...EGYPT,
    id: "repeat",
    covers: [],
    acts: [
      submit({ visitor: CREATED, ...DELIVERED }),
      act({ visitor: "another" }, { visitor: { status: "idle" } }),
      act({ visitor: "fill" }, {}),
      submit({ visitor: CREATED, ...DELIVERED }),
    ],
  },
  {
    ...EGYPT,
    id: "routes",
    covers: [],
    form: { country: "EG", projects: "Downtown Tower, Palm Hills", fields: "name phone project" },
    delivers: "qa-north",
    acts: [
      submit({
        visitor: CREATED,
        vendor: { leads: 1, holds: "Palm Hills" },
        operator: { leads: 1, state: "delivered" },
      }),
    ],
  },
  {
    ...EGYPT,
    id: "test",
    covers: [],
    acts: [
      press("test", {
        vendor: { leads: 0 },
        operator: { leads: 1, state: "rejected", test: true },
      }),
      press("remove_test", NOTHING),
    ],
  },
];
