/** That each field of the content is distinguished, shown, exported, corrected and asked for. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { toSubmission } from "../../../proxy/ledger/submission.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { formAgainPage } from "../../../proxy/hosted/form.ts";
import { createKeyring } from "../../../proxy/ledger/seal.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";
import { CORRECTABLE } from "../../../proxy/operator/correct.ts";
import { toStream } from "../../../proxy/operator/export.ts";
import { operatorPage } from "../../../proxy/operator/page/html.ts";
import { toDetails } from "../../../proxy/operator/view.ts";
import { CONTENT_FIELDS, FIELD_NAMES } from "../../../proxy/shared/contract.ts";
import { LEAD_FIELDS } from "../../../proxy/vendors/vendor.ts";
import { DEAD, idOf } from "./leads.ts";

const config = readConfig({
  TARGETS: {
    t: { vendor: "sakneen", baseUrl: "https://crm.example", origins: ["https://www.example.com"] },
  },
  SAKNEEN_API_KEY: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
});
const target = config.targets.get("t");
assert.ok(target);
const keyring = await createKeyring(config.ledgerKeys ?? new Map());

/** One whose fields hold their own names. */
const lead: Lead = {
  ...(Object.fromEntries(LEAD_FIELDS.map((field) => [field, `the ${field}`])) as Pick<
    Lead,
    (typeof CONTENT_FIELDS)[number]
  >),
  id: idOf(1),
  target: "t",
  lang: "en",
  consent: "",
  attribution: {},
};
const fingerprintOf = async (values: Partial<Lead>): Promise<string | undefined> => {
  const circumstances = { address: undefined, stamped: true, trapped: false };
  const { fps } = await toSubmission({ ...lead, ...values }, circumstances, target, keyring);
  return fps[0];
};

test("what can be asked for is the content, and the consent", () => {
  assert.deepEqual(FIELD_NAMES, [...CONTENT_FIELDS, "consent"]);
});

for (const field of LEAD_FIELDS)
  describe(`the ${field}`, () => {
    test("tells two leads apart that are alike otherwise", async () => {
      assert.equal(await fingerprintOf({}), await fingerprintOf({ lang: "ar" }));
      assert.notEqual(await fingerprintOf({}), await fingerprintOf({ [field]: "another" }));
    });

    test("is shown to the operator, who may correct it", async () => {
      assert.equal(toDetails("t", DEAD, { lead })[field], `the ${field}`);
      assert.ok(CORRECTABLE.includes(field));
      assert.ok((await operatorPage()).includes(`{"name":"${field}","label":`));
    });

    test("has a column of the spreadsheet", async () => {
      const pages = async function* () {
        yield [toDetails("t", DEAD, { lead })];
      };
      const file = await new Response(toStream({ format: "csv" }, pages(), () => {})).text();
      const [, head = "", row = ""] = file.split("\r\n");
      assert.equal(row.split(",")[head.split(",").indexOf(`"${field}"`)], `"the ${field}"`);
    });

    if (field === "extension") return;
    test("is asked for, and asked for again with what was typed", async () => {
      const look = { lang: "en", theme: "", scheme: "", nonce: "n", now: 0 } as const;
      const typed = new Map([[field, `typed ${field}`]]);
      const again = formAgainPage(look, target, typed, { code: "unavailable" }, "");
      assert.match(String(await again), new RegExp(`name="${field}"[^>]*value="typed ${field}"`));
    });
  });
