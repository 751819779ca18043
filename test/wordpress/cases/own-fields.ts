/** A target's own fields: asked for once, printed into every kind of form, asked for again by an administrator. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { NINE_FIELDS } from "../../own-fields.ts";
import { playProxy } from "../played-proxy.ts";
import type { PlayedProxy } from "../played-proxy.ts";
import { evaluate, quote } from "../scene.ts";
import type { Scene } from "../scene.ts";
import { sendLead, visit } from "../world.ts";
import { findCanvas, insertForm, openEditor, typeInSidebar } from "../editor-page.ts";

const HOSTILE = `"><script>window.hit=1</script>'`;

/** As the proxy writes it; the text of a label may hold anything. */
const TOWER = JSON.stringify({
  version: "v1",
  fields: [
    {
      name: "budget",
      type: "number",
      label: { en: `Budget ${HOSTILE}`, ar: "الميزانية" },
      min: 0.5,
    },
    { name: "unit", type: "hidden", label: {}, from: "query:unit" },
  ],
});
const GOOD = { status: 200, body: TOWER };

const FIELDS = "name phone budget unit";

/** One form, in every way to write one; the author presets a unit, and tries to name another proxy. */
const embeds = (target: string): Readonly<Record<string, string>> => ({
  block: `<!-- wp:lead-form/form {"target":"${target}","fields":"${FIELDS}","presets":"unit = A-12\\nendpoint=https://thief.example","endpoint":"https://thief.example"} /-->`,
  shortcode: `<!-- wp:shortcode -->[lead_form target="${target}" fields="${FIELDS}" field_unit="A-12" endpoint="https://thief.example"]<!-- /wp:shortcode -->`,
  "div alias": `<div data-lead-form data-target="${target}" data-fields="${FIELDS}" data-field-unit="A-12" data-endpoint="https://thief.example"></div>`,
  "link alias": `<a href="#later" data-lead-form data-target="${target}" data-fields="${FIELDS}" data-field-unit="A-12">Call</a>`,
});

/** What a browser finds of the attributes of every form. */
type Found = Readonly<Record<string, string>>[];

