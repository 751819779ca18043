/** Owns the steps of QA's list about a vendor's answers. Must not hold a text. */
import type { Step } from "../model.ts";
import {
  act,
  submit,
  EGYPT,
  RUSSIA,
  CREATED,
  ACCEPTED,
  DELIVERED,
  recovers,
  held,
} from "./acts.ts";

export const VENDOR: readonly Step[] = [
  {
    ...EGYPT,
    id: "duplicate",
    covers: ["duplicate"],
    faults: { mode: "duplicate" },
    acts: [
      submit({
        visitor: CREATED,
        vendor: { leads: 0 },
        operator: { leads: 1, state: "delivered" },
      }),
    ],
  },
  {
    ...EGYPT,
    id: "refused",
    covers: ["invalid"],
    faults: { mode: "invalid_phone" },
    acts: [
      submit({
        visitor: { status: "idle", answer: "422 invalid", invalid: ["phone"] },
        vendor: { leads: 0 },
        operator: { leads: 1, state: "rejected" },
      }),
      act({ vendor: { mode: "ok" } }, {}),
      act({ visitor: "change" }, {}),
      submit({
        visitor: CREATED,
        vendor: { leads: 1 },
        operator: { leads: 2, state: "delivered" },
      }),
    ],
  },
  {
    ...RUSSIA,
    id: "slow",
    covers: ["accepted"],
    faults: { mode: "slow", ms: 7000 },
    acts: [submit({ visitor: ACCEPTED, ...DELIVERED })],
  },
  {
    ...EGYPT,
    id: "later",
    covers: ["later"],
    faults: { mode: "unavailable_503" },
    acts: recovers({ operator: { leads: 1, state: "queued" } }),
  },
  {
    ...EGYPT,
    id: "doubt",
    covers: ["doubt"],
    faults: { mode: "reset", stored: true, dedupe: true },
    acts: recovers(
      { vendor: { leads: 1 }, operator: { leads: 1, state: "queued", in_doubt: true } },
      { mode: "ok", dedupe: true },
    ),
  },
  {
    ...EGYPT,
    id: "drift",
    covers: ["drift"],
    faults: { mode: "html_200" },
    acts: recovers(held("html")),
  },
  {
    ...EGYPT,
    id: "unexplained",
    covers: ["unexplained"],
    faults: { mode: "answer", status: 400, body: { code: 17 } },
    acts: recovers(held("bad_request")),
  },
  {
    ...EGYPT,
    id: "key",
    covers: ["misconfigured"],
    faults: { mode: "bad_key" },
    acts: recovers(held("key_refused")),
  },
  {
    ...EGYPT,
    id: "firewall",
    covers: [],
    faults: { mode: "forbidden_403" },
    acts: recovers(held("forbidden")),
  },
  {
    ...EGYPT,
    id: "form_changed",
    covers: [],
    faults: { mode: "demanded_key", key: "budget" },
    acts: recovers(held("form_changed")),
  },
];
