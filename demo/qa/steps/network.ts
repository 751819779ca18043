/** Owns the steps of QA's list about the network and refusals. Must not hold a text. */
import type { Step } from "../model.ts";
import { act, submit, EGYPT, RUSSIA, CREATED, NOTHING, DELIVERED } from "./acts.ts";

export const NETWORK: readonly Step[] = [
  {
    ...EGYPT,
    id: "offline",
    covers: [],
    network: "offline",
    acts: [
      submit({ visitor: { status: "offline", shows: ["offline"] }, ...NOTHING }),
      act({ network: "" }, { visitor: CREATED, ...DELIVERED }),
    ],
  },
  {
    ...RUSSIA,
    id: "lost",
    covers: [],
    network: "lost",
    acts: [
      submit({ visitor: { status: "error", shows: ["network"] }, ...NOTHING }),
      act({ network: "" }, {}),
      submit({ visitor: CREATED, ...DELIVERED }),
    ],
  },
  {
    ...RUSSIA,
    id: "unavailable",
    covers: ["unavailable"],
    target: "qa-relay",
    faults: { mode: "unavailable_503" },
    acts: [
      submit({
        visitor: { status: "error", answer: "503 unavailable", shows: ["unavailable"] },
        ...NOTHING,
      }),
      act({ vendor: { mode: "ok" } }, {}),
      submit({ visitor: CREATED, vendor: { leads: 1 }, operator: { leads: 0 } }),
    ],
  },
  {
    ...EGYPT,
    id: "rate_limited",
    covers: ["rate_limited"],
    target: "qa-busy",
    spent: true,
    acts: [
      submit({
        visitor: { status: "error", answer: "429 rate_limited", shows: ["rate_limited"] },
        ...NOTHING,
      }),
    ],
  },
  {
    ...RUSSIA,
    id: "origin",
    covers: ["origin_refused"],
    target: "qa-foreign",
    foreign: true,
    acts: [submit({ visitor: { status: "error", shows: ["network"] }, ...NOTHING })],
  },
  {
    ...EGYPT,
    id: "unknown_target",
    covers: ["unknown_target"],
    target: "nowhere",
    acts: [
      submit({
        visitor: { status: "error", answer: "404 unknown_target", shows: ["unknown_target"] },
        ...NOTHING,
      }),
    ],
  },
  {
    ...EGYPT,
    id: "requests",
    covers: [
      "malformed",
      "stamp_refused",
      "not_found",
      "method_refused",
      "too_large",
      "unsupported_type",
      "id_reused",
    ],
    acts: [act({ requests: true }, { requests: true, vendor: { leads: 1 } })],
  },
];
