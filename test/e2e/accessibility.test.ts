/**
 * What assistive technology reads in every state: the accessibility tree of each form in the gallery,
 * held against accessibility.golden.txt. `UPDATE=1` writes it anew; read the difference before you commit.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, CDPSession, Protocol } from "puppeteer-core";
import { chrome, onlyShell } from "../browser.ts";
import { serveGallery } from "./gallery-page.ts";
import type { Gallery } from "./gallery-page.ts";

type AXNode = Protocol.Accessibility.AXNode;

const GOLDEN = new URL("accessibility.golden.txt", import.meta.url);

/** What is read beside role, name and value. */
const TOLD = ["required", "invalid", "disabled", "checked", "modal", "live"];

/** Text in lines, which depends on the width, and what only groups. */
const SILENT = /^(InlineTextBox|LineBreak|LabelText|MenuListPopup|none|generic)$/;

/** The text below these is their name or their value. */
const NAMED = /^(heading|option|button|link|textbox|checkbox)$/;

let gallery: Gallery;
let browser: Browser;
before(async () => {
  const settings = await chrome();
  gallery = await serveGallery();
  browser = await puppeteer.launch({ ...settings, args: [...settings.args, "--lang=en-US"] });
});
after(async () => {
  await browser.close();
  await gallery.close();
});

const plain = (text: unknown): string =>
  typeof text === "string"
    ? text
        .replace(/[\u2066-\u2069]/g, "")
        .replace(/\s+/g, " ")
        .trim()
    : "";

/** One line: `textbox "Full name" = "Mona Adel" (required) described by "…"`. */
const lineOf = (node: AXNode): string => {
  const properties = (node.properties ?? [])
    .filter(
      ({ name, value }) => TOLD.includes(name) && !/^(false|)$/.test(String(value.value ?? "")),
    )
    .map(({ name, value }) => (value.value === true ? name : `${name} ${String(value.value)}`));
  return [
    String(node.role?.value),
    plain(node.name?.value) && JSON.stringify(plain(node.name?.value)),
    plain(node.value?.value) && `= ${JSON.stringify(plain(node.value?.value))}`,
    properties.length > 0 && `(${properties.join(", ")})`,
    plain(node.description?.value) &&
      `described by ${JSON.stringify(plain(node.description?.value))}`,
  ]
    .filter(Boolean)
    .join(" ");
};

const draw = (
  nodes: ReadonlyMap<string, AXNode>,
  id: string,
  depth: number,
  inLabel = false,
): string[] => {
  const node = nodes.get(id);
  if (!node) return [];
  const role = String(node.role?.value);
  // A label's own words are the name of its control.
  const label = inLabel || role === "LabelText";
  const silent = node.ignored || SILENT.test(role) || (inLabel && role === "StaticText");
  const below = NAMED.test(role)
    ? []
    : (node.childIds ?? []).flatMap((child) =>
        draw(nodes, child, silent ? depth : depth + 1, label),
      );
  return silent ? below : ["  ".repeat(depth) + lineOf(node), ...below];
};

/** The tree of every form on the page, by its target. */
const treesOf = async (cdp: CDPSession): Promise<Map<string, string>> => {
  await cdp.send("DOM.enable");
  await cdp.send("Accessibility.enable");
  const { root } = await cdp.send("DOM.getDocument", { depth: -1 });
  const { nodeIds } = await cdp.send("DOM.querySelectorAll", {
    nodeId: root.nodeId,
    selector: "lead-form",
  });
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const trees = new Map<string, string>();
  for (const nodeId of nodeIds) {
    const { node } = await cdp.send("DOM.describeNode", { nodeId });
    const target = node.attributes?.[node.attributes.indexOf("target") + 1] ?? "";
    const host = nodes.find((each) => each.backendDOMNodeId === node.backendNodeId);
    const lines = (host?.childIds ?? []).flatMap((child) => draw(byId, child, 1));
    trees.set(target.split("-").slice(0, 2).join(" "), lines.join("\n"));
  }
  return trees;
};

/** Counted down while it is looked at. */
const settle = (tree: string): string => tree.replace(/\d+ (seconds|minutes)/g, "(time) $1");

test(
  "each state tells assistive technology what the golden file says",
  { skip: onlyShell },
  async () => {
    const drawn: string[] = [];
    for (const query of [
      { lang: "en" },
      { lang: "en", state: "dialog" },
      { lang: "ar,ru", state: "empty,accepted" },
    ]) {
      const { page } = await gallery.open(browser, query, { width: 1400, height: 1000 });
      const trees = await treesOf(await page.createCDPSession());
      for (const [name, tree] of trees) drawn.push(`${name}\n${settle(tree)}\n`);
      await page.close();
    }
    const text = drawn.join("\n");
    if (process.env["UPDATE"]) writeFileSync(GOLDEN, text);
    assert.equal(text, existsSync(GOLDEN) ? readFileSync(GOLDEN, "utf8") : "");
  },
);
