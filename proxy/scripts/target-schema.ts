/**
 * Owns the JSON schemas by which an editor completes and checks the files of targets. Must not hold a rule of
 * its own: rules and words are those of the code and the README.
 */
import { readFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import { targetSchema } from "../config/target.ts";
import { CAMPAIGN_FIELDS } from "../shared/contract.ts";
import * as vendors from "../vendors/index.ts";

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  [keyword: string]: unknown;
}

const plain = (markdown: string): string => markdown.trim().replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");

/** The words of a table of the README, by the key in its first cell. */
const wordsOf = (table: string): ReadonlyMap<string, string> => {
  const readme = readFileSync("README.md", "utf8");
  const start = readme.indexOf(`<!-- table: ${table}`);
  const rows = readme.slice(start).split("\n\n")[0]?.split("\n").slice(3) ?? [];
  return new Map(
    rows.flatMap((row) => {
      const [, keys = "", values = "", meaning = ""] = row.split(/(?<!\\)\|/);
      const words = `${plain(meaning)} (${plain(values)})`;
      return [...keys.matchAll(/`(\w+)`/g)].map(([, key = ""]) => [key, words] as const);
    }),
  );
};

const describe = (schema: Schema, table: string): Schema => {
  const words = wordsOf(table);
  const described = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const description = words.get(key);
    return [key, description ? { ...property, description } : property];
  });
  return { ...schema, properties: Object.fromEntries(described) as Record<string, Schema> };
};

const LENIENT = { allowComments: true, allowTrailingCommas: true };

const toTargetSchema = (): Schema => {
  const { $schema, ...rules } = toJsonSchema(targetSchema, {
    typeMode: "input",
    target: "draft-07",
    // Rules of our own have no words in a schema.
    errorMode: "ignore",
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === "object_with_rest"
        ? { ...jsonSchema, additionalProperties: false }
        : undefined,
  }) as Schema;
  const { properties = {}, ...schema } = describe(rules, "target keys");
  const { vendor, fields, attribution, ...others } = properties;
  return {
    $schema,
    title: "A target of Lead Form",
    ...LENIENT,
    ...schema,
    properties: {
      $schema: { type: "string", description: "For the editor alone" },
      vendor: { ...vendor, enum: Object.keys(vendors) },
      ...others,
      fields: { ...fields, items: describe(fields?.items ?? {}, "own field keys") },
      attribution: { ...attribution, propertyNames: { enum: CAMPAIGN_FIELDS } },
    },
  };
};

const FOLDER = "proxy/config";

/** Of one target, for `targets/<key>.json`, and of all by key, for the file that `TARGETS_FILE` names. */
export const targetSchemas = (): { file: string; text: string }[] => {
  const one = toTargetSchema();
  const { $schema, title: _, ...target } = one;
  const all = {
    $schema,
    title: "The targets of Lead Form, by their keys",
    ...LENIENT,
    type: "object",
    properties: { $schema: { type: "string" } },
    additionalProperties: target,
  };
  const toText = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;
  return [
    { file: `${FOLDER}/target.schema.generated.json`, text: toText(one) },
    { file: `${FOLDER}/targets.schema.generated.json`, text: toText(all) },
  ];
};
