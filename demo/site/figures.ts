/**
 * Owns the figures of the front page, as bench and crash runs have left them. Must not make one up: what no run has
 * left is not shown.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./languages.ts";

/** One measurement, in words of each language. */
export interface Figure {
  value: string;
  what: Readonly<Record<Language, string>>;
}

/** What one run has measured. */
export interface Run {
  /** ISO 8601, of its day. */
  date: string;
  figures: readonly Figure[];
  /** What has to be said beside them. */
  note?: Readonly<Record<Language, string>>;
}

/** What `npm run test:crash -- --write` leaves. */
export interface CrashResult {
  date: string;
  acknowledged: number;
  kills: number;
  lost: number;
  duplicated: number;
  /** Calls that were cut off by a kill: each of them may have arrived. */
  inFlight: number;
}

const count = (lang: Language, n: number): string => n.toLocaleString(`${lang}-u-nu-latn`);

export const crashRun = (result: CrashResult): Run => {
  const { date, acknowledged, kills, lost, duplicated, inFlight } = result;
  return {
    date: date.slice(0, 10),
    figures: [
      {
        value: String(lost),
        what: {
          en: `leads lost of ${count("en", acknowledged)}`,
          ar: `طلبات ضاعت من ${count("ar", acknowledged)}`,
          ru: `заявок потеряно из ${count("ru", acknowledged)}`,
        },
      },
      {
        value: String(kills),
        what: {
          en: "times the server was killed meanwhile",
          ar: "مرة أُوقف الخادم قسرًا خلالها",
          ru: "раз за это время сервер был убит",
        },
      },
    ],
    note: {
      en: `Of ${count("en", inFlight)} calls that this cut off, ${count("en", duplicated)} arrived twice: at least once is the promise, and Sakneen refuses a number that it knows.`,
      ar: `من ${count("ar", inFlight)} استدعاء انقطع بذلك وصل ${count("ar", duplicated)} مرتين: الوعد مرة على الأقل، وSakneen يرفض رقمًا يعرفه.`,
      ru: `Из ${count("ru", inFlight)} прерванных этим вызовов ${count("ru", duplicated)} дошли дважды: обещано не меньше одного раза, а Sakneen отклоняет знакомый номер.`,
    },
  };
};

interface Wanted {
  /** The heading of the table begins or ends so. */
  table: RegExp;
  row: string;
  column: string;
  unit: string;
  what: Figure["what"];
}

/** Which cells of the README's tables say something to everybody. */
const WANTED: readonly Wanted[] = [
  {
    table: /^Slow 4G/,
    row: "fast snippet",
    column: "visible, ms",
    unit: "ms",
    what: {
      en: "until the form is seen: slow 4G, a middling phone",
      ar: "حتى يظهر النموذج: شبكة 4G بطيئة وهاتف متوسط",
      ru: "до появления формы: медленный 4G, средний телефон",
    },
  },
  {
    table: /^Slow 4G/,
    row: "fast snippet",
    column: "over plain HTML",
    unit: "×",
    what: {
      en: "of the time of plain HTML",
      ar: "من زمن HTML عادي",
      ru: "от времени простого HTML",
    },
  },
  {
    table: /^Slow 4G/,
    row: "fast snippet",
    column: "layout shift",
    unit: "",
    what: { en: "layout shift", ar: "إزاحة التخطيط", ru: "сдвиг вёрстки" },
  },
  {
    table: /requests a second, vendor/,
    row: "Worker, ledger",
    column: "p50 over direct, ms",
    unit: "ms",
    what: {
      en: "more than calling the CRM directly, stored",
      ar: "أكثر من استدعاء النظام مباشرة، مع التخزين",
      ru: "сверх прямого вызова CRM, с сохранением",
    },
  },
];

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the tables in a text, each by its heading. */
const readTables = (text: string): { title: string; columns: string[]; rows: string[][] }[] =>
  text.split(/\n{2,}/).flatMap((block) => {
    const [head, , ...rows] = block.trim().split("\n").map(cellsOf);
    const [title, ...columns] = head ?? [];
    return title === undefined ? [] : { title, columns, rows };
  });

/** What the README holds between its marks, measured by `npm run bench`; undefined while there is nothing. */
export const benchRun = (readme: string): Run | undefined => {
  const [, block = ""] = /<!-- bench:[^>]*-->([^]*?)<!-- end of bench -->/.exec(readme) ?? [];
  const [, date] = /Measured on (\d{4}-\d\d-\d\d)/.exec(block) ?? [];
  if (date === undefined) return undefined;
  const tables = readTables(block);
  const figures = WANTED.flatMap(({ table, row, column, unit, what }): Figure[] => {
    const found = tables.find(
      ({ title, columns }) => table.test(title) && columns.includes(column),
    );
    const cells = found?.rows.find(([name]) => name === row);
    const value = cells?.[1 + (found?.columns.indexOf(column) ?? 0)];
    return value ? [{ value: unit ? `${value} ${unit}` : value, what }] : [];
  });
  return figures.length > 0 ? { date, figures } : undefined;
};

/** @param folder of the tests, where a crash run leaves its figures */
export const readRuns = (readme: string, folder: string): Run[] => {
  const path = join(folder, "figures.json");
  const crash: { crash?: CrashResult } = existsSync(path)
    ? JSON.parse(readFileSync(path, "utf8"))
    : {};
  const bench = benchRun(readme);
  return [...(crash.crash ? [crashRun(crash.crash)] : []), ...(bench ? [bench] : [])];
};
