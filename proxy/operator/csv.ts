/**
 * Owns the writing of a spreadsheet (RFC 4180), such that no program which opens it runs a cell. Must not choose its
 * columns.
 */

/**
 * A spreadsheet runs a cell that begins with one of `= + - @`, a tab or a line end, or a full-width twin (OWASP, "CSV
 * Injection"). Where its separator is another than ours, or a quote does not count, a cell begins in the middle of a
 * text; so an apostrophe stands before each such place. Apostrophes that stand there already get one more, so that
 * whoever takes one away at each has the text again.
 */
const UNGUARDED = /(?<=(?:^|[;,|\t\r\n"]) *)(?='*[=+\-@\t\r\n＝＋－＠])/g;

const guard = (text: string): string => text.replaceAll(UNGUARDED, "'");

type Value = string | number | boolean | null | undefined;

const toCell = (value: Value): string => `"${guard(String(value ?? "")).replaceAll('"', '""')}"`;

export const toLine = (cells: readonly Value[]): string => `${cells.map(toCell).join(",")}\r\n`;

/** Excel reads UTF-8 only after the mark, and needs to be told the separator wherever its own is a semicolon. */
export const START = "\uFEFFsep=,\r\n";
