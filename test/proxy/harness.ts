/**
 * Owns the proxy under test: the built Worker in real workerd, with both vendors simulated. Must not
 * intercept its calls, so that resets and redirects are real.
 *
 * With LEAD_FORM_RUNTIME=node the same suites run against the Node server.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { startChild } from "../../demo/run/child.ts";
import type { Running } from "../../demo/run/child.ts";
import { onFreePort } from "../../demo/run/free-port.ts";
import { findSecrets } from "./canaries.ts";
import { startWorker } from "../../demo/run/worker.ts";
import type { WorkerOptions } from "../../demo/run/worker.ts";

export const ORIGIN = "https://www.example.com";

export const SECRETS = {
  SAKNEEN_API_KEY: DEMO_SECRETS.SAKNEEN_API_KEY,
  BRAINYSOFT_TOKEN: DEMO_SECRETS.BRAINYSOFT_TOKEN,
};

/** Two targets that pass; a test overrides what it is about. */
export const targetsFor = ({ sakneen, brainysoft }: Vendors) => ({
  sakneen: {
    vendor: "sakneen",
    baseUrl: sakneen.baseUrl,
    country: "EG",
    origins: [ORIGIN, "https://*.example.org"],
    projects: ["Downtown Tower", "Palm Hills"],
    storage: "none",
  },
  brainysoft: {
    vendor: "brainysoft",
    baseUrl: brainysoft.baseUrl,
    country: "RU",
    origins: ["https://loans.example.ru"],
    storage: "none",
    extra: { channel: "LOAN_APPLICATION" },
  },
});

export interface Proxy {
  url: string;
  vendors: Vendors;
  /** A request to the Worker, as a browser or another program would send it. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Everything that the Worker and its runner have printed. */
  logs: () => string;
  /** The Worker's lines about its attempts for a lead or a target, oldest first, once there are that many. */
  deliveries: (
    of: { id: string } | { target: string },
    count: number,
  ) => Promise<Record<string, unknown>[]>;
  /** Ends the Worker alone, orderly; or at once, as a crash would. */
  stopWorker: () => Promise<void>;
  kill: () => Promise<void>;
  /** Ends the Worker, and the vendors with it. */
  close: () => Promise<void>;
}

export interface ProxyOptions {
  targets?: (vendors: Vendors) => unknown;
  secrets?: (vendors: Vendors) => Record<string, string>;
  /** Where the Worker's storage stands, if it is to outlive the Worker. */
  persistTo?: string;
  /** Vendors that run already, as after a restart of the Worker. */
  vendors?: Vendors;
  /** Another place of `dist/`. */
  root?: string;
}

/** Milliseconds between two looks at a condition. */
const LOOK = 20;

/** Resolves when a condition holds; the test's own time-out ends a wait for nothing. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await setTimeout(LOOK);
};

/** The same app on plain Node, from its settings in the environment. */
const startNodeOn = (
  port: number,
  { root = "", vars, secrets, persistTo }: WorkerOptions,
): Promise<Running> =>
  startChild({
    name: "The Node server",
    args: [join(root, "dist/node/server.js")],
    env: {
      PATH: process.env["PATH"],
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      DATA_DIR: persistTo,
      ...vars,
      ...secrets,
    },
  });

const startNode = ({ port, ...options }: WorkerOptions): Promise<Running> =>
  port === undefined
    ? onFreePort((free) => startNodeOn(free, options))
    : startNodeOn(port, options);

export type Runtime = "workerd" | "node";

/**
 * A server of either runtime. When it is closed, none of its secrets may stand in anything that it has printed or
 * stored: every suite looks for them.
 */
export const startServer = async (
  runtime: Runtime,
  { persistTo, ...options }: WorkerOptions,
): Promise<Running> => {
  const folder = persistTo ?? (await mkdtemp(join(tmpdir(), "lead-form-data-")));
  const remove = async (): Promise<void> => {
    if (!persistTo) await rm(folder, { recursive: true, force: true });
  };
  const start = runtime === "node" ? startNode : startWorker;
  // The local runner keeps traces besides, which hold each address that was called.
  const stored = persistTo ? "" : join(folder, runtime === "node" ? "" : "v3/do");
  try {
    const server = await start({ ...options, persistTo: folder });
    const endWith = (end: () => Promise<void>) => async () => {
      await end();
      const found = await findSecrets(options.secrets, server.output(), stored);
      await remove();
      if (found.length > 0) throw new Error(`The server has told ${found.join(", ")}.`);
    };
    return { ...server, close: endWith(server.close), kill: endWith(server.kill) };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Starts the Worker and the simulators on free loopback ports. */
export const startProxy = async ({
  targets = targetsFor,
  secrets = () => SECRETS,
  persistTo,
  vendors: running,
  root,
}: ProxyOptions = {}): Promise<Proxy> => {
  const vendors = running ?? (await startVendors());
  const runtime = process.env["LEAD_FORM_RUNTIME"] === "node" ? "node" : "workerd";
  const worker = await startServer(runtime, {
    vars: { TARGETS: JSON.stringify(targets(vendors)) },
    secrets: secrets(vendors),
    ...(persistTo && { persistTo }),
    ...(root && { root }),
  }).catch(async (error: unknown) => {
    await vendors.close();
    throw error;
  });
  return {
    url: worker.url,
    vendors,
    fetch: (path, init) => fetch(new URL(path, worker.url), { redirect: "manual", ...init }),
    logs: worker.output,
    deliveries: async (of, count) => {
      const read = () =>
        [...worker.output().matchAll(/\{"event":"delivery".*?\}/g)]
          .map(([line]) => JSON.parse(line) as Record<string, unknown>)
          .filter((line) => Object.entries(of).every(([name, value]) => line[name] === value));
      // Output comes through two processes, so a line may follow its answer.
      await until(() => read().length >= count);
      return read();
    },
    stopWorker: worker.close,
    kill: worker.kill,
    close: async () => {
      await worker.close();
      await vendors.close();
    },
  };
};

/** What a visitor of each target types when nothing is wrong. */
export const LEADS = {
  sakneen: { target: "sakneen", name: "Mona Adel", phone: "01012345678" },
  brainysoft: { target: "brainysoft", name: "Фридрих", phone: "8 (977) 620-07-77" },
} as const;

const ORIGINS: Readonly<Record<string, string>> = {
  sakneen: ORIGIN,
  brainysoft: "https://loans.example.ru",
};

const originFor = (target = ""): string =>
  (Object.hasOwn(ORIGINS, target) && ORIGINS[target]) || ORIGIN;

export interface PostOptions {
  origin?: string | undefined;
  accept?: string;
  json?: boolean;
}

/** Posts a lead as the widget does, urlencoded, or as JSON. */
export const postLead = (
  proxy: Proxy,
  lead: Readonly<Record<string, string>>,
  { origin = originFor(lead["target"]), accept, json }: PostOptions = {},
): Promise<Response> =>
  proxy.fetch("/v1/leads", {
    method: "POST",
    headers: {
      origin,
      accept: accept ?? "application/json",
      ...(json && { "content-type": "application/json" }),
    },
    body: json ? JSON.stringify(lead) : new URLSearchParams(lead),
  });
