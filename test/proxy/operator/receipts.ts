/** What an operator can still see of a delivered lead: its campaign, and nobody's name. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LEADS } from "../harness.ts";
import { ISO, ask, call, hold, post, settled, target, vendor } from "./harness.ts";

const CAMPAIGN = {
  utm_source: "yandex",
  utm_campaign: "spring",
  gclid: "click-1",
  page: "https://www.example.com/offers?email=mona@example.com",
  referrer: "https://search.example/?q=mona",
};
const LEAD = {
  ...CAMPAIGN,
  email: "mona@example.com",
  project: "Palm Hills",
  lang: "ar",
  consent: "1",
  consent_version: "2026-11",
};

const exported = async (query = "") => {
  const answer = await call("GET", `/export?target=${target}&state=delivered${query}`);
  assert.equal(answer.status, 200);
  return { text: await answer.text(), headers: answer.headers };
};
/** Without the closing line, which tells their number. */
const rowsOf = (text: string) => {
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(lines.pop(), { end: true, leads: lines.length });
  return lines;
};

const PERSONAL = [
  LEADS.sakneen.name,
  "Mona",
  "example.com/offers?",
  "mona@",
  "1012345678",
  "click",
];

describe("a delivered lead", () => {
  test("is one row for its receipt, without name, number or address", async () => {
    const id = await post(LEAD);
    await settled("delivered");
    const { text, headers } = await exported();
    for (const secret of PERSONAL) assert.ok(!text.includes(secret), secret);
    assert.match(headers.get("content-disposition") ?? "", /"receipts-t\d+-[\d-]+\.ndjson"$/);
    const [row = {}, ...more] = rowsOf(text);
    assert.equal(more.length, 0);
    const { created_at, delivered_at, consent_at, vendor_ref, ...rest } = row;
    for (const time of [created_at, delivered_at, consent_at]) assert.match(String(time), ISO);
    assert.match(String(vendor_ref), /^64f1234567890abc/);
    assert.deepEqual(rest, {
      id,
      target,
      state: "delivered",
      reason: null,
      in_doubt: false,
      attempts: 1,
      payload: "gone",
      project: "Palm Hills",
      extension: null,
      unsent: "",
      lang: "ar",
      consent: "2026-11",
      consent_version: "2026-11",
      attribution: {
        page: "https://www.example.com/offers",
        utm_source: "yandex",
        utm_campaign: "spring",
      },
    });
  });

  test("is a row of a spreadsheet, too", async () => {
    await post({ ...LEAD, utm_campaign: "=1+1" });
    await settled("delivered");
    const { text } = await exported("&format=csv");
    const [, head = "", row = ""] = text.split("\r\n");
    const cell = (name: string) => row.split(",")[head.split(",").indexOf(`"${name}"`)];
    assert.ok(!/"(?:name|phone|email)"/.test(head), head);
    assert.deepEqual(
      [cell("utm_source"), cell("utm_campaign"), cell("project"), cell("consent_version")],
      ['"yandex"', `"'=1+1"`, '"Palm Hills"', '"2026-11"'],
    );
    for (const secret of PERSONAL) assert.ok(!text.includes(secret), secret);
  });

  test("says that a text was shown and not agreed to", async () => {
    await post({ consent_version: "2026-11" });
    await settled("delivered");
    const [row = {}] = rowsOf((await exported()).text);
    const { consent, consent_version, consent_at } = row;
    assert.deepEqual([consent, consent_version, consent_at], [null, "2026-11", null]);
  });

  test("is seen by its receipt, with what stays of it", async () => {
    const id = await post(LEAD);
    await settled("delivered");
    const { name, phone, email, project, attribution, payload } = (await ask("GET", `/leads/${id}`))
      .body;
    assert.deepEqual([name, phone, email, payload], [null, null, null, "gone"]);
    assert.equal(project, "Palm Hills");
    assert.equal((attribution as typeof CAMPAIGN).utm_campaign, "spring");
  });

  test("names what the vendor has no place for, and shows a bare extension alone", async () => {
    for (const [phone, shown] of [
      ["01012345671 ext. 12", "12"],
      ["01012345672 WhatsApp", null],
      ["01012345673 / 01112345673", null],
    ] as const) {
      const id = await post({ phone, phone_confirmed: "1" });
      await settled("delivered");
      const { text } = await exported();
      const row = rowsOf(text).find((each) => each["id"] === id);
      assert.deepEqual([row?.["unsent"], row?.["extension"]], ["extension", shown]);
      assert.ok(!text.includes("1112345673") && !text.includes("WhatsApp"));
      assert.ok((await ask("GET", `/leads/${id}`)).body["extension"]);
    }
  });

  test("goes with the person who asks to be forgotten", async () => {
    await post({ ...LEAD, phone: "01055555551" });
    await settled("delivered");
    assert.equal(rowsOf((await exported()).text).length, 1);
    assert.deepEqual((await ask("DELETE", "/leads?phone=01055555551")).body, { erased: 1 });
    assert.deepEqual(rowsOf((await exported()).text), []);
  });

  test("is no part of the file of what waits, nor the other way round", async () => {
    await post({ phone: "01055555552" });
    await settled("delivered");
    await hold();
    const waiting = await (await call("GET", `/export?target=${target}`)).text();
    assert.deepEqual(
      rowsOf(waiting).map(({ state }) => state),
      ["held"],
    );
    assert.deepEqual(
      rowsOf((await exported()).text).map(({ state }) => state),
      ["delivered"],
    );
    assert.equal(vendor.leads().length, 1);
  });
});

describe("a period", () => {
  test("counts from its first day to the end of its last, or from moment to moment", async () => {
    await post({ phone: "01055555553" });
    await settled("delivered");
    const [{ created_at } = {}] = rowsOf((await exported()).text);
    const time = Date.parse(String(created_at));
    const at = (ms: number) => new Date(time + ms).toISOString();
    const day = (ms: number) => at(ms).slice(0, 10);
    const DAY = 86_400_000;
    for (const [query, rows] of [
      [`&from=${day(0)}&to=${day(0)}`, 1],
      [`&from=${day(DAY)}`, 0],
      [`&to=${day(-DAY)}`, 0],
      [`&from=${at(0)}&to=${at(1)}`, 1],
      [`&from=${at(1)}`, 0],
      [`&to=${at(0)}`, 0],
      [`&from=${at(0).replace("Z", "+00:00")}`, 1],
    ] as const)
      assert.equal(rowsOf((await exported(query)).text).length, rows, query);
    for (const query of ["from=yesterday", "to=2026-13-45", "from=1", "to=2026-11-22T25:00Z"])
      assert.equal((await ask("GET", `/export?state=delivered&${query}`)).status, 400, query);
  });
});
