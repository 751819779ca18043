/** Holds the rules of SECURITY.md against the tests that it names: a name that is gone is a rule that nobody holds. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";

const page = readFileSync("SECURITY.md", "utf8");
const [, table = ""] = page.split("<!-- table: rules");
const rows = table
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(1)
  .map((line) => {
    const [rule = "", tests = ""] = line.slice(2).split(" | ");
    const named = [...tests.matchAll(/`(test\/[^`]+)`: "([^"]+)"/g)];
    return { rule, tests: named.map(([, file = "", title = ""]) => ({ file, title })) };
  });

/** What ASVS 5.0.0 and the API Top 10 ask of such a product: each stands in a row. */
const ASKED =
  "2.2.1 2.2.2 15.3.3 2.3.3 15.4.2 2.4.1 2.4.2 3.2.1 3.4.4 3.4.1 14.3.2 3.4.2 3.5.2 3.5.3 3.6.1 4.1.1 4.1.4 4.1.3 15.3.4 4.2.5 13.1.2 13.2.6 16.5.2 13.3.1 13.3.4 13.4.2 13.4.5 13.4.6 14.2.1 14.2.6 14.2.7 15.2.4 15.1.2 15.3.2 15.3.6 15.3.7 16.2.5 16.4.1 16.5.1 16.5.4 API1 API2 API3 API4 API5 API6 API7 API8 API9 API10".split(
    " ",
  );

describe("the rules of SECURITY.md", () => {
  test("are all that are asked for", () => {
    const numbers = rows.flatMap(({ rule }) => (rule.split(":")[0] ?? "").split(", "));
    assert.deepEqual(
      ASKED.filter((each) => !numbers.includes(each)),
      [],
    );
    assert.equal(new Set(numbers).size, numbers.length);
  });

  for (const { rule, tests } of rows)
    test(`are held by tests that are there: ${rule}`, () => {
      assert.ok(tests.length > 0);
      for (const { file, title } of tests) {
        assert.ok(existsSync(file), file);
        const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
        // A test, a group of them, or a case of a table that names its tests.
        const named = new RegExp(
          String.raw`(?:\b(?:test|it|describe)\(\s*["'\x60]|^\s*")${quoted}["'\x60]`,
          "m",
        );
        assert.match(readFileSync(file, "utf8"), named, file);
      }
    });
});
