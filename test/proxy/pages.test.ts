/** What a browser without script sees after posting a plain form, in workerd. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { LEADS, postLead, startProxy } from "./harness.ts";
import type { Proxy } from "./harness.ts";

let proxy: Proxy;
before(async () => {
  proxy = await startProxy();
});
after(() => proxy.close());
beforeEach(() => proxy.vendors.sakneen.clear());

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
    assert.match(html, /\+20 101234567/);
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

  test("of no known target gets a page, not JSON", async () => {
    const response = await postLead(proxy, { ...LEADS.sakneen, target: "nobody" }, { accept });
    assert.equal(response.status, 404);
    assert.match(await response.text(), /<h1>/);
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
