/** The operator's side of a Worker that has no operator token, in workerd. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { proxy } from "./worker.ts";

test("where no token is set there is no operator's side at all", async () => {
  for (const path of ["", "/page.js", "/leads", "/targets"]) {
    const answer = await proxy.fetch(`/operator${path}`, {
      headers: { authorization: "Bearer undefined" },
    });
    assert.equal(answer.status, 404);
    assert.equal(((await answer.json()) as { code: string }).code, "not_found");
  }
});
