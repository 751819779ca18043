/** The plugin in real WordPresses, one set of servers for all. Needs `npm run build`, PHP and MariaDB. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { missing, VERSIONS } from "./core.ts";
import { installPlugin, saveSettings, sendLead, startWorld, visit } from "./world.ts";
import type { World } from "./world.ts";

const skip = missing();

describe("WordPress", { skip: skip ? `The WordPress suite is skipped: ${skip}.` : false }, () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());
  VERSIONS.forEach((version, index) => {
    test(`${version}: a lead from a published post reaches the vendor`, async () => {
      const site = world.sites[index]!;
      const { page, close } = await visit(world, site, "administrator");
      await installPlugin(page, site);
      console.log(await saveSettings(page, site, { endpoint: world.endpoint, target: "sakneen" }));
      await close();
      const post = await site.post("author", '<!-- wp:lead-form/form {"heading":"Call me"} /-->');
      console.log(post.content.rendered);
      const visitor = await visit(world, site);
      await visitor.page.goto(post.link);
      await sendLead(visitor.page, `Visitor ${version}`);
      assert.equal(world.vendors.sakneen.leads().length, index + 1);
      console.log(await site.complaints());
    });
  });
});
