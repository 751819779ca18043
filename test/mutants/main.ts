/**
 * Owns `npm run test:mutants`: it removes each listed defence in a copy of the repository and expects that the
 * tests named for it turn red. Must not change the repository.
 *
 * `npm run test:mutants -- stamp` tries those whose name, file or tests hold the word.
 */
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeClone } from "../clone.ts";
import type { Clone } from "../clone.ts";
import { DEFENCES } from "./defences.ts";
import { needsBuild, without } from "./defence.ts";
import type { Defence } from "./defence.ts";

/** Copies at once: two cores. */
const COPIES = 2;
/** Milliseconds: a test that waits for what no longer comes is red, too. */
const LIMIT = 120_000;

/** How a file of tests is run, by the first folder that fits. */
const RUNNERS: readonly (readonly [folder: string, command: readonly string[]])[] = [
  ["test/unit/", ["--test", "--test-timeout=20000"]],
  ["test/proxy/", ["--env-file=test/node.env", "--test", "--test-timeout=60000"]],
  [
    "test/widget/",
    [
      "node_modules/@web/test-runner/dist/bin.js",
      "--config=test/widget/web-test-runner.config.ts",
      "--files",
    ],
  ],
];

/** Of node's runner and of the browser's: a test that failed, by its name. */
const FAILED = /^\s*(?:✖|❌) (.+?)(?: \([\d.]+ms\))?$/m;

interface Run {
  isRed: boolean;
  /** The first test that failed; undefined where a file failed as a whole. */
  by: string | undefined;
  output: string;
}

const run = async (folder: string, args: readonly string[]): Promise<Run> => {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, TEST_ENGINES: "chromium", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const late = setTimeout(() => {
    if (child.pid !== undefined)
      process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  }, LIMIT);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  clearTimeout(late);
  const [, name] = FAILED.exec(output) ?? [];
  return { isRed: code !== 0, by: name?.startsWith("test/") ? undefined : name, output };
};

/** One after the other, to the first that is red. */
const runTests = async (folder: string, tests: readonly string[]): Promise<Run> => {
  let last: Run = { isRed: false, by: undefined, output: "" };
  for (const [prefix, command] of RUNNERS) {
    const files = tests.filter((file) => file.startsWith(prefix));
    if (files.length === 0) continue;
    last = await run(folder, [...command, ...files]);
    if (last.isRed) return last;
  }
  return last;
};

interface Verdict {
  noticed: boolean;
  line: string;
}

/** Of tests by their names: red ones mean something only where they are green with all defences. */
const greens = new Map<string, Promise<boolean>>();

const isGreen = ({ folder, build }: Clone, defence: Defence): Promise<boolean> => {
  const key = defence.tests.join(" ");
  const look = async (): Promise<boolean> => {
    if (needsBuild(defence) && (await build()).status !== 0) return false;
    return !(await runTests(folder, defence.tests)).isRed;
  };
  const green = greens.get(key) ?? look();
  greens.set(key, green);
  return green;
};

const missed = (line: string): Verdict => ({ noticed: false, line });

/** Removes one defence, looks whether its tests notice, and puts it back. */
const tryDefence = async (clone: Clone, defence: Defence): Promise<Verdict> => {
  const { folder, build } = clone;
  const path = join(folder, defence.file);
  const source = await readFile(path, "utf8");
  const changed = without(defence, source);
  if (typeof changed !== "string")
    return missed(`its text occurs ${changed.found} times in ${defence.file}`);
  if (!(await isGreen(clone, defence))) return missed("its tests are red before it is removed");
  await writeFile(path, changed);
  try {
    if (needsBuild(defence) && (await build()).status !== 0)
      return missed("the build fails without it, so that no test was asked");
    const { isRed, by } = await runTests(folder, defence.tests);
    if (!isRed) return missed(`NOT NOTICED by ${defence.tests.join(", ")}`);
    return by === undefined
      ? missed("a whole file failed and no test of it: its code is broken without it")
      : { noticed: true, line: `noticed: ${by}` };
  } finally {
    await writeFile(path, source);
  }
};

const tryAll = async (defences: readonly Defence[]): Promise<number> => {
  // Those that need a build last: the others are told at once.
  const left = defences.toSorted((a, b) => Number(needsBuild(a)) - Number(needsBuild(b)));
  let noticed = 0;
  const work = async (): Promise<void> => {
    const clone = await makeClone();
    try {
      for (let next = left.shift(); next; next = left.shift()) {
        const started = Date.now();
        const verdict = await tryDefence(clone, next);
        if (verdict.noticed) noticed++;
        const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
        console.log(`${verdict.noticed ? "✔" : "✖"} ${seconds} s  ${next.name}: ${verdict.line}`);
      }
    } finally {
      await clone.remove();
    }
  };
  await Promise.all(Array.from({ length: COPIES }, work));
  return noticed;
};

const [word = ""] = process.argv.slice(2);
const chosen = DEFENCES.filter(({ name, file, tests }) =>
  `${name} ${file} ${tests.join(" ")}`.includes(word),
);
const started = Date.now();
const noticed = await tryAll(chosen);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`${noticed} of ${chosen.length} defences noticed, ${seconds} s`);
process.exitCode = chosen.length > 0 && noticed === chosen.length ? 0 : 1;
