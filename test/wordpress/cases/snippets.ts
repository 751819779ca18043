/** The playground's snippets for WordPress, pasted as they are printed by an author. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SNIPPETS } from "../../../demo/snippets/index.ts";
import type { Form } from "../../../demo/snippets/index.ts";
import { printer } from "../../../widget/print/index.ts";
import type { Scene } from "../scene.ts";
import { sendLead, visit } from "../world.ts";

/** Nothing of it may end a shortcode, a comment or an attribute. */
const WORDS = `Say "hi" & [1] -- 'z' {x}`;

const form = (origin: string): Form => ({
  origin,
  attributes: [
    ["target", "sakneen"],
    ["project", "Palm Hills"],
    ["country", "EG"],
    ["theme", "estate"],
    ["lang", "ru"],
    ["heading", WORDS],
    ["submit-label", "Жду звонка"],
    ["field-unit", "A-12"],
  ],
});

export const snippets = (scene: Scene): void => {
  for (const name of ["shortcode", "block"] as const)
    test(`an author pastes the playground's ${name}, and all that was set arrives`, async () => {
      const { site, world, endpoint } = scene.now();
      const { text } = await SNIPPETS[name].print(form(endpoint), printer);
      const { link } = await site.post("author", text);
      const { page, close } = await visit(world, site);
      await page.goto(link);
      const found = await page.$eval("lead-form", (element) =>
        Object.fromEntries([...element.attributes].map((each) => [each.name, each.value])),
      );
      for (const [attribute, value] of form(endpoint).attributes)
        assert.equal(found[attribute], value, attribute);
      assert.equal(found["endpoint"], endpoint);
      const lead = await sendLead(page);
      const held = world.vendors.sakneen.leads().map(({ body }) => body["phoneNumber"]);
      assert.equal(held.filter((phone) => phone === lead.phone).length, 1);
      await close();
    });
};
