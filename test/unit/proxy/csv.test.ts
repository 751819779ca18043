/** A spreadsheet that runs nothing, whatever takes it apart, and gives back what was written. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { START, toLine } from "../../../proxy/operator/csv.ts";

/** What the README tells a program that imports the file. */
const unguard = (text: string): string =>
  text.replaceAll(/(?<=(?:^|[;,|\t\r\n"]) *)'(?='*[=+\-@\t\r\n＝＋－＠])/g, "");

const SEPARATORS = [",", ";", "\t", "|"];

/** As LibreOffice and Excel read: a quote counts at the start of a cell, and what follows the closing one belongs to it. */
const parse = (file: string, separator: string): string[] => {
  const cells: string[] = [];
  const ends = [separator, "\r", "\n"];
  let at = 0;
  while (at < file.length) {
    let cell = "";
    if (file[at] === '"') {
      at++;
      while (at < file.length && (file[at] !== '"' || file[at + 1] === '"')) {
        cell += file[at];
        at += file[at] === '"' ? 2 : 1;
      }
      at++;
    }
    while (at < file.length && !ends.includes(file[at] ?? "")) cell += file[at++];
    at++;
    cells.push(cell);
  }
  return cells;
};

/** As a program that knows no quotes, and takes them off afterwards. */
const split = (file: string, separator: string): string[] =>
  file
    .split(/\r\n|\r|\n/)
    .flatMap((line) =>
      line.split(separator).flatMap((cell) => [cell, cell.replaceAll(/^"+|"+$/g, "")]),
    );

const RUNS = /^ *[=+\-@＝＋－＠]/;

/** Everything that means something to a spreadsheet, and a letter. */
const NASTY = "=+-@＝＋－＠;,|\t\r\n\"' a".split("");
const texts = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...NASTY), maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  ),
  { minLength: 1, maxLength: 4 },
);

describe("a spreadsheet", () => {
  for (const name of [
    "=1+1",
    "Иван;=cmd|'/C calc'!A0",
    "Иван; =1",
    "Mona,=1",
    "Mona\t+1",
    "Mona\n@SUM(A1)",
    "Mona\r\n-1",
    'Mona"=1',
    'Mona";"=1',
    '";=1',
    "|=1",
    "；＝1",
    "a;＝1",
    ";'=1",
    "+201012345678",
  ])
    test(`does not run ${JSON.stringify(name)}, whatever its separator, and gives it back`, () => {
      const file = START + toLine(["id", name, "end"]);
      for (const separator of SEPARATORS)
        for (const read of [parse, split])
          assert.deepEqual(
            read(file, separator).filter((cell) => RUNS.test(cell)),
            [],
            JSON.stringify(separator),
          );
      assert.equal(unguard(parse(toLine([name]), ",")[0] ?? ""), name);
    });

  test("runs nothing of any text, and gives each back", () => {
    fc.assert(
      fc.property(texts, (all) => {
        const file = toLine(all);
        for (const separator of SEPARATORS)
          for (const read of [parse, split])
            for (const cell of read(file, separator)) assert.doesNotMatch(cell, RUNS);
        assert.deepEqual(parse(file, ",").slice(0, all.length).map(unguard), all);
      }),
      { numRuns: 2000 },
    );
  });

  test("leaves alone what no program could take for a formula", () => {
    for (const name of [
      "Mona O'Hara",
      "x=1",
      "a-b",
      "me@example.com",
      "1 + 1",
      "C: = D",
      "'quoted'",
    ])
      assert.equal(toLine([name]), `"${name}"\r\n`);
    assert.equal(toLine(['A "B"', null, 3, true]), '"A ""B""","","3","true"\r\n');
  });
});
