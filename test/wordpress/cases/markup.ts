/** What WordPress, authors and attackers do to markup between saving and the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Role } from "../site.ts";
import { evaluate } from "../scene.ts";
import type { Scene } from "../scene.ts";

const HOSTILE = `"><script>window.hit=1</script><img src=x onerror="window.hit=2">'`;

interface Drawn {
  form: Record<string, string>;
  text: string;
  parent: string;
  tags: string[];
}

export const markup = (scene: Scene): void => {
  /** A saved post as a browser reads it. */
  const draw = async (role: Role, content: string): Promise<Drawn[]> => {
    const { site, admin } = scene.now();
    const { rendered } = (await site.post(role, content)).content;
    return admin.evaluate((html) => {
      const page = new DOMParser().parseFromString(html, "text/html");
      return [...page.querySelectorAll("lead-form")].map((form) => ({
        form: Object.fromEntries([...form.attributes].map(({ name, value }) => [name, value])),
        text: form.textContent ?? "",
        parent: form.parentElement?.localName ?? "",
        tags: [...page.body.querySelectorAll("*")].map(({ localName }) => localName),
      }));
    }, rendered);
  };
  const one = async (role: Role, content: string): Promise<Drawn> => {
    const drawn = await draw(role, content);
    assert.equal(drawn.length, 1, JSON.stringify(drawn));
    return drawn[0]!;
  };

  const escaped = HOSTILE.replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  const carriers = {
    block: `<!-- wp:lead-form/form ${JSON.stringify({ heading: HOSTILE }).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("--", "\\u002d\\u002d")} /-->`,
    "div alias": `<div data-lead-form data-heading="${escaped}"></div>`,
    "link alias": `<a data-lead-form href="#" data-heading="${escaped}">Call</a>`,
    element: `<lead-form heading="${escaped}"></lead-form>`,
  };
  for (const [name, content] of Object.entries(carriers))
    test(`hostile text in the ${name} stays text`, async () => {
      const { form, tags } = await one("administrator", content);
      assert.equal(form["heading"], HOSTILE);
      assert.deepEqual(
        tags.filter((tag) => /^(?:script|img)$/.test(tag)),
        [],
      );
    });

  test("hostile text in the shortcode stays text", async () => {
    const { form, tags } = await one(
      "administrator",
      `[lead_form heading='&quot;&gt;&lt;script&gt;hit()&lt;/script&gt;']`,
    );
    // Quotes at an end are those of a word processor.
    assert.equal(form["heading"], "><script>hit()</script>");
    assert.doesNotMatch(tags.join(), /script/);
  });

  for (const role of ["contributor", "author"] as const)
    test(`the ${role} cannot choose where the leads go`, async () => {
      const { endpoint } = scene.now();
      const thief = "https://thief.example";
      const drawn = await draw(
        role,
        `<div data-lead-form data-endpoint="${thief}" data-fallback-endpoint="${thief}" data-success-url="${thief}" data-onclick="hit()"></div>
<a data-lead-form data-endpoint="${thief}" href="#">Call</a>
[lead_form endpoint="${thief}" fallback_endpoint="${thief}" onclick="hit()"]
<lead-form endpoint="${thief}"></lead-form>
<!-- wp:lead-form/form {"endpoint":"${thief}","fallbackEndpoint":"${thief}"} /-->`,
      );
      assert.equal(drawn.length, 4);
      for (const { form } of drawn) {
        assert.equal(form["endpoint"], endpoint);
        assert.deepEqual(
          Object.keys(form).filter(
            (name) => !["endpoint", "target", "presentation"].includes(name),
          ),
          [],
        );
      }
    });

  test("an administrator's own element gets what it lacks, and keeps what it has", async () => {
    const { endpoint } = scene.now();
    const [bare, full] = await draw(
      "administrator",
      '<lead-form></lead-form><lead-form target="brainysoft" endpoint="https://other.example" without-country-select></lead-form>',
    );
    assert.deepEqual(bare?.form, { endpoint, target: "sakneen" });
    assert.deepEqual(full?.form, {
      target: "brainysoft",
      endpoint: "https://other.example",
      "without-country-select": "",
    });
  });

  test("all that an author may set arrives, whatever it was written as", async () => {
    const { endpoint } = scene.now();
    const set = { target: "brainysoft", project: "A & B", "submit-label": "Let’s go", lang: "ar" };
    const block = {
      target: set.target,
      project: set.project,
      submitLabel: set["submit-label"],
      lang: set.lang,
    };
    const data = Object.entries(set).map(
      ([name, value]) => `data-${name}="${value.replace("&", "&amp;")}"`,
    );
    const drawn = await draw(
      "author",
      `<!-- wp:lead-form/form ${JSON.stringify(block).replace("&", "\\u0026")} /-->
<!-- wp:html --><div data-lead-form ${data.join(" ")}></div><!-- /wp:html -->
<!-- wp:shortcode -->[lead_form target="brainysoft" project="A & B" submit-label="Let’s go" lang="ar"]<!-- /wp:shortcode -->
<!-- wp:shortcode -->[lead_form target=“brainysoft” project="A & B" submit_label="Let’s go" lang=ar]<!-- /wp:shortcode -->`,
    );
    assert.equal(drawn.length, 4);
    for (const { form } of drawn) assert.deepEqual(form, { ...set, endpoint });
  });

  test("classic content: paragraphs and curly quotes get neither into the form nor out of it", async () => {
    const text = `It's "here" -- soon:

<div data-lead-form data-heading="Call 'me' -- 5x5">

<p>Call us: 19777</p>

</div>

And then...`;
    const { form, text: inner, tags } = await one("author", text);
    assert.equal(form["heading"], "Call 'me' -- 5x5");
    assert.match(inner, /^\s*Call us: 19777\s*$/);
    assert.ok(!tags.includes("br"));
  });

  test("an alias that is empty but for what WordPress leaves behind gets the hosted link", async () => {
    const { text } = await one("author", "<div data-lead-form>\n\n&nbsp;<br>\n\n</div>");
    assert.equal(text, "Request a call");
  });

  test("class, id and style of an alias stay with its form", async () => {
    const { form } = await one(
      "author",
      '<div class="wide" id="call" style="--lead-form-accent:#c00" data-lead-form></div>',
    );
    assert.deepEqual(
      [form["class"], form["id"], form["style"]],
      ["wide", "call", "--lead-form-accent:#c00"],
    );
  });

  test("an alias around other boxes ends where it ends", async () => {
    const { text } = await one(
      "author",
      "<div data-lead-form><div>one<div>two</div></div></div><div>outside</div>",
    );
    assert.equal(text.replace(/\s/g, ""), "onetwo");
  });

  test("an alias that is never closed swallows nothing", async () => {
    const { text } = await one(
      "administrator",
      "<!-- wp:html --><div data-lead-form><p>What follows</p><!-- /wp:html -->",
    );
    assert.doesNotMatch(text, /What follows/);
  });

  test("an alias that is only talked about stays text", async () => {
    const text =
      '<pre>&lt;div data-lead-form&gt;</pre><p title="<div data-lead-form>">data-lead-form</p><!-- <div data-lead-form></div> -->';
    assert.deepEqual(await draw("administrator", text), []);
  });

  test("a dialog is a link that leads to the hosted page, with its form beside it", async () => {
    const { site, endpoint } = scene.now();
    const { content } = await site.post(
      "author",
      '<!-- wp:lead-form/form {"presentation":"dialog","heading":"Call me"} /-->',
    );
    assert.equal(
      content.rendered.trim(),
      `<div class="wp-block-lead-form-form"><a class="wp-element-button lead-form-open" href="${endpoint}/f/sakneen?lang=en" aria-haspopup="dialog">Call me</a><lead-form presentation="dialog" target="sakneen" heading="Call me" endpoint="${endpoint}"></lead-form></div>`,
    );
  });

  test("widgets and the templates of block themes are read too", async () => {
    const { site, endpoint } = scene.now();
    const filters = [
      "widget_text",
      "widget_block_content",
      "widget_custom_html_content",
      "render_block_core/html",
    ];
    const drawn = await evaluate<string[]>(
      site,
      `array_map( fn( $filter ) => apply_filters( $filter, '<div data-lead-form></div>', array(), new WP_Widget_Text() ), explode( ' ', '${filters.join(" ")}' ) )`,
    );
    for (const [index, html] of drawn.entries())
      assert.ok(
        html.startsWith(`<lead-form target="sakneen" endpoint="${endpoint}">`),
        `${filters[index]}: ${html}`,
      );
  });

  test("a feed holds the link and no element", async () => {
    const { site, endpoint } = scene.now();
    const { id } = await site.post("author", "<!-- wp:lead-form/form /--> in the feed");
    const feed = await fetch(`${site.origin}/?feed=rss2&withoutcomments=1&p=${id}`);
    const text = await feed.text();
    assert.ok(text.includes(`${endpoint}/f/sakneen?lang=en`), text);
    assert.doesNotMatch(text, /<lead-form/);
  });
};
