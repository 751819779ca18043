/** Holds the rooms of the house: which way imports point, and how many rooms there are. */
import assert from "node:assert/strict";
import { globSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, test } from "node:test";
import stripJsonComments from "strip-json-comments";

/** A file and one that it imports. */
interface Arrow {
  from: string;
  to: string;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?["'](\.[^"'?]+)[^"']*["']/g;
const DYNAMIC = /\bimport\(\s*["'](\.[^"']+)["']\s*\)/g;
/** A part that is loaded later is known by its types: the one arrow that may point up. */
const isLazyType = ({ from }: Arrow): boolean => from.startsWith("widget/lazy/");

const files = globSync("{widget,proxy,demo,test}/**/*.{ts,js}", {
  exclude: ["**/wordpress/**/*.js"],
}).map((file) => file.replaceAll("\\", "/"));

const arrows: Arrow[] = files.flatMap((from) => {
  const source = readFileSync(from, "utf8");
  return [...source.matchAll(IMPORT), ...source.matchAll(DYNAMIC)].map(([, to = ""]) => ({
    from,
    to: relative(".", join(dirname(from), to)).replaceAll("\\", "/"),
  }));
});

/** The first circle that is found, as a path; undefined where there is none. */
const findCircle = (all: readonly Arrow[]): string | undefined => {
  const next = Map.groupBy(all, ({ from }) => from);
  const done = new Set<string>();
  const look = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(" → ");
    if (done.has(node)) return undefined;
    for (const { to } of next.get(node) ?? []) {
      const found = look(to, [...path, node]);
      if (found !== undefined) return found;
    }
    done.add(node);
    return undefined;
  };
  for (const node of next.keys()) {
    const found = look(node, []);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A folder of `widget/` or `proxy/`, or a file that stands in none. */
const roomOf = (file: string): string => file.split("/").slice(0, 2).join("/");
const floorOf = (file: string): string => file.split("/")[0]!;

/** What the files of each top folder may import from others. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  widget: /^proxy\/shared\//,
  proxy: /^$/,
  demo: /^widget\/|^proxy\/shared\//,
  test: /./,
};

describe("an import", () => {
  test("is read by this test at all", () => {
    assert.ok(arrows.length > 500, `${arrows.length} imports`);
  });

  for (const [floor, allowed] of Object.entries(ALLOWED))
    test(`from ${floor}/ leaves it only for what stands below`, () => {
      const foreign = arrows.filter(
        ({ from, to }) => floorOf(from) === floor && floorOf(to) !== floor && !allowed.test(to),
      );
      // Scripts run in Node only, and may read package.json and each other.
      assert.deepEqual(
        foreign.filter(({ from }) => !from.includes("/scripts/")),
        [],
      );
    });

  test("closes no circle between files", () => {
    assert.equal(findCircle(arrows.filter((arrow) => !isLazyType(arrow))), undefined);
  });

  test("closes no circle between rooms", () => {
    const between = arrows
      .filter((arrow) => !isLazyType(arrow))
      .filter(({ from }) => /^(?:widget|proxy)\//.test(from))
      .map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) }))
      .filter(({ from, to }) => from !== to);
    assert.equal(findCircle(between), undefined);
  });
});

describe("a stranger sees", () => {
  const MOST_ROOMS = { widget: 16, proxy: 18 };
  for (const [folder, most] of Object.entries(MOST_ROOMS))
    test(`at most ${most} rooms at the top of ${folder}/`, () => {
      const isRoom = (name: string) => !/^README|^tsconfig|^wrangler/.test(name);
      const rooms = readdirSync(folder).filter(isRoom);
      assert.ok(rooms.length <= most, rooms.join(" "));
    });

  for (const folder of ["widget", "proxy"])
    test(`at most one foreign folder in what ${folder}/ is compiled with`, () => {
      const settings = stripJsonComments(readFileSync(`${folder}/tsconfig.json`, "utf8"));
      const { include } = JSON.parse(settings) as { include: string[] };
      const foreign = include.filter((path) => path.startsWith(".."));
      assert.ok(foreign.length <= 1, foreign.join(" "));
    });
});
