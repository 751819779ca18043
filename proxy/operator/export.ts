/**
 * Owns the two formats of an export, one lead in a line: NDJSON and CSV. Must not hold an export in
 * memory: each page is opened as it is sent.
 */
import { CAMPAIGN_FIELDS, OWN_PREFIX } from "../shared/contract.ts";
import type { OwnName } from "../shared/contract.ts";
import { readStored } from "../shared/own-fields.ts";
import type { OwnType } from "../shared/own-fields.ts";
import type { Target } from "../config/target.ts";
import type { Query, SealedLead } from "../ledger/inspection.ts";
import type { OperatorStore } from "../ledger/store.ts";
import { LEAD_FIELDS } from "../vendors/vendor.ts";
import { START, toLine } from "./csv.ts";
import type { Details } from "./view.ts";

export const FORMATS = ["ndjson", "csv"] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

type Column = Exclude<keyof Details, "fields" | "attribution">;

/** What an export needs to know of each target in it. */
export type Exported = Pick<Target, "key" | "definitions">;

const CONSENT = ["lang", "consent", "consent_version", "consent_at"] as const;
const ATTRIBUTION = ["page", "referrer", ...CAMPAIGN_FIELDS] as const;

/** What is not delivered, in full. */
const WAITING: readonly Column[] = [
  "id",
  "target",
  "state",
  "reason",
  "in_doubt",
  "attempts",
  "next_at",
  "created_at",
  "entered_by",
  "payload",
  ...LEAD_FIELDS,
  ...CONSENT,
];

/** What the vendor has: the receipt and the campaign, without name, number or address. */
const DELIVERED: readonly Column[] = [
  "id",
  "target",
  "state",
  "reason",
  "in_doubt",
  "attempts",
  "created_at",
  "entered_by",
  "payload",
  "delivered_at",
  "vendor_ref",
  "project",
  "extension",
  "unsent",
  ...CONSENT,
];

export type Kind = "waiting" | "delivered";

/** A file without its last line, the foot, broke off. */
interface Writer {
  head: string;
  line: (details: Details) => string;
  foot: (leads: number) => string;
}

const isOwn = (name: string): name is OwnName => name.startsWith(OWN_PREFIX);

/** The own fields of all these targets, each once. */
const ownColumns = (targets: readonly Exported[]): OwnName[] => [
  ...new Set(
    targets.flatMap(({ definitions: { fields } }) =>
      fields.map(({ name }): OwnName => `${OWN_PREFIX}${name}`),
    ),
  ),
];

/** What a lead holds though the settings do not any more, as JSON: no column of its own can be known before. */
const otherFields = (details: Details, known: readonly OwnName[]): string => {
  const others = Object.entries(details).filter(
    ([name, value]) => isOwn(name) && value !== null && !known.includes(name),
  );
  return others.length > 0 ? JSON.stringify(Object.fromEntries(others)) : "";
};

/** As many cells as a row has, so that a spreadsheet shows it as the last one. */
const toCsvFoot = (leads: number, cells: number): string =>
  toLine(["end of export", `leads: ${leads}`, ...Array.from({ length: cells - 2 }, () => "")]);

const toCsv = (columns: readonly Column[], own: readonly OwnName[]): Writer => ({
  head: START + toLine([...columns, ...ATTRIBUTION, ...own, "other_fields"]),
  foot: (leads) => toCsvFoot(leads, columns.length + ATTRIBUTION.length + own.length + 1),
  line: (details) =>
    toLine([
      ...columns.map((name) => details[name]),
      ...ATTRIBUTION.map((name) => details.attribution[name]),
      ...own.map((name) => details[name]),
      otherFields(details, own),
    ]),
});

/** What is longer may be a second number, and words may be a name: `unsent` says that there is something. */
const isBareExtension = (text: string | null): boolean => /^\d{1,6}$/.test(text ?? "");

/** Types whose values the settings name: a text may hold anything of a person. */
const CHOSEN: readonly OwnType[] = ["number", "range", "select", "radio", "checkbox", "date"];

