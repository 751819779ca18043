/** Owns the steps of QA's list about the form itself. Must not hold a text. */
import type { Step } from "../model.ts";
import { act, submit, EGYPT, RUSSIA, CREATED, NOTHING, DELIVERED } from "./acts.ts";

export const FORM: readonly Step[] = [
  {
    ...EGYPT,
    id: "look",
    covers: [],
    filled: false,
    acts: [
      act(
        { visitor: "look" },
        { visitor: { status: "idle", shows: ["heading", "submit"] }, ...NOTHING },
      ),
    ],
  },
  {
    ...EGYPT,
    id: "keyboard",
    covers: ["created"],
    filled: false,
    acts: [act({ visitor: "keyboard" }, { visitor: CREATED, ...DELIVERED })],
  },
  {
    ...EGYPT,
    id: "empty",
    covers: [],
    filled: false,
    acts: [
      submit({
        visitor: { status: "idle", invalid: ["name", "phone"], shows: ["summary"] },
        ...NOTHING,
      }),
      act({ visitor: "fill" }, { visitor: { invalid: [] } }),
      submit({ visitor: CREATED, ...DELIVERED }),
    ],
  },
  {
    ...EGYPT,
    id: "arabic",
    covers: [],
    form: { country: "EG", lang: "ar" },
    acts: [
      act({ visitor: "look" }, { visitor: { status: "idle", dir: "rtl", shows: ["heading"] } }),
      submit({ visitor: CREATED, ...DELIVERED }),
    ],
  },
  {
    ...RUSSIA,
    id: "loans",
    covers: [],
    form: { country: "RU", lang: "ru", theme: "fintech", scheme: "dark" },
    acts: [submit({ visitor: CREATED, ...DELIVERED })],
  },
];
