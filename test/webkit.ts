/**
 * Owns a WebKit that tests drive: WebDriver over `fetch` to WebKitGTK's driver. Must not need a display,
 * so that it starts an X server where there is none.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../demo/run/free-port.ts";
import { isAsked } from "./browser.ts";

const DRIVER = "/usr/bin/WebKitWebDriver";
const DISPLAY_SERVER = "Xvfb";
const BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/** Looks at a driver that is starting, and the pause between two looks. */
const STATUS_TRIES = 100;
const STATUS_PAUSE_MS = 50;

/** Why a test cannot run in WebKit, or false where it can. */
export const noWebkit = isAsked("webkit")
  ? !existsSync(DRIVER) && "WebKit is not installed here"
  : "WebKit is not in TEST_ENGINES";

export interface Webkit {
  /** One command of the session: `call("POST", "/url", { url })`. @returns its value */
  call: (method: string, path: string, body?: object) => Promise<unknown>;
  stop: () => Promise<void>;
}

/** Starts an X server on a display that it chooses itself. */
const startDisplay = async (): Promise<[ChildProcess, string]> => {
  const server = spawn(
    DISPLAY_SERVER,
    ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const [number] = (await Promise.race([
    once(server.stdio[3]!, "data"),
    once(server, "error").then(([error]) => Promise.reject(error as Error)),
  ])) as [Buffer];
  return [server, `:${String(number).trim()}`];
};

const request = async (address: string, method: string, body?: object): Promise<unknown> => {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`${method} ${address}: ${JSON.stringify(value)}`);
  return value;
};

const ready = async (address: string): Promise<void> => {
  for (let tries = 1; ; tries++)
    try {
      await request(`${address}/status`, "GET");
      return;
    } catch (error) {
      if (tries === STATUS_TRIES) throw error;
      await sleep(STATUS_PAUSE_MS);
    }
};

export const startWebkit = async (): Promise<Webkit> => {
  const children: ChildProcess[] = [];
  let display = process.env["DISPLAY"];
  if (!display) {
    const [server, number] = await startDisplay();
    children.push(server);
    display = number;
  }
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  children.push(
    spawn(DRIVER, [`--port=${port}`], {
      // Its sandbox needs rights that a container does not give; what runs here is our own.
      env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
      stdio: "ignore",
    }),
  );
  await ready(address);
  const options = { binary: BROWSER, args: ["--automation"] };
  const started = await request(`${address}/session`, "POST", {
    capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } },
  });
  const session = `${address}/session/${(started as { sessionId: string }).sessionId}`;
  return {
    call: (method, path, body) => request(session + path, method, body),
    stop: async () => {
      // The driver may have ended already.
      await request(session, "DELETE").catch(() => undefined);
      for (const child of children) child.kill();
    },
  };
};
