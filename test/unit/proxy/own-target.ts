/** Owns a target with fields of its own, and a lead for it, for tests. Must not deliver. */
import assert from "node:assert/strict";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";

export const ownTarget = (
  fields: unknown,
  settings: object = {},
  secrets: Readonly<Record<string, string>> = {},
): Target => {
  const config = readConfig({
    TARGETS: {
      t: {
        vendor: "sakneen",
        baseUrl: "https://vendor.example",
        origins: ["https://www.example.com"],
        fields,
        ...settings,
      },
    },
    SAKNEEN_API_KEY: "k",
    BRAINYSOFT_TOKEN: "k",
    LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
    ...secrets,
  });
  const target = config.targets.get("t");
  assert.ok(target, JSON.stringify(config.faults));
  return target;
};

export const leadOf = (values: Partial<Lead> = {}): Lead => ({
  id: "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f",
  target: "t",
  name: "Mona Adel",
  phone: "+201012345678",
  email: undefined,
  project: undefined,
  lang: "en",
  consent: "",
  attribution: {},
  ...values,
});
