/**
 * Owns the report of a benchmark: its rows, the tables on the terminal, and those in the README. Must not measure.
 */
import { cpus } from "node:os";

export type Value = number | string;

export interface Row {
  /** The heading of the table in which it stands. */
  table: string;
  name: string;
  values: Readonly<Record<string, Value>>;
}

/** What one half of `npm run bench` writes with `--json FILE`. */
export interface Report {
  /** ISO 8601. */
  date: string;
  machine: string;
  rows: readonly Row[];
}

export const createReport = (rows: readonly Row[]): Report => {
  const all = cpus();
  return {
    date: new Date().toISOString(),
    machine: `${all.length} × ${all[0]?.model.trim() ?? "unknown"}, ${process.platform} ${process.arch}, Node ${process.version}`,
    rows,
  };
};

/** One report of two halves: of the last one's date. */
export const joinReports = (reports: readonly Report[]): Report => {
  const last = reports.at(-1) ?? createReport([]);
  return { ...last, rows: reports.flatMap(({ rows }) => rows) };
};

/** Three digits that mean something. */
const show = (value: Value | undefined): string => {
  if (typeof value !== "number") return value ?? "";
  const size = Math.abs(value);
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
};

interface Table {
  title: string;
  columns: string[];
  lines: { name: string; cells: string[] }[];
}

const toTables = (rows: readonly Row[]): Table[] =>
  [...Map.groupBy(rows, ({ table }) => table)].map(([title, own]) => {
    const columns = [...new Set(own.flatMap(({ values }) => Object.keys(values)))];
    const lines = own.map(({ name, values }) => ({
      name,
      cells: columns.map((column) => show(values[column])),
    }));
    return { title, columns, lines };
  });

/** For people, aligned. */
export const toText = (rows: readonly Row[]): string =>
  toTables(rows)
    .map(({ title, columns, lines }) => {
      const first = Math.max(...lines.map(({ name }) => name.length));
      const widths = columns.map((column, i) =>
        Math.max(column.length, ...lines.map(({ cells }) => cells[i]?.length ?? 0)),
      );
      const line = (name: string, cells: readonly string[]): string =>
        [name.padEnd(first), ...cells.map((cell, i) => cell.padStart(widths[i] ?? 0))].join("  ");
      const body = lines.map(({ name, cells }) => line(name, cells));
      return [title, line("", columns), ...body, ""].join("\n");
    })
    .join("\n");

export const toMarkdown = ({ date, machine, rows }: Report): string => {
  const tables = toTables(rows).map(({ title, columns, lines }) => {
    const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    return [
      line([title, ...columns]),
      line(["---", ...columns.map(() => "---:")]),
      ...lines.map(({ name, cells }) => line([name, ...cells])),
    ].join("\n");
  });
  return [`Measured on ${date.slice(0, 10)}: ${machine}.`, ...tables].join("\n\n");
};

/** Puts a text between two markers of a page. Throws where the page lacks them. */
export const putBetween = (page: string, name: string, text: string): string => {
  const [begin, end] = [`<!-- ${name}:`, `<!-- end of ${name} -->`];
  const from = page.indexOf("\n", page.indexOf(begin));
  const to = page.indexOf(end);
  if (!page.includes(begin) || to < from) throw new Error(`The page has no place for ${name}.`);
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`;
};
