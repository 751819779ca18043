/**
 * Holds the layout: imports point one way and in no circle, few rooms at the top, short files and
 * functions, and a head in each file that says what it owns.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, test } from "node:test";
import { parseSync } from "vite";

const PRODUCT = ["widget", "proxy", "demo"];

/** Paths of all source files of a folder, from the root of the repository. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name.replaceAll("\\", "/")))
    .filter((path) => /\.(?:ts|js|php)$/.test(path))
    .sort();

/** Written by `npm run generate`: its length and its comments are not a person's. */
const isGenerated = (path: string): boolean => path.includes(".generated.");

const product = PRODUCT.flatMap(filesOf);
const scripts = product.filter((path) => /\.[tj]s$/.test(path));
const sourceOf = new Map(product.map((path) => [path, readFileSync(path, "utf8")]));

interface Import {
  from: string;
  to: string;
  /** Gone when compiled: `import type`, `export type`, or a type's `import()`. */
  typeOnly: boolean;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

const allNodes = function* (node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* allNodes(child);
};

const parsed = new Map(
  scripts.map((path) => {
    const { program, errors } = parseSync(path, sourceOf.get(path) ?? "");
    assert.deepEqual(errors, [], path);
    return [path, [...allNodes(program as unknown as Node)]];
  }),
);

/** The relative imports of a file; those of packages are for the compiler and knip. */
const importsOf = (path: string): Import[] =>
  (parsed.get(path) ?? []).flatMap((node): Import[] => {
    const source = isNode(node["source"]) ? node["source"]["value"] : undefined;
    if (typeof source !== "string" || !source.startsWith(".")) return [];
    const typeOnly =
      node["importKind"] === "type" ||
      node["exportKind"] === "type" ||
      node.type === "TSImportType";
    return [{ from: path, to: join(dirname(path), source.replace(/\?raw$/, "")), typeOnly }];
  });

const imports = scripts.flatMap(importsOf);

/** From the entries down. Paths in one layer must not import each other; the first match counts. */
const LAYERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  widget: [
    ["script.ts", "script-full.ts", "react.d.ts", "scripts/", "wordpress/", "print/"],
    ["index.ts"],
    ["define.ts"],
    ["props.ts"],
    ["extras/", "own-fields/"],
    ["essentials/"],
    ["element/"],
    ["fields/", "sending/"],
    ["i18n/"],
    ["lazy/"],
  ],
  proxy: [
    ["worker.ts", "node.ts", "scripts/", "recipes/"],
    ["app.ts"],
    ["leads.ts"],
    ["operator/", "hosted/"],
    ["accept.ts"],
    ["http/"],
    ["ledger/cloudflare/", "ledger/node/"],
    ["ledger/"],
    ["lead/"],
    ["config/"],
    ["phone/"],
    ["alerts.ts", "log.ts"],
    ["vendors/"],
    ["shared/"],
  ],
  demo: [
    ["site/"],
    ["in-page/"],
    ["run/"],
    ["qa/"],
    ["gallery/"],
    ["stage/"],
    ["playground/"],
    ["settings/"],
    ["snippets/", "nav/"],
    ["recipes/", "vendors/"],
  ],
};

/** The layer and the room of a file, or undefined where nobody has placed it. */
const placeOf = (path: string): { layer: number; room: string } | undefined => {
  const [area = "", ...rest] = path.split("/");
  const inside = rest.join("/");
  for (const [layer, rooms] of (LAYERS[area] ?? []).entries()) {
    const room = rooms.find(
      (name) => inside === name || (name.endsWith("/") && inside.startsWith(name)),
    );
    if (room) return { layer, room };
  }
  return undefined;
};

const show = ({ from, to }: Import): string => `${from} -> ${to}`;
const areaOf = (path: string): string => path.split("/")[0] ?? "";
/** What is loaded later is known by its types to the rooms that load it. */
const isLazyType = ({ from, to, typeOnly }: Import): boolean =>
  typeOnly &&
  from.startsWith("widget/lazy/") &&
  /^widget\/(?:essentials|extras|own-fields)\//.test(to);

