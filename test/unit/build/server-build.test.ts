/** What the build makes of the code of a server. Needs `npm run build`. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { CATALOGS } from "../../../proxy/shared/messages/index.ts";
import { DEFAULT_THEME } from "../../../proxy/shared/themes.ts";

const SCRIPTS = ["dist/worker/index.js", "dist/node/server.js"];
const [worker = ""] = SCRIPTS.map((file) => readFileSync(file, "utf8"));
const accent = DEFAULT_THEME.match(/#\w{6}/)?.[0] ?? "";

const countIn = (script: string, text: string): number => script.split(text).length - 1;

describe("the script of a server", () => {
  for (const file of SCRIPTS)
    test(`holds no pattern that V8 prepares before it runs: ${file}`, () => {
      const script = readFileSync(file, "utf8");
      assert.match(script, /RegExp\([^)]*\\\\p\{/, "they are made when they are needed");
      const early = script.match(/(?<!\\)\/[^/\n`"]*(?<!\\)\\p\{[^/\n`"]*\/[gimsuy]+[.,;)]/g);
      assert.equal(early, null);
    });

  test("holds each text and each colour once", () => {
    for (const { heading, consent } of Object.values(CATALOGS))
      for (const text of [heading, consent]) assert.equal(countIn(worker, text), 1, text);
    assert.equal(countIn(worker, accent), 1);
  });

  test("lacks no function of Hono that the proxy calls", () => {
    const sources = readdirSync("proxy", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join("proxy", name), "utf8"));
    for (const source of sources) assert.doesNotMatch(source, /\.(?:parseBody|mount|routePath)\(/);
    assert.ok(sources.some((source) => source.includes(".route(")));
  });
});
