/** A target's own fields in the form without script: all nine types, three languages, and their mistakes. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NINE_FIELDS } from "../../own-fields.ts";
import { LEADS, ORIGIN } from "../harness.ts";
import { proxy } from "./worker.ts";

const accept = "text/html";
const open = async (query = "") =>
  (await proxy.fetch(`/f/nine${query}`, { headers: { accept } })).text();
const versionIn = (html: string) => /name="definitions"\s+value="(\w+)"/.exec(html)?.[1] ?? "";

const VALUES = {
  x_district: "Zamalek",
  x_wishes: "\nBy the sea\nand a garden",
  x_budget: "٣٬٠٠٠٬٠٠٠",
  x_term: "20",
  x_rooms: "3+",
  x_purpose: "rent",
  x_visit: "1",
  x_from: "2090-01-31",
  x_unit: "A-12",
};

const post = async (values: Record<string, string>) => {
  const form = { ...LEADS.sakneen, target: "nine", lang: "en", ...values };
  const response = await proxy.fetch("/v1/leads", {
    method: "POST",
    headers: { origin: ORIGIN, accept },
    body: new URLSearchParams(form),
  });
  return { status: response.status, html: await response.text() };
};
/** Without line breaks of the source. */
const flat = (html: string) => html.replace(/\s+/g, " ");

describe("own fields without script", () => {
  for (const lang of ["en", "ar", "ru"] as const)
    test(`stand in the form, labelled in ${lang}, with their limits`, async () => {
      // The plain form, not the printed one beside it.
      const html = flat(await open(`?lang=${lang}`)).replace(/<template.*<\/template>/, "");
      for (const field of NINE_FIELDS) {
        if (field.type === "hidden") continue;
        assert.ok(html.includes(field.label[lang]), field.name);
        assert.match(html, new RegExp(`<(?:input|select|textarea)[^>]* name="x_${field.name}"`));
      }
      const limits = { en: "From 100,000", ar: "من 100,000", ru: "От 100 000" }[lang];
      assert.ok(html.replaceAll("\u00A0", " ").includes(limits), limits);
      assert.equal(html.match(/<fieldset/g)?.length, 1);
      assert.match(html, /<input type="radio" id="x_purpose" name="x_purpose" value="live"/);
      assert.match(html, /<input type="date" min="20\d\d-\d\d-\d\d" max=""/);
      assert.doesNotMatch(html, /name="x_unit"/);
    });

  test("go to the vendor as they were typed", async () => {
    const { status } = await post({ ...VALUES, definitions: versionIn(await open()) });
    assert.equal(status, 303);
    const {
      name: _name,
      phoneNumber: _phone,
      ...own
    } = proxy.vendors.sakneen.leads()[0]?.body ?? {};
    assert.deepEqual(own, {
      secretdistrict: "Zamalek",
      secretwishes: "By the sea\nand a garden",
      secretbudget: 3_000_000,
      secretterm: 20,
      secretrooms: "3+",
      secretpurpose: "rent",
      secretvisit: true,
      secretfrom: "2090-01-31",
      secretunit: "A-12",
    });
  });

  test("come back with everything that was typed, each mistake with its field's name", async () => {
    const definitions = versionIn(await open());
    const wrong = {
      x_budget: "5",
      x_term: "31",
      x_rooms: "7",
      x_purpose: "",
      x_from: "1990-01-01",
    };
    const { status, html } = await post({ ...VALUES, ...wrong, definitions });
    assert.equal(status, 422);
    const page = flat(html);
    for (const [name, text] of [
      ["budget", "Budget, EGP: From 100,000"],
      ["term", "Years: From 1 to 30"],
      ["rooms", "Rooms: Choose one of the options"],
      ["purpose", "Purpose: An answer is needed"],
      ["from", "Move in from: From "],
    ])
      assert.ok(page.includes(`<li><a href="#x_${name}">${text}`), name);
    assert.match(
      page,
      /name="x_budget" aria-invalid="true" aria-describedby="x_budget-hint x_budget-error"/,
    );
    assert.match(page, /value="5"[^>]*id="x_budget"/);
    assert.match(page, /value="Zamalek"/);
    assert.match(
      html,
      /<textarea[^>]*name="x_wishes"[^>]*>\n\nBy the sea\nand a garden<\/textarea/,
    );
    assert.match(page, /<input type="checkbox" value="1" checked id="x_visit"/);
    assert.match(page, /<input type="hidden" name="x_unit" value="A-12"/);
    assert.equal(versionIn(html), definitions);
    assert.equal(proxy.vendors.sakneen.requests().length, 0);
  });

  test("are filled by the page's address, a hidden one by its own parameter", async () => {
    const html = flat(await open('?x_rooms=2&x_district="><b>&unit=A-1&x_other=1'));
    assert.match(html, /<option value="2" selected>/);
    assert.match(html, /value="&quot;&gt;&lt;b&gt;"[^>]* id="x_district"/);
    assert.match(html, /<input type="hidden" name="x_unit" value="A-1"/);
    assert.match(html, /\sfield-rooms="2"/);
    assert.doesNotMatch(html, /x_other|<b>/);
    assert.match(flat(await open("?unit=A-1&x_unit=B-2")), /name="x_unit" value="B-2"/);
  });

  test("are told to the widget, so that it asks for nothing", async () => {
    const html = await open();
    const text = /\sdefinitions="([^"]+)"/.exec(html)?.[1]?.replaceAll("&quot;", '"') ?? "";
    const told = (await (await proxy.fetch("/v1/fields/nine")).json()) as { version: string };
    assert.deepEqual(JSON.parse(text), told);
    assert.equal(told.version, versionIn(html));
    assert.match(
      html,
      /\sfields="name phone email district wishes budget term rooms purpose visit from unit"/,
    );
    assert.doesNotMatch(
      await (await proxy.fetch("/f/sakneen", { headers: { accept } })).text(),
      /\sfields=|\sdefinitions=|name="definitions"/,
    );
  });

  test("show neither the vendor's keys nor the fallbacks", async () => {
    const pages = [await open(), (await post({ name: "" })).html];
    pages.push(await (await proxy.fetch("/v1/fields/nine")).text());
    for (const page of pages) assert.doesNotMatch(page, /secret|777777/);
  });
});
