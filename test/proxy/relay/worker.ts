/**
 * Owns the one Worker of the suites whose leads are not stored, since a start costs three seconds.
 * Must not hold a test. Each suite also runs alone: `node --test test/proxy/relay/pages.ts`.
 */
import { after, before, beforeEach } from "node:test";
import { DEMO_SECRETS } from "../../../demo/vendors/server.ts";
import { NINE_FIELDS } from "../../own-fields.ts";
import { SECRETS, startProxy, targetsFor } from "../harness.ts";
import type { Proxy } from "../harness.ts";

/** No other target lists it. */
export const FAULTY_ORIGIN = "https://faulty.example.com";

/** Each stands for a target with OAuth2 credentials of its own, and so with a token of its own. */
export const CREDENTIALS = ["A", "B", "C", "D", "E"] as const;

/** All suites post from one address within a minute. */
const limits = { perAddressPerMinute: 10_000, perTargetPerMinute: 10_000, perPhonePerDay: 1000 };

export let proxy: Proxy;
before(async () => {
  proxy = await startProxy({
    targets: (vendors) => {
      const targets = targetsFor(vendors);
      const sakneen = { ...targets.sakneen, limits };
      const brainysoft = { ...targets.brainysoft, limits };
      return {
        sakneen,
        brainysoft,
        strict: { ...sakneen, required: ["email", "project"], consent: "required" },
        nine: { ...sakneen, fields: NINE_FIELDS, projects: undefined },
        faulty: { ...sakneen, origins: [FAULTY_ORIGIN], colour: "red" },
        ...Object.fromEntries(
          CREDENTIALS.map((credential) => [
            credential.toLowerCase(),
            { ...brainysoft, credential },
          ]),
        ),
      };
    },
    secrets: (vendors) => ({
      ...SECRETS,
      ...Object.fromEntries(
        CREDENTIALS.flatMap((prefix) => [
          [`${prefix}_TOKEN_URL`, vendors.brainysoft.tokenUrl],
          [`${prefix}_CLIENT_ID`, DEMO_SECRETS.BRAINYSOFT_CLIENT_ID],
          [`${prefix}_CLIENT_SECRET`, DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET],
        ]),
      ),
    }),
  });
});
after(() => proxy.close());
beforeEach(() => {
  proxy.vendors.sakneen.clear();
  proxy.vendors.brainysoft.clear();
});
