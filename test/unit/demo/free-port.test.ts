import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { freePort, onFreePort } from "../../../demo/run/free-port.ts";
import { startServer } from "../../proxy/harness.ts";

test("a free port is none that the system hands to others meanwhile", async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  for (const port of ports) assert.ok(port > 10_080 && port < 32_768, String(port));
  const [port] = ports;
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
});

for (const runtime of ["node", "workerd"] as const)
  test(`a server whose port was taken before it listened starts on another (${runtime})`, async () => {
    const other = createServer();
    const asked: number[] = [];
    try {
      const server = await onFreePort(async (port) => {
        if (asked.push(port) === 1) await once(other.listen(port, "127.0.0.1"), "listening");
        return startServer(runtime, { port, vars: { TARGETS: "{}" }, secrets: {} });
      });
      const { headers } = await fetch(`${server.url}/healthz`);
      await server.close();
      assert.match(headers.get("content-type") ?? "", /json/);
      assert.equal(asked.length, 2);
    } finally {
      other.close();
    }
  });

test("a start that fails for another reason is not tried again", async () => {
  let tries = 0;
  const fails = onFreePort(() => Promise.reject(new Error(`no ${++tries}`)));
  await assert.rejects(fails, { message: "no 1" });
});
