/** The operator's page in three engines: closed, refused, and with leads of a vendor that refuses its key. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { audit, ENGINES } from "./any-engine.ts";
import type { Engine } from "./any-engine.ts";
import { OPERATOR_TOKEN, serveDemo } from "./demo-page.ts";
import type { Demo } from "./demo-page.ts";

let demo: Demo;
before(async () => {
  demo = await serveDemo();
  for (const [mode, phone] of [
    ["ok", "01012345678"],
    ["bad_key", "01012345679"],
  ] as const) {
    demo.vendors.sakneen.setFaults({ mode });
    const answer = await fetch(`${demo.url}/v1/leads`, {
      method: "POST",
      headers: { origin: "https://www.example.com", accept: "application/json" },
      body: new URLSearchParams({ target: "sakneen", name: "Mona Adel", phone }),
    });
    assert.ok(answer.ok, mode);
  }
});
after(() => demo.close());

const shows = async (engine: Engine, selector: string): Promise<void> => {
  const look = `return !!document.querySelector(${JSON.stringify(selector)})?.getClientRects().length;`;
  while ((await engine.run(look)) !== true);
};
const signIn = (engine: Engine, token: string): Promise<unknown> =>
  engine.run(`
    const field = document.getElementById("token");
    field.value = ${JSON.stringify(token)};
    field.form.requestSubmit();
    return true;`);

describe("the operator's page", () => {
  for (const { name, skip, start } of ENGINES)
    test(`has no barrier, and none that axe is unsure of: ${name}`, { skip }, async () => {
      const engine = await start();
      try {
        await engine.goTo(`${demo.url}/operator`);
        await shows(engine, "#token");
        assert.deepEqual(await audit(engine), [], "closed");
        await signIn(engine, "wrong".repeat(8));
        await shows(engine, "#token-error");
        assert.deepEqual(await audit(engine), [], "refused");
        await signIn(engine, OPERATOR_TOKEN);
        await shows(engine, "#overview .target");
        assert.deepEqual(await audit(engine), [], "open");
      } finally {
        await engine.stop();
      }
    });
});
