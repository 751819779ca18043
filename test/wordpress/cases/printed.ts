/** The form that the proxy prints: asked for once, put into every kind of form, and not missed where it is missing. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { playProxy } from "../played-proxy.ts";
import type { PlayedProxy } from "../played-proxy.ts";
import { evaluate, quote } from "../scene.ts";
import type { Scene } from "../scene.ts";
import { visit } from "../world.ts";

const EMBEDS: Readonly<Record<string, string>> = {
  block: '<!-- wp:lead-form/form {"theme":"ink"} /-->',
  shortcode: '<!-- wp:shortcode -->[lead_form theme="ink"]<!-- /wp:shortcode -->',
  "div alias": '<div data-lead-form data-theme="ink"></div>',
};

const TEMPLATE = /<template shadowrootmode="open">/g;
const ALL = /<lead-form[^>]*><template shadowrootmode="open"><style>[^]*?<\/template>/g;

export const printed = (scene: Scene): void => {
  let proxy: PlayedProxy;
  before(async () => {
    proxy = await playProxy(scene.now().endpoint);
  });
  after(() => proxy.close());
  beforeEach(async () => {
    proxy.printed.length = 0;
    proxy.printing = "forward";
    await scene
      .now()
      .site.php(
        `delete_option( 'lead_form_printed' ); update_option( 'lead_form', array( 'endpoint' => ${quote(proxy.origin)}, 'target' => 'sakneen', 'country' => 'EG' ) );`,
      );
  });

  const view = async (
    content: string,
    role: "author" | "administrator" = "author",
  ): Promise<string> => {
    const { link } = await scene.now().site.post(role, content);
    return (await fetch(link)).text();
  };

  test("stands in each kind of form, in the site's language, and is asked for once", async () => {
    for (const [kind, content] of Object.entries(EMBEDS)) {
      const html = await view(content);
      assert.equal(html.match(ALL)?.length, 1, kind);
      assert.match(html, /name="target" value="sakneen"[^]*Request a call[^]*Send request/, kind);
      assert.match(html, /:host\(\[theme=ink\]\)/, kind);
    }
    assert.equal(proxy.printed.length, 1);
    assert.match(
      proxy.printed[0] ?? "",
      /^\/v1\/markup\/sakneen\?country=EG&lang=en-us&theme=ink&v=/,
    );
  });

  test("tells an administrator where the proxy calls itself otherwise than the settings do", async () => {
    const { world, site, endpoint } = scene.now();
    // As the local runner tells the Worker.
    const own = endpoint.replace("127.0.0.1", "localhost");
    const hint = async (): Promise<string | undefined> => {
      const { page } = await visit(world, site, "administrator");
      await page.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
      const text = await page
        .$eval("#lead-form-origin", (note) => note.textContent ?? "")
        .catch(() => undefined);
      await page.close();
      return text;
    };
    assert.equal(await hint(), undefined);
    await view(EMBEDS["block"]!);
    assert.match((await hint()) ?? "", new RegExp(`Enter this one as the endpoint: ${own}$`));
    await site.php(
      `update_option( 'lead_form', array( 'endpoint' => ${quote(own)}, 'target' => 'sakneen', 'country' => 'EG' ) );`,
    );
    await view(EMBEDS["block"]!);
    assert.equal(await hint(), undefined);
  });

  test("stands once in an administrator's own element, however many filters see it", async () => {
    const html = await view('<lead-form lang="ru"></lead-form>', "administrator");
    assert.deepEqual([html.match(TEMPLATE)?.length, html.match(ALL)?.length], [1, 1]);
    assert.match(html, /Заказать звонок/);
  });

  test("is taken over by the script, as one form", async () => {
    const { world, site } = scene.now();
    const { link } = await site.post("author", EMBEDS["block"]!);
    const { page } = await visit(world, site);
    await page.goto(link);
    await page.waitForSelector("lead-form[status=idle]");
    const forms = await page.$eval("lead-form", (form) => {
      const root = form.shadowRoot!;
      return [root.querySelectorAll("form").length, root.querySelectorAll("style").length];
    });
    assert.deepEqual(forms, [1, 0]);
    await page.close();
  });

  test("is not there for a dialog, nor for an element with another address", async () => {
    const html = await view(
      '[lead_form presentation="dialog"]<lead-form endpoint="http://127.0.0.1:9"></lead-form>',
      "administrator",
    );
    assert.equal(html.match(TEMPLATE), null);
    assert.deepEqual(proxy.printed, []);
  });

  for (const [what, printing] of Object.entries({
    "an older proxy": { status: 404, body: "{}" },
    "no answer": "silent",
    "something else": { status: 200, body: '{"template":"<p>Hello</p>"}' },
    "a script in it": {
      status: 200,
      body: '{"template":"<template shadowrootmode=\\"open\\"><script>hit()</script></template>"}',
    },
  } as const))
    test(`is not missed after ${what}: the element draws itself, and nobody waits again`, async () => {
      proxy.printing = printing;
      for (const content of Object.values(EMBEDS)) {
        const html = await view(content);
        assert.match(html, /<lead-form [^>]*target="sakneen"[^>]*><a class="lead-form-link"/);
        assert.equal(html.match(TEMPLATE), null);
      }
      assert.equal(proxy.printed.length, 1);
    });

  test("is kept for a day, and after a failure for as long as the proxy is away", async () => {
    await view(EMBEDS["block"]!);
    await scene
      .now()
      .site.php(
        "$all = get_option( 'lead_form_printed' ); foreach ( $all as &$each ) { $each['asked'] -= 86401; } update_option( 'lead_form_printed', $all, false );",
      );
    proxy.printing = "silent";
    assert.equal((await view(EMBEDS["block"]!)).match(ALL)?.length, 1);
    assert.equal(proxy.printed.length, 2);
    const kept = await evaluate<Record<string, { template: string }>>(
      scene.now().site,
      "get_option( 'lead_form_printed' )",
    );
    assert.deepEqual(
      Object.values(kept).map(({ template }) => template.length > 1000),
      [true],
    );
  });
};
