/**
 * Owns the two formats of an export, one lead in a line: NDJSON and CSV. Must not hold an export in
 * memory: each page is opened as it is sent.
 */
import { CAMPAIGN_FIELDS, CONTENT_FIELDS } from "../shared/contract.ts";
import type { Target } from "../config/target.ts";
import type { Query, SealedLead } from "../ledger/inspection.ts";
import type { OperatorStore } from "../ledger/store.ts";
import type { Details } from "./view.ts";

export const FORMATS = ["ndjson", "csv"] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
};

const PLAIN = [
  "id",
  "target",
  "state",
  "reason",
  "in_doubt",
  "attempts",
  "next_at",
  "created_at",
  "payload",
  ...CONTENT_FIELDS,
  "lang",
  "consent",
] as const satisfies (keyof Details)[];
const ATTRIBUTION = ["page", "referrer", ...CAMPAIGN_FIELDS] as const;

/** A spreadsheet runs what begins so (OWASP, "CSV Injection"); its full-width twins count too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

const toCell = (value: string | number | boolean | null | undefined): string => {
  const text = String(value ?? "");
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};
const toLine = (cells: Parameters<typeof toCell>[0][]): string =>
  `${cells.map(toCell).join(",")}\r\n`;

/** Excel reads UTF-8 only after this mark. */
const BOM = "\uFEFF";

const WRITERS: Readonly<Record<Format, { head: string; line: (details: Details) => string }>> = {
  ndjson: { head: "", line: (details) => `${JSON.stringify(details)}\n` },
  csv: {
    head: BOM + toLine([...PLAIN, ...ATTRIBUTION]),
    line: (details) =>
      toLine([
        ...PLAIN.map((name) => details[name]),
        ...ATTRIBUTION.map((name) => details.attribution[name]),
      ]),
  },
};

interface Part extends Pick<Query, "states"> {
  target: Target;
  store: OperatorStore;
}

/** Leads that are read and opened at once. */
const PAGE_SIZE = 200;

/** One part after the other, each newest first. */
export async function* readPages(
  parts: readonly Part[],
  details: (target: Target, lead: SealedLead) => Promise<Details>,
): AsyncGenerator<Details[]> {
  for (const { target, store, states } of parts) {
    let after: SealedLead | undefined;
    do {
      const rows = await store.sealed({ states, after, limit: PAGE_SIZE });
      yield await Promise.all(rows.map((lead) => details(target, lead)));
      after = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;
    } while (after);
  }
}

/**
 * Reads page by page, as fast as the receiver.
 * @param done gets the number of exported leads, also if the receiver stops early
 */
export const toStream = (
  format: Format,
  pages: AsyncGenerator<Details[]>,
  done: (leads: number) => void,
): ReadableStream<Uint8Array> => {
  const { head, line } = WRITERS[format];
  const encoder = new TextEncoder();
  let leads = 0;
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        if (head) return controller.enqueue(encoder.encode(head));
      }
      const { value, done: ended } = await pages.next();
      if (ended) {
        controller.close();
        return done(leads);
      }
      leads += value.length;
      controller.enqueue(encoder.encode(value.map(line).join("")));
    },
    cancel() {
      done(leads);
    },
  });
};
