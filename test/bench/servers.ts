/**
 * Owns the servers that the load compares, each a process of its own: the built Worker and the barest forwarder in
 * plain workerd, and the Node server. Must not go through `wrangler dev`, which puts a Worker of its own before ours.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../../demo/run/free-port.ts";
import { ORIGIN, toRequest } from "./lead.ts";
import type { Aim } from "./lead.ts";
import { onMessages, statusOf } from "./wire.ts";

export type Storage = "none" | "ledger";

export interface Server {
  /** The process group. */
  pid: number;
  /** Milliseconds from the start of its process to its first answer, which is that to a lead. */
  startedIn: number;
  /** Where its leads go: to a vendor that takes 50 ms, or to one that answers at once. */
  aims: Record<"slow" | "fast", Aim>;
  close: () => Promise<void>;
}

const SECRETS = {
  SAKNEEN_API_KEY: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
};

/** The limits are not what is measured; they are counted all the same. */
const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6, perPhonePerDay: 1e6 };

const targetsOf = (vendor: string, storage: Storage): string =>
  JSON.stringify(
    Object.fromEntries(
      ["slow", "fast"].map((key) => [
        key,
        {
          vendor: "sakneen",
          baseUrl: `${vendor}/${key}`,
          country: "EG",
          origins: [ORIGIN],
          stamp: "off",
          storage,
          limits,
        },
      ]),
    ),
  );

/** Milliseconds until a server has to answer. */
const START = 30_000;

/** Asks once; undefined while nobody listens. */
const askOnce = (aim: Aim): Promise<number | undefined> =>
  new Promise((resolve) => {
    const socket = connect(aim.port, "127.0.0.1", () => socket.write(toRequest(aim), "latin1"));
    socket.on("error", () => resolve(undefined));
    onMessages(socket, (answer) => {
      socket.destroy();
      resolve(statusOf(answer));
    });
  });

interface Command {
  name: string;
  folder: string;
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  aims: Server["aims"];
}

const run = async ({ name, folder, file, args, env, aims }: Command): Promise<Server> => {
  const log = join(folder, "log");
  const output = openSync(log, "a");
  const begun = performance.now();
  const child = spawn(file, args, {
    cwd: folder,
    detached: true,
    env,
    stdio: ["ignore", output, output],
  });
  const ended = once(child, "close");
  const close = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  let status: number | undefined;
  while (status === undefined && child.exitCode === null && performance.now() - begun < START) {
    status = await askOnce(aims.fast);
    if (status === undefined) await setTimeout(1);
  }
  const startedIn = performance.now() - begun;
  if (status === 201) return { pid: child.pid ?? 0, startedIn, aims, close };
  const said = readFileSync(log, "utf8");
  await close();
  throw new Error(`${name} answered ${status}:\n${said}`);
};

const require = createRequire(createRequire(import.meta.url).resolve("wrangler/package.json"));
const WORKERD = (require("workerd") as { default: string }).default;

interface Plain {
  name: string;
  script: string;
  compatibilityDate: string;
  vars: Readonly<Record<string, string>>;
  /** Durable Objects, by binding. */
  objects?: Readonly<Record<string, string>>;
}

/** https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
const toConfig = ({ vars, objects = {}, compatibilityDate }: Plain, port: number): string => {
  // A text of Cap'n Proto is escaped as one of JSON is.
  const text = (value: string): string => JSON.stringify(value);
  const classes = Object.entries(objects);
  const bindings = [
    ...Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
    ...classes.map(
      ([name, of]) => `(name = ${text(name)}, durableObjectNamespace = (className = ${text(of)}))`,
    ),
    `(name = "ASSETS", service = "assets")`,
  ];
  const namespaces = classes.map(
    ([, of]) => `(className = ${text(of)}, uniqueKey = ${text(of)}, enableSql = true)`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private", "local"])),
    (name = "assets", disk = (path = "assets")),
    (name = "state", disk = (path = "state", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed "index.js")],
  compatibilityDate = ${text(compatibilityDate)},
  bindings = [${bindings.join(", ")}],
  durableObjectNamespaces = [${namespaces.join(", ")}],
  durableObjectStorage = (localDisk = "state"),
);
`;
};

const startPlain = async (plain: Plain, aimsAt: (port: number) => Server["aims"]) => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-bench-"));
  const port = await freePort();
  for (const name of ["state", "assets"]) await mkdir(join(folder, name));
  await copyFile(plain.script, join(folder, "index.js"));
  await writeFile(join(folder, "config.capnp"), toConfig(plain, port));
  return run({
    name: plain.name,
    folder,
    file: WORKERD,
    args: ["serve", "config.capnp"],
    env: {},
    aims: aimsAt(port),
  });
};

const readBuilt = (root: string) =>
  JSON.parse(readFileSync(join(root, "dist/worker/wrangler.json"), "utf8")) as {
    compatibility_date: string;
    durable_objects: { bindings: { name: string; class_name: string }[] };
  };

const LEADS = "/v1/leads";
const leadAims = (port: number): Server["aims"] => ({
  slow: { port, path: LEADS, target: "slow" },
  fast: { port, path: LEADS, target: "fast" },
});

/** The vendor's own answers, and those of what only forwards. */
export const vendorAims = (port: number): Server["aims"] => ({
  slow: { port, path: "/slow", target: "slow" },
  fast: { port, path: "/fast", target: "fast" },
});

export const startBare = (vendor: string): Promise<Server> =>
  startPlain(
    {
      name: "The bare forwarder",
      script: join(import.meta.dirname, "bare-worker.js"),
      compatibilityDate: readBuilt("").compatibility_date,
      vars: { VENDOR: vendor, KEY: "k" },
    },
    vendorAims,
  );

/** What the platform itself costs a forwarder that may forget nothing, with a call and a commit for each step. */
export const startFloor = (vendor: string, stores: boolean): Promise<Server> =>
  startPlain(
    {
      name: "The floor",
      script: join(import.meta.dirname, "bare-objects.js"),
      compatibilityDate: readBuilt("").compatibility_date,
      vars: { VENDOR: vendor, KEY: "k", STORES: stores ? "1" : "" },
      objects: { STORE: "Store" },
    },
    vendorAims,
  );

/** @param root of the checkout whose build runs */
export const startBuilt = async (
  runtime: "workerd" | "node",
  storage: Storage,
  vendor: string,
  root = "",
): Promise<Server> => {
  const settings = { ...SECRETS, TARGETS: targetsOf(vendor, storage) };
  if (runtime === "workerd") {
    const { compatibility_date, durable_objects } = readBuilt(root);
    return startPlain(
      {
        name: "The Worker",
        script: join(root, "dist/worker/index.js"),
        compatibilityDate: compatibility_date,
        vars: settings,
        objects: Object.fromEntries(
          durable_objects.bindings.map(({ name, class_name }) => [name, class_name]),
        ),
      },
      leadAims,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "lead-form-bench-"));
  const port = await freePort();
  return run({
    name: "The Node server",
    folder,
    file: process.execPath,
    args: [resolve(root, "dist/node/server.js")],
    env: { ...settings, PORT: String(port), DATA_DIR: folder },
    aims: leadAims(port),
  });
};
