/** Holds the list of `npm run test:mutants`: each defence is still there, once, and its tests too. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseSync } from "vite";
import { without } from "../../mutants/defence.ts";
import { DEFENCES } from "../../mutants/defences.ts";

describe("a listed defence", () => {
  for (const defence of DEFENCES) {
    const { name, file, text, becomes, tests } = defence;
    test(`stands in its file once, and can be taken out of it: ${name}`, () => {
      const changed = without(defence, readFileSync(file, "utf8"));
      assert.equal(typeof changed, "string", `${file}: ${JSON.stringify(changed)}`);
      assert.notEqual(text, becomes);
      assert.deepEqual(parseSync(file, changed as string).errors, []);
      assert.ok(tests.length > 0);
      assert.deepEqual(
        tests.filter((each) => !existsSync(each)),
        [],
      );
    });
  }

  test("has a name of its own, and is told by it", () => {
    assert.equal(new Set(DEFENCES.map(({ name }) => name)).size, DEFENCES.length);
  });
});

test("the pages count the list", () => {
  for (const page of ["SECURITY.md", "CONTRIBUTING.md"])
    assert.match(
      readFileSync(page, "utf8"),
      new RegExp(`each of ${DEFENCES.length} defences`),
      page,
    );
});

test("a text that is gone, or stands there twice, is no defence", () => {
  const defence = { text: "a", becomes: "b" };
  assert.deepEqual(
    ["x", "xa", "aa"].map((source) => without(defence, source)),
    [{ found: 0 }, "xb", { found: 2 }],
  );
});
