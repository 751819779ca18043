/** What holds when a vendor never finishes: the visitor waits six seconds at most, in workerd. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LEADS, postLead } from "../harness.ts";
import { proxy } from "./worker.ts";

describe("a vendor that keeps the visitor waiting", { concurrency: true }, () => {
  const cases = [
    ["sakneen", "timeout", "timeout"],
    ["brainysoft", "drip:1000", "truncated"],
  ] as const;
  for (const [name, mode, reason] of cases)
    test(`${name} in the mode ${mode} is given up after six seconds`, async () => {
      const started = performance.now();
      const id = crypto.randomUUID();
      const response = await postLead(proxy, { ...LEADS[name], id, name: `${mode} Mona` });
      const seconds = (performance.now() - started) / 1000;
      assert.equal(response.status, 503);
      assert.equal(response.headers.get("retry-after"), "5");
      assert.ok(seconds > 5.5 && seconds < 7.5, `${seconds} s`);
      const [line] = await proxy.deliveries({ id }, 1);
      assert.deepEqual([line?.["outcome"], line?.["reason"]], ["doubt", reason]);
    });
});
