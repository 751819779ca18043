/**
 * Owns a local run of the built Worker, by the documented `wrangler dev` command. Must not leave the file
 * with its secrets behind.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startChild } from "./child.ts";
import { onFreePort } from "./free-port.ts";
import type { Running } from "./child.ts";

export interface WorkerOptions {
  /** A free port unless given; a taken one is an error. */
  port?: number;
  /** Plain settings, `TARGETS` among them. `PUBLIC_URL` is where it listens, unless given. */
  vars: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  /** The checkout whose build runs; this one unless given. */
  root?: string;
  /** Where the Worker's storage stands; a fresh folder that is removed with the run unless given. */
  persistTo?: string;
}

/** No call to the outside: no telemetry, crash report, update check or place lookup. */
const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
};

const CONFIG = "dist/worker/wrangler.json";

const startOn = async (
  port: number,
  { vars, secrets, root = "", persistTo }: WorkerOptions,
): Promise<Running> => {
  const settings = { PUBLIC_URL: `http://localhost:${port}`, ...vars };
  const folder = await mkdtemp(join(tmpdir(), "lead-form-"));
  const envFile = join(folder, "secrets.env");
  const lines = Object.entries(secrets).map(([name, value]) => `${name}='${value}'`);
  await writeFile(envFile, `${lines.join("\n")}\n`, { mode: 0o600 });

  const manifest = createRequire(import.meta.url).resolve("wrangler/package.json");
  const wrangler = join(dirname(manifest), "bin/wrangler.js");
  const args = [
    "dev",
    `--config=${join(root, CONFIG)}`,
    "--ip=127.0.0.1",
    `--port=${port}`,
    "--inspector-port=0",
    "--show-interactive-dev-session=false",
    `--env-file=${envFile}`,
    `--persist-to=${persistTo ?? join(folder, "state")}`,
    ...Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
  ];
  return startChild({
    name: "The Worker",
    args: [wrangler, ...args],
    env: {
      ...process.env,
      ...QUIET,
      NO_COLOR: "1",
      WRANGLER_LOG_PATH: join(folder, "logs"),
      // Parallel runs have the same name; with a shared registry they would wait for one another.
      WRANGLER_REGISTRY_PATH: join(folder, "registry"),
    },
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  });
};

export const startWorker = ({ port, ...options }: WorkerOptions): Promise<Running> =>
  port === undefined ? onFreePort((free) => startOn(free, options)) : startOn(port, options);
