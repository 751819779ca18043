/**
 * Owns a server in a child process, from its start to the end of all its own processes. Must not return
 * before the server is ready.
 */
import { spawn } from "node:child_process";

export interface Running {
  /** The origin, without a slash at the end. */
  url: string;
  /** Everything printed so far, log lines among it. */
  output: () => string;
  /** The process group that holds the child and its children. */
  pid: number;
  /** Settles when the run has ended, by `close` or by itself. */
  ended: Promise<void>;
  close: () => Promise<void>;
  /** Ends all of it at once, as a crash would: no clean-up runs. */
  kill: () => Promise<void>;
}

export interface ChildOptions {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What the child is called in an error. */
  name: string;
  /** Called when the run has ended. */
  cleanUp?: () => Promise<void>;
}

/** Milliseconds in which a server has to be ready, even on a busy machine. */
const START = 45_000;

/** Milliseconds until a run that does not end by itself is killed. */
const GRACE = 10_000;

const endGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) return;
  try {
    // A grandchild such as workerd would outlive its parent; the group does not.
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
};

/** Runs this Node with the arguments, until it prints `Ready on http://…`. */
export const startChild = async ({ args, env, name, cleanUp }: ChildOptions): Promise<Running> => {
  const child = spawn(process.execPath, args, {
    detached: process.platform !== "win32",
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    endGroup(child.pid, signal);
    const late = setTimeout(() => endGroup(child.pid, "SIGKILL"), GRACE);
    await ended;
    clearTimeout(late);
    await cleanUp?.();
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
    const fail = (): void => reject(new Error(`${name} did not start:\n${output}`));
    void ended.then(fail);
    setTimeout(fail, START).unref();
  });
  const [close, kill] = [() => end("SIGTERM"), () => end("SIGKILL")];
  try {
    return { url: await ready, output: () => output, pid: child.pid ?? 0, ended, close, kill };
  } catch (error) {
    await kill();
    throw error;
  }
};
