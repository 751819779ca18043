/** The settings page: who may open it, what it takes, in which language; and life before and after it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, quote } from "../scene.ts";
import type { Scene } from "../scene.ts";
import { saveSettings, visit } from "../world.ts";

/** What is typed, and what is kept of it; "" is refused. */
const ENDPOINTS: readonly (readonly [string, string])[] = [
  ["https://leads.example.com", "https://leads.example.com"],
  [" leads.example.com/ ", "https://leads.example.com"],
  ["https://Leads.Example.com:8443/lead-form.js?x#y", "https://leads.example.com:8443"],
  ["http://localhost:8787", "http://localhost:8787"],
  ["http://127.0.0.1:8787", "http://127.0.0.1:8787"],
  ["http://[::1]:8787", "http://[::1]:8787"],
  ["http://leads.example.com", ""],
  ["http://localhost.example.com", ""],
  ["http://127.0.0.1.example.com", ""],
  ["https://me:secret@leads.example.com", ""],
  ["javascript:alert(1)", ""],
  ["javascript://leads.example.com/%0Aalert(1)", ""],
  ["ftp://leads.example.com", ""],
  ["//leads.example.com", ""],
  ['https://leads.example.com"><script>', ""],
  ["https://", ""],
];

/** While there is no endpoint: no visitor sees a broken form, and the administrator sees why. */
export const unset = (scene: Scene): void => {
  const BLOCK = "<!-- wp:lead-form/form /-->";
  const ALIAS = "<!-- wp:html --><div data-lead-form>Call us: 19777</div><!-- /wp:html -->";

  test("without an endpoint a visitor gets what the author wrote, and no script", async () => {
    const { site } = scene.now();
    const html = await (await fetch((await site.post("author", BLOCK + ALIAS)).link)).text();
    assert.doesNotMatch(html, /<lead-form|plugins\/lead-form|lead-form-hint/);
    assert.match(html, /<div data-lead-form>Call us: 19777<\/div>/);
  });

  test("without an endpoint an administrator sees what is missing, and where to mend it", async () => {
    const { site, admin } = scene.now();
    const settings = `${site.origin}/wp-admin/options-general.php?page=lead-form`;
    await admin.goto((await site.post("author", BLOCK)).link);
    const linked = await admin.$eval(".lead-form-hint a", (a) => (a as HTMLAnchorElement).href);
    assert.equal(linked, settings);
    await admin.goto(`${site.origin}/wp-admin/plugins.php`);
    assert.ok(await admin.$(`.notice-warning a[href="${settings}"]`));
  });
};

