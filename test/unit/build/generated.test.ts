/** Holds every committed file that is made from others to what it is made from. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { targetSchemas } from "../../../proxy/scripts/target-schema.ts";
import { generated } from "../../../widget/scripts/generate.ts";

for (const { file, text } of [...generated(), ...targetSchemas()])
  test(`${file} is what its sources make`, () => {
    assert.equal(readFileSync(file, "utf8"), text, `${file} is stale: run npm run generate`);
  });
