/** Holds the proxy's numbers to the same reading, whenever the plans of other countries come, or where they do not. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FOREIGN_PLANS } from "../../../proxy/phone/plans.generated.ts";
import { createPhones } from "../../../proxy/phone/read.ts";
import type { Line } from "../../../proxy/log.ts";
import { PHONES } from "../../phones.ts";
import { readPhone } from "../../read-phone.ts";
import { RESOLVED_PHONES } from "../../resolved-phones.ts";
import { decidePhone } from "../../../proxy/shared/resolve-phone.ts";
import { appWith, ORIGIN } from "./app.ts";

const WITHOUT_FILE = {
  "is missing": async () => undefined,
  "cannot be reached": () => Promise.reject(new TypeError("Network connection lost.")),
  "is empty": async () => "",
  "is cut off": async () => FOREIGN_PLANS.slice(0, FOREIGN_PLANS.indexOf(";DE/")),
  "is another": async () => "<!doctype html>\n<title>Not found</title>\n",
};

const world = (readPlans: () => Promise<string | undefined>) => {
  const lines: Line[] = [];
  let asked = 0;
  const phones = createPhones({
    readPlans: () => {
      asked += 1;
      return readPlans();
    },
    log: (_, line) => void lines.push(line),
  });
  return {
    read: (typed: string, country = "", home?: string) =>
      phones.read((read) => read(typed, country, home)),
    phones,
    lines,
    asked: () => asked,
  };
};

const withFile = () => world(async () => FOREIGN_PLANS);

describe("a number", () => {
  test("of one of the eleven countries needs no file", async () => {
    const { read, asked } = withFile();
    for (const [typed, country] of [
      ["01012345678", "EG"],
      ["8 916 123-45-67", "RU"],
      ["+20 101 234 5678", ""],
      ["00 7 701 234 5678", "EG"],
      ["8 10 20 101 234 5678", "RU"],
      ["12", "EG"],
      ["no number", "EG"],
    ] as const) {
      assert.deepEqual(await read(typed, country), readPhone(typed, country), typed);
    }
    assert.equal(asked(), 0);
  });

  test("of another country has the file read, the first of them and no later one", async () => {
    const { read, asked } = withFile();
    for (const [typed, country] of [
      ["+49 30 901820", ""],
      ["030 901820", "DE"],
      ["+39 02 1234 5678", "EG"],
      ["00 1 212 456 7890", "EG"],
      ["8 10 49 30 901820", "RU"],
      ["+800 1234 5678", "EG"],
    ] as const) {
      assert.deepEqual(await read(typed, country), readPhone(typed, country), typed);
      assert.equal(asked(), 1, typed);
    }
  });

  test("reads the same, whether it is the first or the file is there", async () => {
    for (const { typed, country, home } of PHONES)
      assert.deepEqual(
        await withFile().read(typed, country, home),
        readPhone(typed, country, home),
        typed,
      );
    for (const { typed, ...context } of RESOLVED_PHONES)
      assert.deepEqual(
        await withFile().phones.read((read) => decidePhone(read, typed, context)),
        decidePhone(readPhone, typed, context),
        typed,
      );
  });
});

for (const [when, readPlans] of Object.entries(WITHOUT_FILE))
  describe(`where the file ${when}, a number`, () => {
    test("of one of the eleven countries is read as ever", async () => {
      const { read, lines } = world(readPlans);
      assert.deepEqual(await read("01012345678", "EG"), readPhone("01012345678", "EG"));
      assert.deepEqual(lines, []);
    });

    test("with its calling code is taken by its length", async () => {
      const { read } = world(readPlans);
      for (const [typed, e164] of [
        ["+49 30 901820", "+4930901820"],
        ["0049 151 12345678", "+4915112345678"],
        ["+1 (212) 456-7890", "+12124567890"],
        ["+800 1234 5678", "+80012345678"],
      ] as const) {
        const reading = await read(typed, "EG");
        assert.equal(reading?.e164, e164, typed);
        assert.equal(reading?.likely, true, typed);
        assert.equal(reading?.mobile, undefined, typed);
      }
      assert.equal(await read("+49 30", "EG"), undefined);
      assert.equal(await read("+493090182012345678", "EG"), undefined);
      assert.equal(await read("+999 1234 5678", "EG"), undefined);
    });

    test("without it is asked for, and then taken", async () => {
      const { read } = world(readPlans);
      const reading = await read("0151 12345678", "DE");
      assert.equal(reading?.e164, "+4915112345678");
      assert.equal(reading?.likely, false);
      assert.equal(reading?.formatted.replace(/\D/g, ""), "4915112345678");
    });
  });

test("a file that could not be read is asked for again with the next number, and named in the log", async () => {
  const answers = [WITHOUT_FILE["is missing"], WITHOUT_FILE["cannot be reached"]];
  const next = () => answers.shift() ?? (async () => FOREIGN_PLANS);
  const { read, lines, asked } = world(() => next()());
  for (const likely of [false, false, true])
    assert.equal((await read("030 901820", "DE"))?.likely, likely);
  assert.equal(asked(), 3);
  assert.deepEqual(
    lines.map(({ event }) => event),
    ["phone_plans", "error", "phone_plans"],
  );
});

test("whoever erases a number has all plans, or none", async () => {
  assert.equal((await withFile().phones.whole())?.("030 901820", "DE")?.e164, "+4930901820");
  assert.equal(await world(WITHOUT_FILE["is missing"]).phones.whole(), undefined);
});

test("a lead from abroad is delivered without the file", async () => {
  const bodies: unknown[] = [];
  const { app } = appWith({
    fetch: async (_, { body }) => {
      bodies.push(JSON.parse(body as string));
      return Response.json({ newLead: { _id: "1" } });
    },
  });
  const post = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ target: "t", name: "Mona", ...fields });
    const headers = { origin: ORIGIN, accept: "application/json" };
    const answer = await app.request("/v1/leads", { method: "POST", headers, body });
    return answer.status;
  };
  assert.equal(await post({ phone: "+49 30 901820" }), 201);
  assert.equal(await post({ phone: "0151 12345678", country: "DE" }), 422);
  assert.equal(await post({ phone: "0151 12345678", country: "DE", phone_confirmed: "1" }), 201);
  assert.deepEqual(
    bodies.map((sent) => (sent as { phoneNumber: string }).phoneNumber),
    ["+4930901820", "+4915112345678"],
  );
});
