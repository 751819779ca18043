/** Owns the search for a loopback port that nobody uses. Must not hold it: the caller listens at once. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below what the systems themselves hand out (from 32768 on Linux, 49152 elsewhere): there any call of another process
 * may take the port before its server listens. Above 10080, which browsers refuse.
 */
const [FIRST, END] = [10_240, 32_768];

/** Ports that are tried before a start is given up. */
const TRIES = 5;

/** In the words of Node and of wrangler, or of our own server. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  /address already in use|"PORT","problem":"is taken/i.test(error.message);

export const freePort = async (tries = TRIES): Promise<number> => {
  const server = createServer().listen(randomInt(FIRST, END), "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (tries > 1 && isTaken(error)) return freePort(tries - 1);
    throw error;
  }
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("The probe has no port.");
  return address.port;
};

/** Starts a server on a free port, and on another one where somebody was faster. */
export const onFreePort = async <T>(
  start: (port: number) => Promise<T>,
  tries = TRIES,
): Promise<T> => {
  try {
    return await start(await freePort());
  } catch (error) {
    if (tries > 1 && isTaken(error)) return onFreePort(start, tries - 1);
    throw error;
  }
};