export const ownFields = (scene: Scene): void => {
  let proxy: PlayedProxy;
  before(async () => {
    proxy = await playProxy(scene.now().endpoint);
  });
  after(() => proxy.close());

  /** The settings name the made-up proxy, and nothing is known yet. */
  beforeEach(async () => {
    proxy.asked.length = 0;
    proxy.plays.clear();
    proxy.plays.set("tower", GOOD);
    await scene
      .now()
      .site.php(
        `delete_option( 'lead_form_fields' ); update_option( 'lead_form', array( 'endpoint' => ${quote(proxy.origin)}, 'target' => 'tower', 'country' => '' ) );`,
      );
  });

  const readForms = async (html: string): Promise<Found> =>
    scene.now().admin.evaluate((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      return [...page.querySelectorAll("lead-form")].map((form) =>
        Object.fromEntries([...form.attributes].map(({ name, value }) => [name, value])),
      );
    }, html);

  const view = async (link: string): Promise<string> => (await fetch(link)).text();

  /** A view by a request of its own, as visitors make them. */
  const post = async (content: string, role: "author" | "administrator" = "author") => {
    const { link } = await scene.now().site.post(role, content);
    return link;
  };

  const makeOlder = (): Promise<string> =>
    scene
      .now()
      .site.php(
        "$all = get_option( 'lead_form_fields' ); foreach ( $all as &$each ) { $each['asked'] -= 601; } update_option( 'lead_form_fields', $all, false );",
      );

  test("a form without own fields asks nothing and keeps nothing", async () => {
    const { site } = scene.now();
    const html = await view(
      await post('[lead_form fields="phone name, email project"][lead_form]'),
    );
    const forms = await readForms(html);
    assert.deepEqual(
      forms.map((form) => form["definitions"]),
      [undefined, undefined],
    );
    assert.deepEqual(proxy.asked, []);
    assert.equal(await evaluate(site, "get_option( 'lead_form_fields' )"), false);
  });

  test("each kind of form has the definitions and its preset, asked for once, for the right proxy", async () => {
    for (const [kind, content] of Object.entries(embeds("tower"))) {
      const [form, ...others] = await readForms(await view(await post(content)));
      assert.deepEqual(others, [], kind);
      assert.equal(form?.["definitions"], TOWER, kind);
      assert.equal(form["field-unit"], "A-12", kind);
      assert.equal(form["endpoint"], proxy.origin, kind);
    }
    assert.deepEqual(proxy.asked, ["/v1/fields/tower"]);
  });

  test("what the proxy says stays text, in a page and in the editor's facts", async () => {
    const { admin, site } = scene.now();
    await admin.goto(await post(embeds("tower")["block"]!));
    assert.equal(await admin.evaluate(() => Reflect.get(window, "hit") as unknown), undefined);
    await admin.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
    assert.equal(await admin.evaluate(() => Reflect.get(window, "hit") as unknown), undefined);
  });

  test("an administrator's own element gets them from the proxy of the settings alone", async () => {
    const html = await view(
      await post(
        `<lead-form fields="${FIELDS}"></lead-form><lead-form target="north" fields="${FIELDS}" endpoint="http://127.0.0.1:9"></lead-form><lead-form fields="${FIELDS}" definitions='{"version":"mine","fields":[]}'></lead-form>`,
        "administrator",
      ),
    );
    const forms = await readForms(html);
    assert.deepEqual(
      forms.map((form) => form["definitions"]),
      [TOWER, undefined, '{"version":"mine","fields":[]}'],
    );
    assert.deepEqual(proxy.asked, ["/v1/fields/tower"]);
  });

  test("a target that is no key is not asked about", async () => {
    await view(await post(`[lead_form target="../healthz" fields="${FIELDS}"]`));
    await view(await post(`[lead_form target="a?b" fields="${FIELDS}"]`));
    assert.deepEqual(proxy.asked, []);
  });

  test("a field that is new at the proxy is asked for, but not at every view", async () => {
    const link = await post(embeds("tower")["shortcode"]!.replace('unit"', 'unit rooms"'));
    await view(link);
    await view(link);
    assert.equal(proxy.asked.length, 1);
    const newer = JSON.stringify({
      version: "v2",
      fields: [{ name: "rooms", type: "text", label: {} }, ...JSON.parse(TOWER).fields],
    });
    proxy.plays.set("tower", { status: 200, body: newer });
    await makeOlder();
    const [form] = await readForms(await view(link));
    assert.equal(form?.["definitions"], newer);
    await makeOlder();
    await view(link);
    assert.equal(proxy.asked.length, 2);
  });

  const FAILURES = {
    "a fault": { status: 503, body: '{"code":"unavailable"}' },
    "a target that is not there": { status: 404, body: "{}" },
    "a page": { status: 200, body: "<!doctype html><title>Hello</title>" },
    "another JSON": { status: 200, body: '{"version":"v1","fields":[{"name":"Budget"}]}' },
    silence: "silent",
  } as const;
  for (const [what, play] of Object.entries(FAILURES))
    test(`${what} is not waited for twice, and the form comes without`, async () => {
      proxy.plays.set("tower", play);
      const link = await post(embeds("tower")["shortcode"]!);
      const [first] = await readForms(await view(link));
      assert.equal(first?.["definitions"], undefined);
      assert.equal(first?.["fields"], FIELDS);
      await view(link);
      await view(await post(embeds("tower")["div alias"]!));
      assert.equal(proxy.asked.length, 1);
    });

  test("a proxy that does not answer is not asked about the next target either", async () => {
    proxy.plays.set("tower", "silent");
    await view(await post(embeds("tower")["shortcode"]! + embeds("north")["shortcode"]!));
    assert.deepEqual(proxy.asked, ["/v1/fields/tower"]);
  });

  test("one faulty target does not keep another from being asked about", async () => {
    proxy.plays.set("north", { status: 503, body: "{}" });
    const html = await view(
      await post(embeds("north")["shortcode"]! + embeds("tower")["shortcode"]!),
    );
    assert.deepEqual(
      (await readForms(html)).map((form) => form["definitions"]),
      [undefined, TOWER],
    );
  });

  test("a hundred targets are kept, and no more", async () => {
    const { site } = scene.now();
    const root = quote(`${proxy.origin}/v1/fields/t`);
    await site.php(
      `$all = array(); for ( $i = 0; $i < 100; $i++ ) { $all[ ${root} . $i ] = array( 'definitions' => '', 'asked' => 1, 'problem' => 'unknown_target' ); } update_option( 'lead_form_fields', $all, false );`,
    );
    await view(await post(embeds("tower")["shortcode"]!));
    assert.deepEqual(proxy.asked, []);
    assert.equal(await evaluate(site, "count( get_option( 'lead_form_fields' ) )"), 100);
  });

  test("no page without such a form loads what is kept", async () => {
    const { site } = scene.now();
    await view(await post(embeds("tower")["shortcode"]!));
    const [kept, loaded] = await evaluate<boolean[]>(
      site,
      "array( is_array( get_option( 'lead_form_fields' ) ), isset( wp_load_alloptions( true )['lead_form_fields'] ) )",
    );
    assert.deepEqual([kept, loaded], [true, false]);
  });

  describe("on the settings page", () => {
    const open = async (): Promise<string> => {
      const { admin, site } = scene.now();
      await admin.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
      return admin.$eval(
        "#lead-form-own-fields ~ table",
        (table) => (table as HTMLElement).innerText,
      );
    };
    const press = async (): Promise<string> => {
      const { admin } = scene.now();
      await Promise.all([admin.waitForNavigation(), admin.click("#lead-form-refresh")]);
      return admin.$eval(
        "#lead-form-own-fields ~ table",
        (table) => (table as HTMLElement).innerText,
      );
    };

    test("the button asks, and says for each target what was found and when", async () => {
      assert.match(await open(), /tower\s+Not yet/);
      const year = new Date().getFullYear();
      assert.match(await press(), new RegExp(`tower\\s+budget unit\\s+.*${year}`));
      assert.deepEqual(proxy.asked, ["/v1/fields/tower"]);
      await press();
      assert.equal(proxy.asked.length, 2);
    });

    test("after a failure the definitions before it stay, and the failure is told", async () => {
      await open();
      await press();
      proxy.plays.set("tower", { status: 503, body: "{}" });
      assert.match(await press(), /budget unit The proxy answered, but not with fields/);
      proxy.plays.delete("tower");
      assert.match(await press(), /budget unit The proxy knows no such target/);
      proxy.plays.set("tower", { status: 200, body: '{"version":"0","fields":[]}' });
      assert.match(await press(), /tower\s+None/);
    });

    test("every target that a form has named is asked about; another proxy's are forgotten", async () => {
      const { site } = scene.now();
      proxy.plays.set("north", GOOD);
      await view(await post(embeds("north")["shortcode"]!));
      await open();
      assert.match(await press(), /tower\s+budget unit[^]*north\s+budget unit/);
      await site.php(
        "update_option( 'lead_form', array( 'endpoint' => 'http://localhost:9', 'target' => 'tower', 'country' => '' ) );",
      );
      assert.match(await open(), /^(?!.*north)[^]*tower\s+Not yet/);
      assert.match(await press(), /tower\s+The proxy could not be reached/);
      assert.deepEqual(await evaluate(site, "array_keys( get_option( 'lead_form_fields' ) )"), [
        "http://localhost:9/v1/fields/tower",
      ]);
    });

    test("neither a stranger, nor an author, nor an administrator led there by a link can press it", async () => {
      const { site, admin, world } = scene.now();
      const address = `${site.origin}/wp-admin/admin-post.php?action=lead_form_refresh`;
      await fetch(address, { method: "POST", redirect: "manual" });
      const { page, close } = await visit(world, site, "author");
      assert.equal((await page.goto(address))?.status(), 403);
      await close();
      assert.equal((await admin.goto(address))?.status(), 403);
      assert.deepEqual(proxy.asked, []);
    });
  });

  test("the editor draws them from what is kept, and keeps presets that are pasted", async () => {
    const { site, world } = scene.now();
    await view(await post(embeds("tower")["shortcode"]!));
    const { page, close } = await visit(world, site, "author");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("dialog", (dialog) => void dialog.accept());
    await openEditor(page, `${site.origin}/wp-admin/post-new.php`);
    await insertForm(page, { fields: FIELDS });
    const canvas = await findCanvas(page);
    await typeInSidebar(page, "Form", "Values of own fields", "unit=A-12");
    await canvas.waitForFunction(
      () => document.querySelector("lead-form")?.getAttribute("field-unit") === "A-12",
    );
    const given = await canvas.$eval("lead-form", (form) => [
      form.getAttribute("definitions") ?? String(Reflect.get(form, "definitions")),
    ]);
    assert.deepEqual(given, [TOWER]);
    const pasted = await page.evaluate(() => {
      const paste = (HTML: string) => window.wp.blocks.pasteHandler({ HTML, mode: "AUTO" });
      const raw = (HTML: string) => window.wp.blocks.rawHandler({ HTML });
      return [
        ...paste('<lead-form target="a" field-unit="B-7"></lead-form>'),
        ...paste('<div data-lead-form data-target="a" data-field-unit="B-7"></div>'),
        ...raw('<p>[lead_form target="a" field_unit="B-7"]</p>'),
      ].map(({ attributes }) => ({ ...attributes }));
    });
    assert.deepEqual(pasted, Array(3).fill({ target: "a", presets: "unit=B-7" }));
    assert.deepEqual(
      asked.filter((url) => url.startsWith(`${proxy.origin}/v1/leads`)),
      [],
    );
    await close();
  });

  test("a lead brings them from an author's page to the vendor", async () => {
    const { site, world } = scene.now();
    proxy.plays.set("nine", "forward");
    const link = await post(
      '[lead_form target="nine" fields="name phone budget unit" field_unit="A-12"]',
    );
    const { page, close } = await visit(world, site);
    await page.goto(link);
    const printed = await page.$eval("lead-form", (form) => form.getAttribute("definitions") ?? "");
    assert.equal(JSON.parse(printed).fields.length, NINE_FIELDS.length);
    assert.doesNotMatch(await page.content(), /secret|777777/);
    const budget = await page.waitForSelector('lead-form >>> [name="x_budget"]');
    await budget?.type("٢٥٠٠٠٠");
    const { phone } = await sendLead(page);
    const held = world.vendors.sakneen.leads().find(({ body }) => body["phoneNumber"] === phone);
    assert.deepEqual([held?.body["secretbudget"], held?.body["secretunit"]], [250_000, "A-12"]);
    await close();
  });

  test("the settings are as before", async () => {
    const { site, endpoint } = scene.now();
    await site.php(
      `delete_option( 'lead_form_fields' ); update_option( 'lead_form', array( 'endpoint' => ${quote(endpoint)}, 'target' => 'sakneen', 'country' => '' ) );`,
    );
    assert.equal(await evaluate(site, "get_option( 'lead_form' )['endpoint']"), endpoint);
  });
};
