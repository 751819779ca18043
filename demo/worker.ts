/**
 * Owns a local run of the built Worker: the documented `wrangler dev` command as a child process,
 * with its settings as variables and its secrets in a file that is gone when the run ends.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface WorkerOptions {
  /** A free port unless given; a taken one is an error. */
  port?: number;
  /** Plain settings, `TARGETS` among them. */
  vars: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  /** Where the Worker's storage stands; a fresh folder that is removed with the run unless given. */
  persistTo?: string;
}

export interface RunningWorker {
  /** The origin, without a slash at the end. */
  url: string;
  /** Everything printed so far, the Worker's log lines among it. */
  output: () => string;
  /** The process group that holds wrangler and workerd. */
  pid: number;
  /** Settles when the run has ended, by `close` or by itself. */
  ended: Promise<void>;
  close: () => Promise<void>;
  /** Ends all of it at once, as a crash would: nothing gets to tidy up. */
  kill: () => Promise<void>;
}

/** No call to anybody: neither telemetry, crash reports, a look for updates nor a place lookup. */
const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
};

const CONFIG = "dist/worker/wrangler.json";

/** Milliseconds until a run that does not end by itself is killed. */
const GRACE = 3_000;

const endGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    // workerd is wrangler's child; without the group it would outlive it.
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
};

export const startWorker = async ({
  port = 0,
  vars,
  secrets,
  persistTo,
}: WorkerOptions): Promise<RunningWorker> => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-"));
  const envFile = join(folder, "secrets.env");
  const lines = Object.entries(secrets).map(([name, value]) => `${name}='${value}'`);
  await writeFile(envFile, `${lines.join("\n")}\n`, { mode: 0o600 });

  const manifest = createRequire(import.meta.url).resolve("wrangler/package.json");
  const wrangler = join(dirname(manifest), "bin/wrangler.js");
  const args = [
    "dev",
    `--config=${CONFIG}`,
    "--ip=127.0.0.1",
    `--port=${port}`,
    "--inspector-port=0",
    "--show-interactive-dev-session=false",
    `--env-file=${envFile}`,
    `--persist-to=${persistTo ?? join(folder, "state")}`,
    ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
  ];
  const child = spawn(process.execPath, [wrangler, ...args], {
    detached: process.platform !== "win32",
    env: { ...process.env, ...QUIET, WRANGLER_LOG_PATH: join(folder, "logs"), NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const kill = async (): Promise<void> => {
    if (child.pid !== undefined) endGroup(child.pid, "SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const close = async (): Promise<void> => {
    if (child.pid !== undefined) endGroup(child.pid, "SIGTERM");
    const late = setTimeout(() => child.pid !== undefined && endGroup(child.pid, "SIGKILL"), GRACE);
    await ended;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };

  let output = "";
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: string): void => {
      output += chunk;
      const url = /Ready on (http:\/\/[^\s]+)/.exec(output)?.[1];
      if (url) resolve(new URL(url).origin);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    void ended.then(() => reject(new Error(`The Worker did not start:\n${output}`)));
  });
  try {
    return { url: await ready, output: () => output, pid: child.pid ?? 0, ended, close, kill };
  } catch (error) {
    await close();
    throw error;
  }
};
