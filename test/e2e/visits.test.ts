/** A page that the browser keeps for Back. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startJourney } from "./harness.ts";
import type { Journey } from "./harness.ts";

let journey: Journey;
before(async () => {
  journey = await startJourney();
});
after(() => journey.close());
beforeEach(() => journey.vendors.sakneen.clear());

const MONA = { name: "Mona Adel", phone: "01012345678" };

test("a page with a form is kept for Back as it was left, and sends", async () => {
  const form = await journey.open({ target: "sakneen", country: "EG" });
  await form.type(MONA);
  await form.page.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => Reflect.set(window, "kept", persisted));
  });
  await form.page.goto(`${journey.worker.url}/f/sakneen/thanks`);
  await form.page.goBack();
  assert.equal(await form.page.evaluate(() => Reflect.get(window, "kept")), true);
  assert.equal((await form.values())["name"], MONA.name);
  await form.submit();
  await form.enters("accepted");
  assert.equal(journey.vendors.sakneen.leads().length, 1);
  await form.close();
});
