/** What a marketer or a developer takes home: every kind of snippet as text. test/demo/snippets.test.ts runs them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { qrCode, SNIPPETS } from "../../../demo/snippets/index.ts";
import type { Form, SnippetName } from "../../../demo/snippets/index.ts";
import { printer } from "../../../widget/print/index.ts";

const FORM: Form = {
  origin: "https://leads.example.com",
  attributes: [
    ["target", "tower"],
    ["country", "EG"],
  ],
};

const print = async (name: SnippetName, form: Partial<Form> = {}) =>
  SNIPPETS[name].print({ ...FORM, ...form }, printer);
const textOf = async (...args: Parameters<typeof print>): Promise<string> =>
  (await print(...args)).text;

describe("the kinds of snippets", () => {
  test("all name the target, and the proxy where they cannot know it", async () => {
    for (const name of Object.keys(SNIPPETS) as SnippetName[]) {
      const text = await textOf(name);
      assert.match(text, /tower/, name);
      // The plugin's own settings hold the address.
      if (name === "shortcode" || name === "block") assert.doesNotMatch(text, /example\.com/);
      else assert.match(text, /https:\/\/leads\.example\.com/, name);
    }
  });

  test("hold no more than was set", async () => {
    assert.equal(await textOf("shortcode"), '[lead_form target="tower" country="EG"]');
    assert.equal(
      await textOf("block"),
      '<!-- wp:lead-form/form {"target":"tower","country":"EG"} /-->',
    );
    assert.equal(await textOf("hosted"), "https://leads.example.com/f/tower");
    assert.equal(
      await textOf("div"),
      `<script src="https://leads.example.com/lead-form.js" async></script>
<div data-lead-form data-target="tower" data-country="EG"><a href="https://leads.example.com/f/tower">Request a call</a></div>`,
    );
    assert.doesNotMatch(await textOf("react"), /style|Properties|hear|success/);
  });

  test("say what they cannot carry", async () => {
    const form: Partial<Form> = {
      attributes: [...FORM.attributes, ["success-url", "/thanks"], ["theme", "ink"]],
      properties: [["--lead-form-accent", "#123456"]],
      slots: [
        ["footer", "Until 18:00"],
        ["", "Write to us"],
      ],
      listens: true,
    };
    for (const name of ["script", "fast", "gtm", "react", "vue", "svelte", "npm"] as const)
      assert.deepEqual((await print(name, form)).left, [], name);
    assert.deepEqual((await print("div", form)).left, ["success-url", 'slot="footer"']);
    assert.deepEqual((await print("link", form)).left, [
      "success-url",
      "--lead-form-accent",
      'slot="footer"',
    ]);
    for (const name of ["shortcode", "block", "hosted"] as const)
      assert.deepEqual(
        (await print(name, form)).left,
        ["success-url", "--lead-form-accent", 'slot="footer"', "lead-form-success"],
        name,
      );
  });
});

describe("what somebody typed", () => {
  const NASTY = `"]--><script>alert('x')</script>{{x}} & \\ [y] $& {z}`;
  const form: Partial<Form> = {
    attributes: [...FORM.attributes, ["heading", NASTY], ["field-unit", NASTY]],
    slots: [["description", NASTY]],
  };

  test("ends no script, comment or shortcode", async () => {
    for (const name of ["script", "fast", "div", "link"] as const)
      assert.doesNotMatch(
        (await textOf(name, form)).replace(/<template[^]*<\/template>/, ""),
        /<script>alert/,
        name,
      );
    const gtm = await textOf("gtm", form);
    assert.equal(gtm.split("</script").length, 2);
    assert.doesNotMatch(await textOf("block", form), /-->.*-->|--.*\/-->.*--/s);
    const shortcode = await textOf("shortcode", form);
    assert.match(shortcode, /^\[lead_form [^[\]]*\]$/);
  });

  test("is the same when a block is read again", async () => {
    const [, json = ""] =
      /^<!-- wp:lead-form\/form (.*) \/-->$/s.exec(await textOf("block", form)) ?? [];
    assert.deepEqual(JSON.parse(json), {
      target: "tower",
      country: "EG",
      heading: NASTY,
      presets: `unit=${NASTY}`,
    });
  });
});

describe("a hosted link", () => {
  test("takes along what the hosted form reads", async () => {
    const { text, left } = await print("hosted", {
      lang: "ar",
      attributes: [
        ...FORM.attributes,
        ["lang", "ar"],
        ["project", "Palm & Hills"],
        ["theme", "estate"],
        ["field-unit", "A-12"],
        ["fields", "name phone"],
        ["heading", "Hi"],
      ],
    });
    assert.deepEqual(
      [...new URL(text).searchParams],
      [
        ["lang", "ar"],
        ["project", "Palm & Hills"],
        ["theme", "estate"],
        ["x_unit", "A-12"],
      ],
    );
    assert.deepEqual(left, ["heading"]);
  });

  test("is drawn as a code with its quiet ground, black on white", () => {
    const svg = qrCode("https://leads.example.com/f/tower");
    const [, size] = /viewBox="0 0 (\d+) \1"/.exec(svg) ?? [];
    // 29 modules (version 3) and four on each side.
    assert.equal(Number(size), (29 + 8) * 10);
    assert.match(svg, /fill="white"/);
    assert.match(svg, /fill="black"/);
  });
});
