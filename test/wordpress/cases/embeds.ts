/** Every way to write a form, by every role that may publish, in a classic and in a block theme. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { THEMES } from "../core.ts";
import type { Role } from "../site.ts";
import type { Scene } from "../scene.ts";
import { sendLead, visit } from "../world.ts";

const AUTHORS: readonly Role[] = ["administrator", "editor", "author"];

const EMBEDS = {
  block: '<!-- wp:lead-form/form {"heading":"Call me"} /-->',
  shortcode: '<!-- wp:shortcode -->[lead_form heading="Call me"]<!-- /wp:shortcode -->',
  "div alias": '<!-- wp:html --><div data-lead-form data-heading="Call me"></div><!-- /wp:html -->',
  "link alias":
    '<!-- wp:paragraph --><p>Or <a data-lead-form data-heading="Call me" href="#later">write to us</a>.</p><!-- /wp:paragraph -->',
};
type Embed = keyof typeof EMBEDS;
const NAMES = Object.keys(EMBEDS) as Embed[];

/** The widget script's tag, wherever it stands. */
const scriptsOf = (html: string): string[] =>
  html.match(/<script[^>]*\/lead-form\.full\.js[^>]*>/g) ?? [];

const OPT_OUT =
  /data-cfasync="false"(?=.* data-no-optimize="1")(?=.* data-no-defer="1")(?=.* data-no-minify="1")(?=.* data-noptimize="1")(?=.* data-jetpack-boost="ignore")(?=.* nowprocket).* src=/;

export const embeds = (scene: Scene): void => {
  const { version } = scene;
  const read = async (link: string): Promise<string> => (await fetch(link)).text();

  for (const theme of ["classic", "block"] as const)
    for (const role of AUTHORS)
      test(`${role}, ${theme} theme: each embed is one form with the endpoint and one script`, async () => {
        const { site, endpoint } = scene.now();
        await site.useTheme(THEMES[version][theme]);
        for (const name of NAMES) {
          const html = await read((await site.post(role, EMBEDS[name])).link);
          const forms = html.match(/<lead-form\b[^>]*>/g) ?? [];
          assert.equal(forms.length, 1, name);
          assert.ok(forms[0]?.includes(` endpoint="${endpoint}"`), `${name}: ${forms[0]}`);
          assert.match(forms[0] ?? "", / target="sakneen".* heading="Call me"/, name);
          assert.doesNotMatch(html, /data-lead-form\b/, name);
          const scripts = scriptsOf(html);
          assert.equal(scripts.length, 1, name);
          assert.match(scripts[0] ?? "", OPT_OUT);
          assert.match(scripts[0] ?? "", /\sdefer[\s>].*|.*\sdefer\s/);
          assert.match(scripts[0] ?? "", /lead-form\.full\.js\?ver=\d+\.\d+\.\d+/);
        }
      });

  test("a page without a form loads nothing of the plugin", async () => {
    const { site } = scene.now();
    const { link } = await site.post("author", "<p>Nothing to send here, not even a lead.</p>");
    assert.doesNotMatch(await read(link), /plugins\/lead-form/);
  });

  test("a page of many posts with forms loads the script once", async () => {
    const { site } = scene.now();
    await site.useTheme(THEMES[version].classic);
    // Twenty Twenty-One shows excerpts otherwise, and no excerpt has a form.
    await site.php("set_theme_mod( 'display_excerpt_or_full_post', 'full' );");
    const html = await read(site.origin);
    assert.ok((html.match(/<lead-form\b/g) ?? []).length > 1);
    assert.equal(scriptsOf(html).length, 1);
  });

  // In a browser, which takes its time: two of them are enough in the older version.
  for (const [index, name] of [...NAMES.entries()].filter(
    ([i]) => version === "6.6" || i % 3 === 0,
  ))
    test(`a lead travels from an author's ${name} to the vendor`, async () => {
      const { site, world } = scene.now();
      const theme = index < 2 ? "block" : "classic";
      await site.useTheme(THEMES[version][theme]);
      const { link } = await site.post("author", EMBEDS[name]);
      const { page, close } = await visit(world, site);
      await page.goto(link);
      if (name === "link alias") {
        await page.waitForFunction(() => customElements.get("lead-form"));
        await page.click("a.lead-form-open");
      }
      const lead = await sendLead(page);
      const held = world.vendors.sakneen.leads().map(({ body }) => body["phoneNumber"]);
      assert.equal(held.filter((phone) => phone === lead.phone).length, 1);
      await close();
    });

  test("without script each embed leaves a link that a visitor can follow", async () => {
    const { site, world, endpoint } = scene.now();
    const { page, close } = await visit(world, site);
    await page.setJavaScriptEnabled(false);
    const found: string[] = [];
    for (const name of NAMES) {
      await page.goto((await site.post("author", EMBEDS[name])).link);
      const link = await page.waitForSelector("a[class^=lead-form-]", { visible: true });
      found.push((await link?.evaluate((a) => (a as HTMLAnchorElement).href)) ?? "");
    }
    const hosted = `${endpoint}/f/sakneen?lang=en`;
    assert.deepEqual(found.slice(0, 3), [hosted, hosted, hosted]);
    assert.match(found[3] ?? "", /#later$/);
    await page.goto(hosted);
    assert.ok(await page.$("form input[name=phone]"));
    await close();
  });
};
