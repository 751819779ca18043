/** Journeys of a lead with fields of the target's own, from what a visitor does to what the vendor gets. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journey } from "./journey.ts";

const SHOWN = "name phone budget rooms purpose visit";

describe("a lead with own fields", () => {
  test("reaches the vendor as it was typed and chosen, with definitions from the proxy", async () => {
    const form = await journey.open({ target: "nine", country: "EG", fields: SHOWN });
    await form.type({ name: "Mona Adel", phone: "01012345678", x_budget: "٣٬٠٠٠٬٠٠٠" });
    const { page } = form;
    assert.equal(
      await page.$eval("lead-form >>> #a-x_budget", (hint) => hint.textContent),
      "3,000,000",
    );
    await (await page.$("lead-form >>> #f-x_rooms"))?.type("3");
    await (await page.$("lead-form >>> #f-x_purpose-1"))?.click();
    await (await page.$("lead-form >>> #f-x_visit"))?.click();
    await form.submit();
    await form.enters("accepted");
    assert.deepEqual(journey.vendors.sakneen.leads()[0]?.body, {
      name: "Mona Adel",
      phoneNumber: "+201012345678",
      secretbudget: 3_000_000,
      secretrooms: "3+",
      secretpurpose: "rent",
      secretvisit: true,
    });
    await form.close();
  });

  test("with a mistake is sent once that is mended, and nothing is typed twice", async () => {
    const form = await journey.open({ target: "nine", country: "EG", fields: SHOWN });
    await form.type({ name: "Mona Adel", phone: "01012345678", x_budget: "5" });
    await (await form.page.$("lead-form >>> #f-x_rooms"))?.type("2");
    await form.submit();
    const summary = await form.shows("summary");
    assert.match(summary, /Budget, EGP: From .?100,000/);
    assert.match(summary, /Purpose: An answer is needed/);
    assert.equal((await form.describes("x_budget")).invalid, "true");
    await form.type({ x_budget: "00000" });
    await (await form.page.$("lead-form >>> #f-x_purpose"))?.click();
    await form.submit();
    await form.enters("accepted");
    const [lead] = journey.vendors.sakneen.leads();
    assert.equal(lead?.body["secretbudget"], 500_000);
    assert.equal(lead?.body["secretrooms"], "2");
    await form.close();
  });

  test("from an old snippet arrives with what the settings put in place of a new required field", async () => {
    const field = { name: "district", type: "text", label: { en: "District" } };
    const form = await journey.open({
      target: "nine",
      country: "EG",
      fields: "name phone district",
      definitions: JSON.stringify({ version: "of last year", fields: [field] }),
    });
    await form.type({ name: "Mona Adel", phone: "01012345678", x_district: "Maadi" });
    await form.submit();
    await form.enters("accepted");
    const [lead] = journey.vendors.sakneen.leads();
    assert.deepEqual(lead?.body, {
      name: "Mona Adel",
      phoneNumber: "+201012345678",
      secretdistrict: "Maadi",
      secretbudget: 777_777,
      secretrooms: "2",
      secretpurpose: "live",
    });
    await form.close();
  });
});
