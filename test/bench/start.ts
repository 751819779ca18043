/**
 * Owns `npm run bench:start`: the milliseconds until a server with 60 targets answers, each with three
 * selects, from files. Must not need a quiet machine.
 *
 * The Worker's targets are bundled from `targets/<key>.json`, in a copy of the repository; those of the Node
 * server stand in the file that `TARGETS_FILE` names.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chdir, cwd } from "node:process";
import { readConfig } from "../../proxy/config/config.ts";
import { readTargetsFile } from "../../proxy/config/node/files.ts";
import { makeClone } from "../clone.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import { summary } from "./measure.ts";

const TARGETS = 60;
const RUNS = 5;

const select = (name: string) => ({
  name,
  type: "select",
  as: name,
  label: { en: `Choose ${name}`, ar: `اختر ${name}`, ru: `Выберите ${name}` },
  options: Array.from({ length: 8 }, (_, n) => ({
    value: `${name}-${n}`,
    label: { en: `Option ${n}`, ar: `خيار ${n}`, ru: `Вариант ${n}` },
  })),
});

const target = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.test",
  country: "EG",
  origins: ["https://www.estate.test"],
  projects: ["Downtown Tower", "Palm Hills", "Nile View"],
  fields: ["rooms", "floor", "budget"].map(select),
};
const keys = Array.from({ length: TARGETS }, (_, n) => `tower-${n}`);

const SECRETS = {
  SAKNEEN_API_KEY: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
};

/** Milliseconds from the start of the process to the first healthy answer. */
const measure = async (runtime: Runtime, vars: Record<string, string>): Promise<number> => {
  const started = performance.now();
  const server = await startServer(runtime, { vars, secrets: SECRETS });
  const health = await fetch(`${server.url}/healthz`);
  const taken = performance.now() - started;
  await server.close();
  if (!health.ok) throw new Error(await health.text());
  return taken;
};

const report = (what: string, times: readonly number[]): void => {
  const { p50, p95 } = summary(times);
  console.log(
    `${what.padEnd(44)} p50 ${p50.toFixed(0).padStart(5)}  p95 ${p95.toFixed(0).padStart(5)}`,
  );
};

const runs = async (what: string, run: () => Promise<number>): Promise<void> => {
  const times: number[] = [];
  for (let n = 0; n < RUNS; n++) times.push(await run());
  report(what, times);
};

const clone = await makeClone();
const here = cwd();
try {
  const file = join(clone.folder, "targets.json");
  await writeFile(
    file,
    JSON.stringify(Object.fromEntries(keys.map((key) => [key, target])), null, 2),
  );
  console.log(`${TARGETS} targets with three selects each, ${RUNS} starts, milliseconds`);
  await runs("reading the settings alone", async () => {
    const started = performance.now();
    const { faults } = readConfig({ ...SECRETS }, readTargetsFile(file));
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    return performance.now() - started;
  });
  const one = { TARGETS: JSON.stringify({ tower: target }) };
  await runs("Node server, one target", () => measure("node", one));
  await runs("Node server, TARGETS_FILE", () => measure("node", { TARGETS_FILE: file }));
  await runs("Worker in workerd, one target", () => measure("workerd", one));

  const folder = join(clone.folder, "proxy/targets");
  await mkdir(folder);
  for (const key of keys)
    await writeFile(join(folder, `${key}.json`), JSON.stringify(target, null, 2));
  const { status, output } = await clone.build();
  if (status !== 0) throw new Error(output);
  chdir(clone.folder);
  await runs("Worker in workerd, targets/<key>.json", () => measure("workerd", {}));
} finally {
  chdir(here);
  await clone.remove();
}
