/** Whether an editor's schema knows what the settings may hold. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { OWN_FIELD_KEYS } from "../../../proxy/config/own-fields.ts";
import { TARGET_KEYS } from "../../../proxy/config/target.ts";

interface Schema {
  required?: string[];
  properties: Record<string, { description?: string; enum?: string[]; items?: Schema }>;
  additionalProperties: boolean | Schema;
}

const read = (name: string) =>
  JSON.parse(readFileSync(`proxy/config/${name}.schema.generated.json`, "utf8")) as Schema;

test("the schema of a target completes every key, with the README's words", () => {
  const { properties, required, additionalProperties } = read("target");
  assert.deepEqual(new Set(Object.keys(properties)), new Set(["$schema", ...TARGET_KEYS]));
  assert.deepEqual(required?.toSorted(), ["baseUrl", "origins", "vendor"]);
  assert.equal(additionalProperties, false);
  assert.deepEqual(properties["vendor"]?.enum?.toSorted(), ["brainysoft", "sakneen"]);
  const own = properties["fields"]?.items?.properties ?? {};
  assert.deepEqual(new Set(Object.keys(own)), new Set(OWN_FIELD_KEYS));
  for (const [key, { description = "" }] of [...Object.entries(properties), ...Object.entries(own)])
    assert.ok(description.length > 10, key);
});

test("the schema of all targets holds the same for each key, and may name itself", () => {
  const { properties, additionalProperties } = read("targets");
  assert.deepEqual(Object.keys(properties), ["$schema"]);
  assert.ok(typeof additionalProperties === "object");
  assert.deepEqual(additionalProperties.properties, read("target").properties);
});
