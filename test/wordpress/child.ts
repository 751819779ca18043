/**
 * Owns a foreign server, PHP's or MariaDB's, in a child process. Must not return before the server is
 * ready, or leave a process of it running.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Milliseconds until a start is given up. */
const START = 60_000;

export interface Server {
  output: () => string;
  close: () => Promise<void>;
}

export const startServer = async (
  command: string,
  args: readonly string[],
  ready: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  // A group of its own, since PHP's server has workers.
  const child = spawn(command, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let output = "";
  const close = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  const started = new Promise<void>((resolve, reject) => {
    const read = (chunk: string): void => {
      output += chunk;
      if (ready.test(output)) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    const fail = (): void => reject(new Error(`${command} did not start:\n${output}`));
    child.once("error", reject).once("close", fail);
    setTimeout(fail, START).unref();
  });
  try {
    await started;
    return { output: () => output, close };
  } catch (error) {
    await close();
    throw error;
  }
};