describe("imports", () => {
  test("are found, and lead to files that exist", () => {
    assert.ok(imports.length > 300, String(imports.length));
    const lost = imports.filter(({ to }) => !sourceOf.has(to) && !/\.(?:css|json)$/.test(to));
    assert.deepEqual(lost.map(show), []);
  });

  test("form no circle", () => {
    const targets = new Map<string, string[]>();
    for (const each of imports)
      if (!isLazyType(each)) targets.set(each.from, [...(targets.get(each.from) ?? []), each.to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path))
        circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of targets.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of scripts) visit(path, []);
    assert.deepEqual(circles, []);
  });

  /** Where a program begins it is given the printer of the widget; all else in the proxy is handed it. */
  const isGiven = ({ from, to }: Import): boolean =>
    /^proxy\/(?:worker\.ts|node\.ts|scripts\/)/.test(from) && to === "widget/print/index.ts";

  /** A page without a server runs the proxy's own code: whatever of it needs no host. */
  const isInPage = ({ from, to }: Import): boolean =>
    from.startsWith("demo/in-page/") &&
    /^proxy\/(?!worker\.ts|node\.ts|scripts\/|.*\/(?:node|cloudflare)\/)/.test(to);

  test("leave their area only downward: demo to widget, widget to what both sides share", () => {
    const foreign = imports.filter(
      (each) => areaOf(each.from) !== areaOf(each.to) && !isGiven(each) && !isInPage(each),
    );
    const wrong = foreign.filter(({ from, to }) => {
      if (areaOf(from) === "demo")
        return areaOf(to) !== "widget" && !to.startsWith("proxy/shared/");
      return areaOf(from) !== "widget" || !to.startsWith("proxy/shared/");
    });
    assert.deepEqual(wrong.map(show), []);
  });

  for (const area of Object.keys(LAYERS))
    test(`of ${area}/ point down its layers`, () => {
      const own = imports.filter(({ from, to }) => areaOf(from) === area && areaOf(to) === area);
      const wrong = own.filter((each) => {
        const [from, to] = [placeOf(each.from), placeOf(each.to)];
        assert.ok(from && to, `no layer holds ${show(each)}`);
        return from.room !== to.room && from.layer >= to.layer && !isLazyType(each);
      });
      assert.deepEqual(wrong.map(show), []);
    });

  test("of what is loaded later stand in lazy/ as types, in the script that holds all parts, and in print/", () => {
    const outside = imports.filter(
      (each) =>
        /^widget\/(?:essentials|extras|own-fields)\//.test(each.to) &&
        !/^widget\/(?:essentials|extras|own-fields|scripts|print)\//.test(each.from) &&
        each.from.startsWith("widget/") &&
        !isLazyType(each),
    );
    assert.deepEqual(outside.filter(({ from }) => from !== "widget/script-full.ts").map(show), []);
  });
});

describe("a folder", () => {
  /** Code and folders; the README and the settings of tools have to be at the top. */
  const roomsOf = (area: string): string[] =>
    readdirSync(area, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || /\.[tj]s$/.test(entry.name))
      .map(({ name }) => name);

  for (const [area, limit] of [
    ["widget", 17],
    ["proxy", 18],
    ["demo", 14],
  ] as const)
    test(`${area}/ has at most ${limit} rooms, each in a layer`, () => {
      const rooms = roomsOf(area);
      assert.ok(rooms.length <= limit, rooms.join(" "));
      const placed = scripts.filter((path) => areaOf(path) === area && !path.includes("/tsconfig"));
      assert.deepEqual(
        placed.filter((path) => !placeOf(path)),
        [],
      );
    });
});

/** Lines; a longer file owns two things. */
const MAX_FILE = 300;
/** Lines. */
const MAX_FUNCTION = 80;

/** Files with a longer function, each with the reason. */
const LONG_FUNCTIONS: Readonly<Record<string, string>> = {
  "widget/wordpress/block/edit.js": "the scope of a classic script, which has no module of its own",
};

const FUNCTIONS = ["ArrowFunctionExpression", "FunctionExpression", "FunctionDeclaration"];

describe("the code", () => {
  const written = product.filter((path) => !isGenerated(path));

  test(`has no file of more than ${MAX_FILE} lines`, () => {
    const long = written.flatMap((path) => {
      const lines = (sourceOf.get(path) ?? "").trimEnd().split("\n").length;
      return lines > MAX_FILE ? [`${path}: ${lines}`] : [];
    });
    assert.deepEqual(long, []);
  });

  test(`has no function of more than ${MAX_FUNCTION} lines, but those with a reason`, () => {
    const long = written.flatMap((path) =>
      (parsed.get(path) ?? []).flatMap((node) => {
        if (!FUNCTIONS.includes(node.type)) return [];
        const source = sourceOf.get(path) ?? "";
        const lines = source.slice(node.start, node.end).split("\n").length;
        const first = source.slice(0, node.start).split("\n").length;
        return lines > MAX_FUNCTION ? [{ path, text: `${path}:${first}: ${lines}` }] : [];
      }),
    );
    assert.deepEqual(
      long.filter(({ path }) => !Object.hasOwn(LONG_FUNCTIONS, path)).map(({ text }) => text),
      [],
    );
    // A reason without a function is stale.
    const used = new Set(long.map(({ path }) => path));
    assert.deepEqual(
      Object.keys(LONG_FUNCTIONS).filter((path) => !used.has(path)),
      [],
    );
  });

  test("says at the head of each file what it owns, as a noun and not as a clause", () => {
    const head =
      /^(?:\/\/.*\n)*\/\*\*\s(?: \* )?Owns (?!(?:what|how|which|who|where|whether|why|when)\b)/;
    const wrong = written.filter(
      (path) => scripts.includes(path) && !head.test(sourceOf.get(path) ?? ""),
    );
    assert.deepEqual(wrong, []);
  });
});
