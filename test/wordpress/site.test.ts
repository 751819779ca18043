/** The plugin in real WordPresses, one set of servers for all. Needs `npm run build`, PHP and MariaDB. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { editor } from "./cases/editor.ts";
import { embeds } from "./cases/embeds.ts";
import { markup } from "./cases/markup.ts";
import { ownFields } from "./cases/own-fields.ts";
import { printed } from "./cases/printed.ts";
import { leave, settings, unset } from "./cases/settings.ts";
import { snippets } from "./cases/snippets.ts";
import { missing, VERSIONS } from "./core.ts";
import type { Scene, Stage } from "./scene.ts";
import { installPlugin, saveSettings, startWorld, visit } from "./world.ts";
import type { World } from "./world.ts";

const lacks = missing();
const skip = lacks ? `WordPress is left out: ${lacks}` : false;

describe("in a real WordPress", { skip, concurrency: true }, () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  VERSIONS.forEach((version, index) =>
    describe(version, { concurrency: false }, () => {
      let stage: Stage;
      const scene: Scene = { version, now: () => stage };

      before(async () => {
        const site = world.sites[index];
        if (!site) throw new Error(`There is no WordPress ${version}.`);
        const { page: admin } = await visit(world, site, "administrator");
        await installPlugin(admin, site);
        stage = { world, site, endpoint: world.endpoint, admin };
      });

      unset(scene);
      test("the settings page saves the endpoint and the default target", async () => {
        const { admin, site, endpoint } = stage;
        const said = await saveSettings(admin, site, { endpoint, target: "sakneen" });
        assert.match(said.join(), /Settings saved/);
      });
      settings(scene);
      embeds(scene);
      snippets(scene);
      markup(scene);
      editor(scene, version === "6.6" ? "administrator" : "author");
      describe("own fields", { concurrency: false }, () => ownFields(scene));
      describe("the printed form", { concurrency: false }, () => printed(scene));
      test("PHP has nothing to say about the plugin", async () => {
        const complaints = (await stage.site.complaints()).split("\n");
        assert.deepEqual(
          complaints.filter((line) => /lead-form\//.test(line)),
          [],
        );
      });
      leave(scene);
    }),
  );
});
