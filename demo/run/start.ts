/**
 * Owns `npm start`: builds, starts both simulated vendors and the built Worker, and prints one address.
 * Must not leave a process running after Ctrl-C.
 *
 * `--no-build` takes what is built already, `--port` another first port.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { RECEIVER_PORT, VENDOR_PORTS } from "../vendors/ports.ts";
import { startVendors, type Vendors, type VendorSecrets } from "../vendors/server.ts";
import { onParentGone } from "./parent.ts";
import { qaTargets } from "../qa/targets.ts";
import { demoTargets } from "./targets.ts";
import { startReceiver } from "./receiver.ts";
import { startWorker } from "./worker.ts";

const FIRST_PORT = 8787;
/** Ports above the wished one that are tried before giving up. */
const PORTS_TO_TRY = 20;
const BUILT = "dist/worker/wrangler.json";

/** An error that the user can act on: shown without a stack. */
class StartError extends Error {}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

/** The wished port or the next free one; `taken` are ports that this run uses itself. */
const freePort = async (wished: number, taken: readonly number[] = []): Promise<number> => {
  for (let port = wished; port < wished + PORTS_TO_TRY; port++)
    if (!taken.includes(port) && (await isFree(port))) return port;
  throw new StartError(
    `Ports ${wished} to ${wished + PORTS_TO_TRY - 1} are all taken. Free one, or choose: npm start -- --port 9000`,
  );
};

const readOptions = (): { build: boolean; port: number } => {
  const { values } = parseArgs({
    options: {
      "no-build": { type: "boolean", default: false },
      port: { type: "string", default: String(FIRST_PORT) },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port + PORTS_TO_TRY > 65_536)
    throw new StartError(`--port must be a number from 1 to 65516, not "${values.port}".`);
  return { build: !values["no-build"], port };
};

/** The script that is built calls back to the address it is served from. */
const build = async (endpoint: string, signal: AbortSignal): Promise<void> => {
  const manifest = createRequire(import.meta.url).resolve("vite/package.json");
  const child = spawn(process.execPath, [join(dirname(manifest), "bin/vite.js"), "build"], {
    env: { ...process.env, LEAD_FORM_ENDPOINT: endpoint, LEAD_FORM_DEMO: "1", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new StartError(`${output.trim()}\nThe build failed; its output is above.`);
};

/** Random for each run: nothing that could be mistaken for, or used as, a real credential. */
const drawSecrets = (): VendorSecrets => {
  const draw = () => `demo-${randomBytes(16).toString("hex")}`;
  return {
    SAKNEEN_API_KEY: draw(),
    BRAINYSOFT_TOKEN: draw(),
    BRAINYSOFT_CLIENT_ID: draw(),
    BRAINYSOFT_CLIENT_SECRET: draw(),
  };
};

/** Both offices of the estate agent have one vendor, as two branches of a firm may. */
const targetsFor = ({ sakneen, brainysoft }: Vendors, port: number) => {
  const baseUrls = { sakneen: sakneen.baseUrl, brainysoft: brainysoft.baseUrl };
  const origins = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return {
    ...demoTargets({ baseUrls: { ...baseUrls, north: sakneen.baseUrl }, origins }),
    ...qaTargets({ baseUrls, origins }),
  };
};

/** Made for this run: they open nothing after it. */
const drawOperator = () => ({
  LEDGER_KEYS: JSON.stringify({ demo: randomBytes(32).toString("base64") }),
  OPERATOR_TOKEN: randomBytes(24).toString("base64url"),
  ALERT_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
});

const assertHealthy = async (url: string): Promise<void> => {
  const answer = await fetch(`${url}/healthz`);
  if (!answer.ok)
    throw new StartError(`The Worker started but reports faults: ${await answer.text()}`);
};

/** The demo finds the others by itself unless their usual ports were taken. */
const demoAddress = (port: number, { sakneen, brainysoft }: Vendors, receiver: number): string => {
  const address = new URL(`http://localhost:${port}/demo/`);
  for (const [name, { url }] of Object.entries({ sakneen, brainysoft }))
    if (new URL(url).port !== String(VENDOR_PORTS[name === "sakneen" ? "sakneen" : "brainysoft"]))
      address.searchParams.set(name, url);
  if (receiver !== RECEIVER_PORT) address.searchParams.set("receiver", String(receiver));
  return address.href;
};

const closers: (() => Promise<void>)[] = [];
const closeAll = async (): Promise<void> => {
  await Promise.all(closers.splice(0).map((close) => close()));
};

const start = async (signal: AbortSignal): Promise<void> => {
  const options = readOptions();
  const port = await freePort(options.port);
  if (options.build) {
    console.log("Building…");
    await build(`http://localhost:${port}`, signal);
  } else if (!existsSync(BUILT))
    throw new StartError(`${BUILT} is missing: nothing is built yet. Run npm start once.`);

  const secrets = drawSecrets();
  const sakneen = await freePort(VENDOR_PORTS.sakneen, [port]);
  const brainysoft = await freePort(VENDOR_PORTS.brainysoft, [port, sakneen]);
  const vendors = await startVendors({ ports: { sakneen, brainysoft }, secrets });
  closers.push(() => vendors.close());
  const operator = drawOperator();
  const pages = `http://localhost:${port}`;
  const receiverPort = await freePort(RECEIVER_PORT, [port, sakneen, brainysoft]);
  const side = { url: `${pages}/operator`, token: operator.OPERATOR_TOKEN };
  const receiver = await startReceiver(receiverPort, operator.ALERT_WEBHOOK_SECRET, side, pages);
  closers.push(() => receiver.close());
  const worker = await startWorker({
    port,
    vars: { TARGETS: JSON.stringify(targetsFor(vendors, port)) },
    secrets: { ...secrets, ...operator, ALERT_WEBHOOK_URL: receiver.url },
  });
  closers.push(() => worker.close());
  // Asked to stop while starting: what was started a moment ago must go as well.
  if (signal.aborted) return closeAll();
  await assertHealthy(worker.url);
  void worker.ended.then(() => {
    if (signal.aborted) return;
    console.error(`${worker.output().trim()}\nThe Worker ended by itself; its output is above.`);
    process.exitCode = 1;
    void closeAll();
  });
  console.log(
    [
      `Lead Form is at ${demoAddress(port, vendors, receiverPort)}`,
      `The operator's page is linked there, and opens with the token ${operator.OPERATOR_TOKEN}`,
      "Ctrl-C stops it and all it started.",
    ].join("\n"),
  );
};

const stopped = new AbortController();
const stop = (): void => {
  stopped.abort();
  void closeAll();
};
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
onParentGone(stop);

try {
  await start(stopped.signal);
} catch (error) {
  await closeAll();
  if (!stopped.signal.aborted) {
    const known = error instanceof StartError || (error instanceof TypeError && "code" in error);
    console.error(known ? error.message : error);
    process.exitCode = 1;
  }
}