/** The rest is seen by the receipt. */
const createToReceipt = (targets: readonly Exported[]) => {
  const isBare = (details: Details, name: OwnName): boolean => {
    const target = targets.find(({ key }) => key === details.target);
    const field = target?.definitions.fields.find((known) => OWN_PREFIX + known.name === name);
    return (
      field !== undefined &&
      CHOSEN.includes(field.type) &&
      readStored(field, details[name] ?? "") !== undefined
    );
  };
  return (details: Details): Details => {
    const hidden = Object.keys(details).filter((name) => isOwn(name) && !isBare(details, name));
    return {
      ...details,
      ...Object.fromEntries(hidden.map((name) => [name, null])),
      extension: isBareExtension(details.extension) ? details.extension : null,
    };
  };
};

const toReceiptLine = (receipt: Details): string => {
  const own = Object.keys(receipt).filter(isOwn);
  const named = Object.fromEntries([...DELIVERED, ...own].map((name) => [name, receipt[name]]));
  return `${JSON.stringify({ ...named, attribution: receipt.attribution })}\n`;
};

const toNdjson = (line: Writer["line"]): Writer => ({
  head: "",
  line,
  foot: (leads) => `${JSON.stringify({ end: true, leads })}\n`,
});

const createWriter = (kind: Kind, format: Format, targets: readonly Exported[]): Writer => {
  const own = ownColumns(targets);
  if (kind === "waiting")
    return format === "csv"
      ? toCsv(WAITING, own)
      : toNdjson((details) => `${JSON.stringify(details)}\n`);
  const writer = format === "csv" ? toCsv(DELIVERED, own) : toNdjson(toReceiptLine);
  const toReceipt = createToReceipt(targets);
  return { ...writer, line: (details) => writer.line(toReceipt(details)) };
};

export interface ExportOptions {
  format: Format;
  kind?: Kind;
  /** All that the export may hold leads of. */
  targets?: readonly Exported[];
}

interface Part extends Pick<Query, "states" | "from" | "to"> {
  target: Target;
  store: OperatorStore;
}

/** A turn of the event loop, in which visitors are served: in a Worker a page holds none of its own. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Leads that are read at once. */
const PAGE_SIZE = 200;
/** Leads that are opened at once: between two such steps visitors are served. */
const STEP = 25;

/** One part after the other, each newest first. */
export async function* readPages(
  parts: readonly Part[],
  details: (target: Target, lead: SealedLead) => Promise<Details>,
): AsyncGenerator<Details[]> {
  for (const { target, store, ...query } of parts) {
    let after: SealedLead | undefined;
    do {
      const rows = await store.sealed({ ...query, after, limit: PAGE_SIZE });
      const page: Details[] = [];
      for (let from = 0; from < rows.length; from += STEP) {
        const step = rows.slice(from, from + STEP);
        page.push(...(await Promise.all(step.map((lead) => details(target, lead)))));
      }
      await turn();
      yield page;
      after = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;
    } while (after);
  }
}

/**
 * Reads page by page, as fast as the receiver. It closes with the number of leads; one that fails has no such end.
 * @param done gets the number of exported leads, also if the receiver stops early
 */
export const toStream = (
  { format, kind = "waiting", targets = [] }: ExportOptions,
  pages: AsyncGenerator<Details[]>,
  done: (leads: number) => void,
): ReadableStream<Uint8Array> => {
  const { head, line, foot } = createWriter(kind, format, targets);
  const encoder = new TextEncoder();
  let leads = 0;
  let begun = false;
  return new ReadableStream(
    {
      async pull(controller) {
        const send = (text: string): void => controller.enqueue(encoder.encode(text));
        if (!begun) {
          begun = true;
          if (head) return send(head);
        }
        const { value, done: ended } = await pages.next();
        if (ended) {
          send(foot(leads));
          controller.close();
          return done(leads);
        }
        leads += value.length;
        send(value.map(line).join(""));
      },
      cancel() {
        done(leads);
      },
    },
    // Read only while the receiver asks: a failure then meets its reader, and ends the connection with it.
    { highWaterMark: 0 },
  );
};
