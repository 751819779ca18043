/**
 * Owns the text of a settings file: JSON with comments and trailing commas, and the line of each
 * value. Must not open a file or know a target.
 */
import { createScanner, getNodeValue, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import type { Fault } from "../../vendors/vendor.ts";
import { atLine, settingName } from "../faults.ts";

export interface SettingsText {
  value: unknown;
  /** The line of a setting by its name, or of the nearest one around it that is there. */
  lineOf: (setting: string) => number;
  /** Keys that stand twice in one object, of which a reader would see one only. */
  faults: readonly Fault[];
}

/** The line of an offset, from 1. */
const createLines = (text: string): ((offset: number) => number) => {
  const ends = [...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: mark, index }) => index + mark.length);
  return (offset) => {
    const after = ends.findIndex((end) => end > offset);
    return (after < 0 ? ends.length : after) + 1;
  };
};

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    // Takes the mark away with which editors of Windows begin a file.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** What is missing is missing after the last token, not where the next one stands. */
const offsetOf = (text: string, { error, offset }: ParseError): number => {
  if (!/^(?:Comma|Colon|CloseBrace|CloseBracket)Expected$/.test(printParseErrorCode(error)))
    return offset;
  const scanner = createScanner(text, true);
  let end = 0;
  for (let size = 1; size > 0 && scanner.getPosition() < offset;) {
    scanner.scan();
    size = scanner.getTokenLength();
    if (size > 0 && scanner.getTokenOffset() < offset) end = scanner.getTokenOffset() + size;
  }
  return Math.max(end - 1, 0);
};

/** `CommaExpected` becomes `comma expected`: it holds nothing of the text. */
const words = (code: string): string => code.replace(/\B[A-Z]/g, " $&").toLowerCase();

interface Named {
  name: string;
  offset: number;
  again: boolean;
}

const childrenOf = ({
  type,
  children = [],
}: Node): { key: string | number; at: Node; value: Node }[] =>
  type === "object"
    ? children.flatMap((property) => {
        const [key, value] = property.children ?? [];
        return key && value ? [{ key: String(key.value), at: key, value }] : [];
      })
    : children.map((value, key) => ({ key, at: value, value }));

const namesOf = function* (node: Node, name: string): Generator<Named> {
  const seen = new Set<string | number>();
  for (const { key, at, value } of childrenOf(node)) {
    const inner = settingName(name, [key]);
    yield { name: inner, offset: at.offset, again: seen.has(key) };
    seen.add(key);
    yield* namesOf(value, inner);
  }
};

/** @param root what the names of its settings begin with */
export const readSettingsText = (
  bytes: Uint8Array,
  root: string,
): SettingsText | { fault: Fault } => {
  const text = decode(bytes);
  if (text === undefined) return { fault: { setting: root, problem: "is not UTF-8" } };
  if (text.trim() === "") return { fault: { setting: root, problem: "is empty" } };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const lineAt = createLines(text);
  const [error] = errors;
  if (error) {
    const problem = `is not JSON: ${words(printParseErrorCode(error.error))}`;
    return { fault: atLine({ setting: root, problem }, lineAt(offsetOf(text, error))) };
  }
  if (!tree) return { fault: { setting: root, problem: "is not JSON" } };

  const named = [...namesOf(tree, root)];
  const offsets = new Map(named.map(({ name, offset }) => [name, offset]));
  return {
    value: getNodeValue(tree),
    lineOf: (setting) => {
      for (let name = setting; name.length > root.length; name = name.replace(/[.[][^.[]*$/, "")) {
        const offset = offsets.get(name);
        if (offset !== undefined) return lineAt(offset);
      }
      return lineAt(tree.offset);
    },
    faults: named
      .filter(({ again }) => again)
      .map(({ name, offset }) =>
        atLine({ setting: name, problem: "stands there twice" }, lineAt(offset)),
      ),
  };
};
