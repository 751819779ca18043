/** Holds the name of a build: one for all that browsers get, by nothing else. The last test needs `npm run build`. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { UNNAMED, nameBuild } from "../../../widget/scripts/build-name.ts";

const SCRIPT = `load("a?${UNNAMED}");if(part.BUILD==="${UNNAMED}")use(part)`;
const PART = `export const BUILD="${UNNAMED}"`;

/** The texts of a folder after they were named. */
const named = (t: TestContext, texts: Record<string, string>): Record<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), "lead-form-name-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  nameBuild(folder);
  return Object.fromEntries(
    Object.keys(texts).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
};

const nameIn = (text = ""): string => /BUILD=+"([\w-]{8})"/.exec(text)?.[1] ?? "";

describe("the name of a build", () => {
  test("is the same in the script and in each part, and as long as what stood for it", (t) => {
    const { "script.js": script = "", "part.js": part } = named(t, {
      "script.js": SCRIPT,
      "part.js": PART,
    });
    const name = nameIn(part);
    assert.equal(name.length, UNNAMED.length);
    assert.equal(script, SCRIPT.replaceAll(UNNAMED, name));
  });

  test("stays while a browser gets the same, whatever else is built", (t) => {
    const before = named(t, { "script.js": SCRIPT, "part.js": PART });
    const after = named(t, { "script.js": SCRIPT, "part.js": PART, "printer.txt": "new" });
    assert.equal(nameIn(after["script.js"]), nameIn(before["script.js"]));
  });

  for (const [what, texts] of [
    ["a part", { "script.js": SCRIPT, "part.js": `${PART};1` }],
    ["a file without the name", { "script.js": SCRIPT, "part.js": PART, "rare.js": "1" }],
    ["the name of a file", { "script.js": SCRIPT, "parts.js": PART }],
  ] as const)
    test(`changes with ${what}`, (t) => {
      const before = named(t, { "script.js": SCRIPT, "part.js": PART });
      assert.notEqual(nameIn(named(t, texts)["script.js"]), nameIn(before["script.js"]));
    });

  test("stands in what was built, once found out", () => {
    const texts = readdirSync("dist/widget")
      .filter((name) => name.endsWith(".js"))
      .map((name) => [name, readFileSync(join("dist/widget", name), "utf8")] as const);
    const script = texts.find(([name]) => name === "lead-form.js")?.[1];
    const build = /\?([\w-]{8})["`]/.exec(script ?? "")?.[1] ?? "";
    assert.ok(build);
    for (const [name, text] of texts) {
      assert.ok(!text.includes(UNNAMED), name);
      if (name.startsWith("lead-form-")) assert.match(text, new RegExp(`["\`]${build}["\`]`), name);
    }
  });
});
