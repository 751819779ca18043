/** The plugin's reading of content, without a WordPress: what it makes of markup, and how long hostile markup takes. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";

const SCRIPT = "test/wordpress/parser.php";
const INCLUDES = "widget/wordpress/includes";
const php = spawnSync("php", ["-v"]).error ? "there is no PHP" : false;

const run = (task: object): unknown => {
  const { stdout, stderr, status } = spawnSync("php", [SCRIPT, INCLUDES], {
    input: `${JSON.stringify(task)}\n`,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
  return JSON.parse(stdout);
};
const place = (html: string): string => String(run({ html }));

const count = (text: string, part: string): number => text.split(part).length - 1;

describe("content", { skip: php }, () => {
  const FORM = '<lead-form target="sakneen" country="EG" endpoint="https://leads.example.com">';

  const cases: [what: string, html: string, placed: string][] = [
    ["an alias", "<div data-lead-form><p>x</p></div>y", `${FORM}<p>x</p></lead-form>y`],
    ["an alias in capitals", "<DIV DATA-LEAD-FORM>x</DIV>", `${FORM}x</lead-form>`],
    [
      "an alias around its own kind",
      "<div data-lead-form><div>x</div></div><div>y</div>",
      `${FORM}<div>x</div></lead-form><div>y</div>`,
    ],
    [
      "an alias in another, which is its content",
      "<div data-lead-form>x<div data-lead-form></div></div>",
      `${FORM}x<div data-lead-form></div></lead-form>`,
    ],
    [
      "an angle bracket in a value",
      `<div data-lead-form title="a>b" data-project='c>"d'>x</div>`,
      FORM.replace(" endpoint", ' project="c&gt;&quot;d" endpoint') + "x</lead-form>",
    ],
    [
      "of two values the first, and entities",
      '<div data-lead-form data-target="a&amp;b" data-target="c">x</div>',
      `${FORM.replace("sakneen", "a&amp;b")}x</lead-form>`,
    ],
    [
      "a value without quotes",
      "<div data-lead-form data-target=tower>x</div>",
      `${FORM.replace("sakneen", "tower")}x</lead-form>`,
    ],
    [
      "an endpoint that an author wants",
      '<div data-lead-form data-endpoint="https://thief.example">x</div>',
      `${FORM}x</lead-form>`,
    ],
  ];
  for (const [what, html, placed] of cases)
    test(`with ${what} becomes the element`, () => assert.equal(place(html), placed));

  for (const [what, html] of [
    ["in a comment", "<!-- <div data-lead-form></div> -->"],
    ["in a comment without an end", "<!-- <div data-lead-form></div>"],
    ["in a script", "<script>'<div data-lead-form></div>'</script>"],
    ["in a script without an end", "<script>'<div data-lead-form></div>'"],
    ["in a text area", "<textarea><div data-lead-form></div></textarea>"],
    ["in a value", '<p title="<div data-lead-form></div>">x</p>'],
    ["of another element", "<p data-lead-form>x</p>"],
    ["without an end of its tag", "<div data-lead-form"],
    ["with a value without an end", '<div data-lead-form title="></div>'],
  ] as const)
    test(`with an alias ${what} stays as it is`, () => assert.equal(place(html), html));

  test("behind an alias that is never closed is not its content, and goes on", () => {
    const placed = place("<div data-lead-form><p>x</p><div data-lead-form>y</div>");
    assert.match(placed, /<\/lead-form><p>x<\/p><lead-form [^>]*>y<\/lead-form>$/);
  });

  test("has fifty forms at most; the rest stays as it is", () => {
    const placed = place("<div data-lead-form>x</div>".repeat(60));
    assert.deepEqual(
      [count(placed, "<lead-form"), count(placed, "<div data-lead-form>")],
      [50, 10],
    );
  });
});

describe("hostile content", { skip: php }, () => {
  const ALIAS = "<div data-lead-form>";
  const pieces: [what: string, piece: string, before?: string, after?: string][] = [
    ["aliases that are never closed", ALIAS],
    ["links that are never closed", "<a data-lead-form>"],
    ["aliases in aliases", ALIAS, "", "</div>".repeat(4000)],
    ["closed aliases", `${ALIAS}</div>`],
    ["elements", "<lead-form>"],
    ["closing tags", "</div>", ALIAS],
    ["comments without an end", "<!--", ALIAS],
    ["scripts without an end", "<script>", ALIAS],
    ["text areas without an end", "<textarea>", ALIAS],
    ["scripts in scripts", "<script></scrip", ALIAS],
    ["tags without an end", "<a x", ALIAS],
    ["double quotes", '<a "', ALIAS],
    ["single quotes", "<a '", ALIAS],
    ["values without an end", '<a x="', ALIAS],
    ["mixed quotes", `<a x='"`, ALIAS],
    ["brackets", "<", ALIAS],
    ["names", "<a", ALIAS],
    ["one long name", "a", `${ALIAS}<`],
    ["many attributes", "a ", "<div data-lead-form ", "></div>"],
    ["many attributes with values", "a='b' ", "<div data-lead-form ", "></div>"],
    ["many attributes of one name", "data-a=b ", "<div data-lead-form ", "></div>"],
    ["equals signs", "=", "<div data-lead-form ", "></div>"],
    ["equals signs and quotes", '="', "<div data-lead-form ", "></div>"],
    ["white space", " ", "<div data-lead-form ", "></div>"],
    ["white space behind names", `a${" ".repeat(100)}`, "<div data-lead-form ", "></div>"],
    ["slashes", "/", "<div data-lead-form ", "></div>"],
    ["entities", "&amp;", '<div data-lead-form data-heading="', '"></div>'],
  ];
  /** Bytes, and how many times as many. */
  const SIZE = 16 * 1024;
  const MORE = 8;
  /** Milliseconds of a few memory pages, which no ratio is made of. */
  const NOISE = 10;

  for (const [what, piece, before = "", after = ""] of pieces)
    test(`takes no longer for a byte where there are more of them: ${what}`, () => {
      const sizes = [SIZE, SIZE * MORE];
      const [few = 0, many = 0] = run({ piece, before, after, sizes }) as number[];
      // Were it the square, 64 times as long.
      assert.ok(many < NOISE || many / few < 3 * MORE, `${few} and ${many} ms`);
      assert.ok(few < 100, `${few} ms`);
    });
});
