/** Journeys over a network that goes away, and comes back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey } from "./journey.ts";

const MONA = { name: "Mona Adel", phone: "01012345678" };

test("a lead sent without a network goes out by itself, once, when the network is back", async () => {
  const form = await journey.open({ target: "sakneen", country: "EG" });
  await form.type(MONA);
  await form.page.setOfflineMode(true);
  await form.submit();
  await form.enters("offline");
  assert.equal(journey.vendors.sakneen.requests().length, 0);
  assert.deepEqual((await form.values())["name"], MONA.name);
  await form.page.setOfflineMode(false);
  await form.enters("accepted");
  assert.deepEqual(
    journey.vendors.sakneen.leads().map(({ body }) => body["phoneNumber"]),
    ["+201012345678"],
  );
  await form.close();
});

test("a request that is lost on the way is repeated to the byte", async () => {
  const form = await journey.open({ target: "sakneen", country: "EG" });
  await form.type(MONA);
  const bodies: (string | undefined)[] = [];
  await form.page.setRequestInterception(true);
  form.page.on("request", (request) => {
    if (!request.url().endsWith("/v1/leads")) return void request.continue();
    bodies.push(request.postData());
    void (bodies.length === 1 ? request.abort("connectionreset") : request.continue());
  });
  await form.submit();
  await form.enters("accepted");
  assert.equal(bodies.length, 2);
  assert.equal(bodies[1], bodies[0]);
  assert.equal(journey.vendors.sakneen.leads().length, 1);
  await form.close();
});
