/** Owns the proof that the one command starts everything, says where, and leaves nothing behind. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, test } from "node:test";

const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGTERM");
});

interface Started {
  child: ChildProcess;
  printed: () => string;
  address: URL;
}

const start = async (...args: string[]): Promise<Started> => {
  const child = spawn(process.execPath, ["demo/run/start.ts", "--no-build", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  for (;;) {
    const address = /is at (\S+)/.exec(text)?.[1];
    if (address) return { child, printed: () => text, address: new URL(address) };
    if (child.exitCode !== null) throw new Error(text);
    await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  }
};

const stop = async ({ child }: Started, signal: NodeJS.Signals): Promise<number | null> => {
  const exit = once(child, "exit");
  child.kill(signal);
  const [code] = await exit;
  running.delete(child);
  return code;
};

test("one command serves the demo, makes way on a taken port, and leaves nothing", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const bound = other.address();
  assert.ok(typeof bound === "object" && bound);
  const started = await start(`--port=${bound.port}`);
  const { address } = started;
  assert.equal(address.hostname, "localhost");
  assert.ok(Number(address.port) > bound.port);
  assert.equal(started.printed().match(/http:\/\/localhost/g)?.length, 1);
  assert.match(started.printed(), /token [\w-]{32}\n/);
  const page = await fetch(address);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Lead Form playground/);
  assert.deepEqual(await (await fetch(new URL("/healthz", address))).json(), { ok: true });
  assert.equal(await stop(started, "SIGTERM"), 0);
  await assert.rejects(fetch(address), TypeError);
  other.close();
});

test("a wrong port is named, with what is right", async () => {
  await assert.rejects(start("--port=zero"), /--port must be a number from 1 to 65516, not "zero"/);
});
