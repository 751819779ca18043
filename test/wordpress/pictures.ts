/**
 * Owns `npm run screenshots:wordpress`: the pictures for WordPress.org, three of them the steps of the README in a real
 * WordPress. Must not write into the zip.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { THEMES, VERSIONS } from "./core.ts";
import { drawEmblems } from "./emblems.ts";
import { findCanvas, insertForm, openEditor } from "./editor-page.ts";
import { installPlugin, saveSettings, startWorld, visit } from "./world.ts";

const OUT = "widget/wordpress/assets";
/** Small enough to be read beside text, large enough for the editor and its sidebar. */
const VIEW = { width: 1000, height: 640 };
const TITLE = "The last flat of Palm Hills";
/** Bytes that a picture may have: every clone of the repository carries it. */
const LIMIT = 90_000;

const take = async (page: Page, name: string): Promise<void> => {
  const path = join(OUT, `${name}.png`) as `${string}.png`;
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path });
  const { size } = await stat(path);
  console.log(`${path}: ${size} bytes`);
  if (size > LIMIT) process.exitCode = 1;
};

await drawEmblems(OUT);
const world = await startWorld();
try {
  const [site] = world.sites;
  if (!site) throw new Error(`There is no WordPress ${VERSIONS[0]}.`);
  await site.useTheme(THEMES[site.version].block);
  await site.php("update_option( 'blogname', 'Palm Hills Homes' );");
  const { page } = await visit(world, site, "administrator");
  await page.setViewport({ ...VIEW, height: 700 });
  await installPlugin(page, site);

  await saveSettings(page, site, { endpoint: world.endpoint, target: "sakneen" });
  // What a reader's own settings will look like, on a page that still works.
  const shown = { "lead-form-endpoint": "https://leads.example.com" };
  await page.evaluate((values) => {
    for (const [id, value] of Object.entries(values))
      document.querySelector(`#${id}`)?.setAttribute("value", value);
    for (const notice of document.querySelectorAll(".update-nag, .notice-warning")) notice.remove();
    for (const code of document.querySelectorAll(".wrap code"))
      code.textContent = code.textContent.replace(location.origin, "https://www.example.com");
  }, shown);
  await take(page, "screenshot-1");

  await page.setViewport(VIEW);
  await openEditor(page, `${site.origin}/wp-admin/post-new.php?post_type=page`);
  await page.evaluate((title) => {
    void window.wp.data.dispatch("core/editor")["editPost"]?.({ title });
  }, TITLE);
  await insertForm(page, { heading: "Visit the show flat", country: "EG" });
  await findCanvas(page);
  await take(page, "screenshot-2");

  const { link } = await site.post(
    "author",
    `<!-- wp:paragraph --><p>Three rooms above the park, ready in spring. Leave your number, and we call you back today.</p><!-- /wp:paragraph -->
<!-- wp:lead-form/form {"heading":"Visit the show flat","country":"EG"} /-->`,
    TITLE,
  );
  const visitor = await visit(world, site);
  await visitor.page.setViewport({ ...VIEW, height: 890 });
  await visitor.page.goto(link);
  await visitor.page.waitForSelector("lead-form >>> input[name=phone]");
  await take(visitor.page, "screenshot-3");
} finally {
  await world.close();
}