export const settings = (scene: Scene): void => {
  const { version } = scene;
  test("the settings page says that no key belongs there, and which origin the proxy needs", async () => {
    const { site, admin } = scene.now();
    await admin.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
    const text = await admin.$eval(".wrap", (wrap) => wrap.textContent ?? "");
    assert.match(text, /No API key belongs here/);
    assert.ok(text.includes(site.origin), text);
  });

  test("a faulty setting is refused with a message, and the one before it stays", async () => {
    const { site, admin, endpoint } = scene.now();
    const said = await saveSettings(admin, site, {
      endpoint: "http://leads.example.com",
      target: 'no "such" <target>',
      country: "Egypt",
    });
    assert.match(said.join("\n"), /must be an https address[^]*letters, digits[^]*two letters/);
    const held = await evaluate(site, "get_option( 'lead_form' )");
    assert.deepEqual(held, { endpoint, target: "sakneen", country: "" });
  });

  test("an endpoint is an https origin, or http on this machine", async () => {
    const { site } = scene.now();
    const typed = ENDPOINTS.map(([each]) => quote(each)).join(", ");
    const read = await evaluate(site, `array_map( 'LeadForm\\read_origin', array( ${typed} ) )`);
    assert.deepEqual(
      read,
      ENDPOINTS.map(([, kept]) => kept),
    );
  });

  test("the country is proposed by the site's time zone, and printed once it is saved", async () => {
    const { site, admin, endpoint } = scene.now();
    const SHORTCODE = "[lead_form][lead_form country='SA' consent='optional']";
    const print = () => evaluate<string>(site, `do_shortcode( ${quote(SHORTCODE)} )`);
    const propose = async (zone: string) => {
      await site.php(`update_option( 'timezone_string', ${quote(zone)} );`);
      return evaluate<string>(site, "LeadForm\\guess_country()");
    };
    try {
      for (const [zone, country] of [
        ["", ""],
        ["UTC", ""],
        ["Nowhere/City", ""],
        ["Asia/Riyadh", "SA"],
        ["Africa/Cairo", "EG"],
      ] as const)
        assert.equal(await propose(zone), country, zone);
      await site.php(
        "update_option( 'lead_form', array_diff_key( get_option( 'lead_form' ), array( 'country' => '' ) ) );",
      );
      assert.doesNotMatch(await print(), /country="EG"/);
      await admin.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
      const proposed = await admin.$eval(
        "#lead-form-country",
        (input) => (input as HTMLInputElement).value,
      );
      assert.equal(proposed, "EG");
      await saveSettings(admin, site, { country: " eg " });
      const html = await print();
      const [first = "", second = ""] = html.match(/<lead-form [^>]*>/g) ?? [];
      assert.match(first, / country="EG"/);
      assert.match(second, / country="SA".* consent="optional"|consent="optional".* country="SA"/);
      assert.ok(first.includes(`endpoint="${endpoint}"`));
    } finally {
      await site.php("update_option( 'timezone_string', '' );");
      await saveSettings(admin, site, { country: "" });
    }
  });

  // A login costs seconds: one role in each version.
  for (const role of [version === "6.6" ? "editor" : "author"] as const)
    test(`the ${role} may neither open the settings nor save them`, async () => {
      const { site, world, endpoint } = scene.now();
      const { page, close } = await visit(world, site, role);
      const response = await page.goto(
        `${site.origin}/wp-admin/options-general.php?page=lead-form`,
      );
      assert.equal(response?.status(), 403);
      const status = await page.evaluate(async () => {
        const body = new URLSearchParams({
          option_page: "lead_form",
          action: "update",
          "lead_form[endpoint]": "https://thief.example",
        });
        return (await fetch("/wp-admin/options.php", { method: "POST", body })).status;
      });
      assert.equal(status, 403);
      assert.equal(await evaluate(site, "get_option( 'lead_form' )['endpoint']"), endpoint);
      await close();
    });

  const LANGUAGES = [
    ["ru_RU", "Ключей API здесь быть не должно", "Заголовок", "Заказать звонок", "ru"],
    ["ar", "لا مكان هنا لأي مفتاح API", "العنوان", "اطلب مكالمة", "ar"],
  ] as const;
  for (const [locale, words, heading, link, lang] of [LANGUAGES[version === "6.6" ? 0 : 1]])
    test(`${locale}: settings, block, editor and page speak the language`, async () => {
      const { site, admin, endpoint } = scene.now();
      await site.php(`update_option( 'WPLANG', '${locale}' );`);
      try {
        await admin.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
        const text = await admin.$eval(".wrap", (wrap) => wrap.textContent ?? "");
        assert.ok(text.includes(words), text);
        const editor = await evaluate<string>(
          site,
          "load_script_textdomain( 'lead-form-edit', 'lead-form', WP_PLUGIN_DIR . '/lead-form/languages' )",
        );
        const { messages } = (
          JSON.parse(editor) as { locale_data: { messages: Record<string, string[]> } }
        ).locale_data;
        assert.deepEqual(messages["Heading"], [heading]);
        const title = await evaluate<string>(
          site,
          "WP_Block_Type_Registry::get_instance()->get_registered( 'lead-form/form' )->title",
        );
        assert.notEqual(title, "Lead Form");
        const { content } = await site.post("author", "<!-- wp:lead-form/form /-->");
        assert.ok(
          content.rendered.includes(
            `<a class="lead-form-link" href="${endpoint}/f/sakneen?lang=${lang}">${link}</a>`,
          ),
          content.rendered,
        );
      } finally {
        await site.php("update_option( 'WPLANG', '' );");
      }
    });
};

export const leave = (scene: Scene): void => {
  test("deleting the plugin leaves no setting and no file", async () => {
    const { site } = scene.now();
    const load = "require_once ABSPATH . 'wp-admin/includes/admin.php';";
    const plugin = "'lead-form/lead-form.php'";
    await site.php("update_option( 'lead_form_fields', array(), false );");
    await site.php(
      `${load} wp_set_current_user( 1 ); deactivate_plugins( ${plugin} ); delete_plugins( array( ${plugin} ) );`,
    );
    const left = await evaluate(
      site,
      "array( get_option( 'lead_form' ), get_option( 'lead_form_fields' ), file_exists( WP_PLUGIN_DIR . '/lead-form' ) )",
    );
    assert.deepEqual(left, [false, false, false]);
  });
};
