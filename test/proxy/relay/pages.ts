/** What a browser without script sees after posting a plain form, in workerd. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LANGUAGES } from "../../../proxy/shared/contract.ts";
import { printForm } from "../../../widget/print/index.ts";
import { LEADS, postLead } from "../harness.ts";
import { proxy } from "./worker.ts";

const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

describe("a plain form", () => {
  test("that arrives leads to the thank-you page in its language, without personal data", async () => {
    const response = await postLead(proxy, { ...LEADS.sakneen, lang: "ar" }, { accept });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/f/sakneen/thanks?lang=ar");
    const page = await proxy.fetch("/f/sakneen/thanks?lang=ar");
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html; charset=utf-8$/i);
    assert.match(await page.text(), /<html lang="ar" dir="rtl">[^]*شكرًا لك/);
  });

  test("with a mistake comes back with its values, the message at the field and in a summary", async () => {
    const typed = { ...LEADS.sakneen, name: `"Mona" <b>`, phone: "012", email: "mona@example.com" };
    const response = await postLead(
      proxy,
      { ...typed, project: "Palm Hills", utm_source: "x" },
      { accept },
    );
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /value="&quot;Mona&quot; &lt;b&gt;"/);
    assert.match(html, /value="012"[^>]*aria-invalid="true"[^>]*aria-describedby="phone-error"/);
    assert.match(html, /value="mona@example\.com"/);
    assert.match(html, /<option selected>\s*Palm Hills/);
    assert.match(html, /type="hidden" name="utm_source" value="x"/);
    assert.match(html, /<a href="#phone">/);
    assert.equal(proxy.vendors.sakneen.requests().length, 0);
  });

  test("with an unlikely number is believed the second time", async () => {
    const lead = { ...LEADS.sakneen, phone: "0101234567" };
    const html = await (await postLead(proxy, lead, { accept })).text();
    assert.match(html, /name="phone_confirmed" value="1"/);
    assert.match(html, /\+20\s10\s123\s4567/);
    assert.equal(
      (await postLead(proxy, { ...lead, phone_confirmed: "1" }, { accept })).status,
      303,
    );
  });

  test("that cannot be delivered comes back filled in, as the same submission", async () => {
    proxy.vendors.sakneen.setFaults({ mode: "error_500" });
    const id = crypto.randomUUID();
    const response = await postLead(proxy, { ...LEADS.sakneen, id, lang: "ru" }, { accept });
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "5");
    const html = await response.text();
    assert.match(html, /value="Mona Adel"/);
    assert.ok(html.includes(`name="id" value="${id}"`));
    assert.match(html, /<html lang="ru" dir="ltr">/);
  });

  test("may be posted again from the page that came back, which is the proxy's own", async () => {
    const response = await postLead(proxy, LEADS.sakneen, { accept, origin: proxy.url });
    assert.equal(response.status, 303);
  });

  test("keeps the looks of the page it was sent from", async () => {
    const looks = { theme: "estate", scheme: "dark", lang: "ru" };
    const again = await postLead(proxy, { ...LEADS.sakneen, ...looks, phone: "012" }, { accept });
    const html = await again.text();
    assert.match(html, /name="theme" value="estate"/);
    assert.match(html, /:root\{color-scheme:dark\}/);
    const thanks = await postLead(proxy, { ...LEADS.sakneen, ...looks }, { accept });
    const location = "/f/sakneen/thanks?lang=ru&theme=estate&scheme=dark";
    assert.equal(thanks.headers.get("location"), location);
  });

  test("of no known target gets a page, not JSON", async () => {
    const response = await postLead(proxy, { ...LEADS.sakneen, target: "nobody" }, { accept });
    assert.equal(response.status, 404);
    assert.match(await response.text(), /<h1>/);
  });
});

describe("the hosted page", () => {
  const open = (path: string, headers: Record<string, string> = {}) =>
    proxy.fetch(path, { headers: { accept, ...headers } });

  test("is a form that posts without script, in the language and look its address asks for", async () => {
    const html = await (await open("/f/sakneen?lang=ar&theme=fintech&scheme=dark")).text();
    assert.match(html, /<html lang="ar" dir="rtl">/);
    assert.match(html, /<form method="post" action="\/v1\/leads" novalidate>/);
    assert.match(html, /name="target" value="sakneen"/);
    assert.match(html, /<option\s*>\s*Palm Hills/);
    assert.match(html, /light-dark\(#00704f,/);
    assert.match(html, /<lead-form\s+endpoint=""[^>]*\stheme="fintech"/);
  });

  test("holds the widget's own first view, printed, which posts as the plain form does", async () => {
    const query = "?lang=ru&theme=estate&utm_source=qr%22%3E&project=Palm+Hills";
    const page = await open(`/f/sakneen${query}`, { referer: "https://www.example.com/a?b=1" });
    const html = await page.text();
    const [printed = ""] = /<template shadowrootmode="open">.*<\/template>/s.exec(html) ?? [];
    const policy = page.headers.get("content-security-policy") ?? "";
    const [, nonce = "none"] = /style-src 'nonce-([\w-]+)'/.exec(policy) ?? [];
    assert.ok(printed.includes(`<style nonce="${nonce}">`), "its style is allowed");
    assert.match(printed, /<form method="post" action="\/v1\/leads"/);
    const hidden = [...printed.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const values = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
    assert.deepEqual(values, {
      target: "sakneen",
      lang: "ru",
      country: "EG",
      theme: "estate",
      page: `${proxy.url}/f/sakneen`,
      referrer: "https://www.example.com/a",
      utm_source: "qr&quot;&gt;",
    });
    assert.match(printed, /<option selected>Palm Hills</);
    const own = await (await open("/f/nine?unit=A-12")).text();
    const [ownPrinted = ""] = /<template shadowrootmode="open">.*<\/template>/s.exec(own) ?? [];
    assert.match(ownPrinted, /type="hidden" name="x_unit" value="A-12"/);
    assert.match(ownPrinted, /type="hidden" name="definitions" value="\w+"/);
  });

  test("speaks the browser's language where none is asked for", async () => {
    const lang = async (header: string) => {
      const page = await open("/f/sakneen", { "accept-language": header });
      assert.equal(page.headers.get("vary"), "Accept-Language");
      return /<html lang="(\w+)"/.exec(await page.text())?.[1];
    };
    assert.equal(await lang("de-DE,de;q=0.9,ru-RU;q=0.8,en;q=0.5"), "ru");
    assert.equal(await lang("en;q=0.1, ar-EG"), "ar");
    assert.equal(await lang("de"), "en");
    for (const [wish, expected] of [
      ["ar_EG", "ar"],
      ["RU-ru", "ru"],
      ["de_DE", "en"],
    ])
      assert.match(
        await (await open(`/f/sakneen?lang=${wish}`)).text(),
        new RegExp(`<html lang="${expected}"`),
      );
  });

  test("takes a project, looks and campaign ids from its address, and nothing about a person", async () => {
    const query = new URLSearchParams({
      project: "Palm Hills",
      utm_source: `"><script>alert(1)</script>`,
      gclid: "x1",
      name: "Mona",
      phone: "01012345678",
      email: "mona@example.com",
      id: "b7c1e7a2-3f0e-4f4e-9a43-4cbb7a4d9f10",
      phone_confirmed: "1",
    });
    const html = await (await open(`/f/sakneen?${query}`)).text();
    assert.match(html, /<option selected>\s*Palm Hills/);
    assert.match(html, /name="utm_source" value="&quot;&gt;&lt;script/);
    assert.match(html, /name="gclid" value="x1"/);
    assert.doesNotMatch(html, /Mona|01012345678|example\.com|b7c1e7a2|phone_confirmed/);
  });

  test("is 14 KB at most without script, headers included, and sets no cookie", async () => {
    const page = await open("/f/sakneen?lang=ru&theme=estate&project=Palm+Hills");
    const head = [...page.headers].reduce(
      (n, [name, value]) => n + name.length + value.length + 4,
      17,
    );
    const bytes = head + (await page.arrayBuffer()).byteLength;
    assert.ok(bytes <= 14_000, `${bytes} bytes`);
    assert.equal(page.headers.get("set-cookie"), null);
  });

  test("may be framed by anybody, runs our script alone, and forbids the rest", async () => {
    const page = await open("/f/sakneen");
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(
      policy,
      /default-src 'none'; script-src 'self' 'nonce-[\w-]+'; connect-src 'self';/,
    );
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types lead-form;/);
    assert.match(policy, /form-action 'self'; base-uri 'none'; frame-ancestors \*$/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(page.headers.get("cross-origin-resource-policy"), "cross-origin");
  });

  test("sets the origin of the widget's parts before the script runs", async () => {
    const page = await open("/f/sakneen");
    const nonce = /'nonce-([\w-]+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
    const html = await page.text();
    const set = html.search(
      new RegExp(`<script nonce="${nonce}">\\s*customElements\\.whenDefined\\("lead-form"\\)`),
    );
    assert.ok(set > 0 && set < html.indexOf('<script src="/lead-form.js"'), String(set));
    assert.match(html, /form\.partsOrigin=location\.origin/);
    assert.match(html, /<lead-form[^>]*\scountry="EG"/);
  });

  test("asks for a consent that must be given, with the widget and without", async () => {
    const asked = await (await open("/f/strict")).text();
    assert.match(asked, /<input\s[^>]*name="consent"[^>]*\srequired/);
    assert.match(asked, /<lead-form[^>]*\sconsent="checkbox"/);
    const unasked = await (await open("/f/sakneen")).text();
    assert.doesNotMatch(unasked, /name="consent"/);
    assert.match(unasked, /<lead-form[^>]*\sconsent="none"/);
    const lead = {
      ...LEADS.sakneen,
      target: "strict",
      email: "a@b.example",
      project: "Palm Hills",
    };
    const refused = await postLead(proxy, { ...lead, consent: "0" });
    assert.equal(refused.status, 422);
    const { fields } = (await refused.json()) as { fields: object };
    assert.deepEqual(fields, { consent: "consent_missing" });
    assert.equal((await postLead(proxy, { ...lead, consent: "on" })).status, 201);
  });

  test("of a target that is not known says so, as a page", async () => {
    const page = await open("/f/nobody?lang=ru");
    assert.equal(page.status, 404);
    assert.match(await page.text(), /<html lang="ru"[^]*<h1>/);
  });
});

describe("a page", () => {
  test("runs no script and takes styles by its own nonce only", async () => {
    const response = await proxy.fetch("/f/sakneen/thanks");
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1];
    assert.match(policy, /^default-src 'none';/);
    assert.ok(nonce && (await response.text()).includes(`<style nonce="${nonce}">`));
    // Under no-referrer a browser would send `Origin: null` with the form.
    assert.equal(response.headers.get("referrer-policy"), "same-origin");
  });
});

describe("a form as markup", () => {
  const templateOf = async (path: string): Promise<string> => {
    const response = await proxy.fetch(path);
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
    return ((await response.json()) as { template: string }).template;
  };

  test("is that of its target, in the language and the looks that are asked for", async () => {
    const template = await templateOf(
      "/v1/markup/sakneen?lang=ar&theme=ink&country=EG&consent=checkbox&project=Tower",
    );
    assert.match(template, /^<template shadowrootmode="open"><style>[^]*<\/template>$/);
    for (const part of [
      'dir="rtl"',
      "اطلب مكالمة",
      ":host([theme=ink])",
      'name="consent" type="checkbox"',
      '<input type="hidden" name="target" value="sakneen">',
      '<input type="hidden" name="project" value="Tower">',
      '/v1/leads"',
    ])
      assert.ok(template.includes(part), part);
  });

  test("is what the sources print, but for spaces: the build leaves out what is never shown", async () => {
    const plain = (text: string) => text.replace(/\s+/g, "").replaceAll(";}", "}");
    const definitions = await (await proxy.fetch("/v1/fields/sakneen")).text();
    for (const lang of LANGUAGES)
      for (const asked of [
        { fields: "name phone email project", projects: "A,B", project: "B", theme: "estate" },
        { fields: "email name", consent: "optional", "privacy-url": "https://www.example.com/" },
      ]) {
        const query = new URLSearchParams({ lang, ...asked });
        const built = await templateOf(`/v1/markup/sakneen?${query}`);
        const [, origin = ""] = /action="([^"]*)\/v1\/leads"/.exec(built) ?? [];
        const given = { lang, ...asked, target: "sakneen", definitions };
        assert.equal(plain(built), plain(await printForm(given, origin)), `${query}`);
      }
  });

  test("posts what the proxy takes, from a page of another site", async () => {
    const template = await templateOf("/v1/markup/sakneen?lang=ru&country=EG&theme=ink");
    const hidden = [...template.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const response = await proxy.fetch("/v1/leads", {
      method: "POST",
      redirect: "manual",
      headers: {
        origin: "https://www.example.com",
        accept,
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
      },
      body: new URLSearchParams({
        ...Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value])),
        name: "Mona Adel",
        phone: "01012345678",
        email: "",
        lf_hp: "",
      }),
    });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/f/sakneen/thanks?lang=ru&theme=ink");
  });

  test("takes no address, no script, and no other target", async () => {
    const wicked = encodeURIComponent(`"><script>alert(1)</script>`);
    const template = await templateOf(
      `/v1/markup/sakneen?endpoint=https://evil.test&heading=${wicked}&target=other&fields=${wicked}&lang=${wicked}`,
    );
    assert.doesNotMatch(template, /evil\.test|<script|value="other"/);
  });

  test("is asked for by GET, of a target that exists", async () => {
    assert.equal((await proxy.fetch("/v1/markup/nobody")).status, 404);
    assert.equal((await proxy.fetch("/v1/markup/sakneen", { method: "POST" })).status, 405);
  });
});
