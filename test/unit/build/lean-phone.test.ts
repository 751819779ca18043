/** Holds that the phone rules as built read every number as the library does. Needs `npm run build`. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { LEAN_PHONE_FILES, leanPhone } from "../../../widget/scripts/lean-phone.ts";
import type * as PhoneRules from "../../../widget/phone/index.ts";
import * as source from "../../../widget/phone/index.ts";
import { metadata } from "../../../widget/phone/world/index.ts";
import { PHONES } from "../../phones.ts";

const ROOT = join(import.meta.dirname, "../../..");
const built = (await import(join(ROOT, "dist/widget/lead-form-phone.js"))) as typeof PhoneRules;
const world = (await import(join(ROOT, "dist/widget/lead-form-phone-world.js"))) as {
  metadata: typeof metadata;
};

const COUNTRIES = ["", "EG", "RU", "KZ", "SA", "AE", "KW", "GB", "US", "DE", "ZZ"];

const compare = (): void => {
  for (const { typed } of PHONES)
    for (const country of COUNTRIES)
      assert.deepEqual(
        built.readPhone(typed, country),
        source.readPhone(typed, country),
        `${typed} in ${country}`,
      );
};

describe("the phone rules as built", () => {
  test("read every number as the library does, before and after the world has come", () => {
    compare();
    assert.deepEqual(world.metadata, metadata);
    built.addMetadata(world.metadata);
    source.addMetadata(metadata);
    compare();
  });

  test("export what the form asks for", () => {
    assert.deepEqual(Object.keys(built).toSorted(), [
      "BUILD",
      "addMetadata",
      "callingCodes",
      "needsWorld",
      "readPhone",
      "resolve",
    ]);
  });

  test("replace files that the library still has", () => {
    for (const file of LEAN_PHONE_FILES) {
      assert.ok(existsSync(join(ROOT, "node_modules", file)), file);
      assert.ok(leanPhone(join(ROOT, "node_modules", file)), file);
    }
  });

  test("leave the proxy's library alone", () => {
    assert.equal(leanPhone("/x/libphonenumber-js/es6/format.js"), undefined);
    assert.equal(leanPhone("/x/libphonenumber-js/es6-modern/toString"), undefined);
  });
});
