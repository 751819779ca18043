/** The recipes, as a marketer copies them: what the visitor chooses is what the vendor gets. */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { assert, controlOf, deliver, equal, type, until, visit } from "./host.ts";

/** The fields of the target's own come a moment after the others. */
const drawn = (form: LeadForm, name: string): Promise<HTMLInputElement> =>
  until(() => form.shadowRoot?.querySelector<HTMLInputElement>(`[name=${name}]`) ?? false);

/** A hidden field draws nothing: a visible one beside it shows that the definitions are there. */
const defined = async (form: LeadForm): Promise<void> => {
  const { fields } = form;
  form.fields = `${fields} rooms`;
  await drawn(form, "x_rooms");
  form.fields = fields;
};

const TODAY = new Date().toLocaleDateString("sv-SE");

describe("the recipe", () => {
  it("amount and term sends both as numbers, and what the settings add to them", async () => {
    const { form } = await visit("amount", "recipes");
    const made = await form();
    const slider = await drawn(made, "x_amount");
    await until(() => slider.value === "10000");
    type(made, { x_amount: "12000", x_term: "21" });
    const { target, body } = await deliver(made);
    equal(
      [target, body["amount"], body["period"], body["periodUnit"]],
      ["brainysoft", 12_000, 21, "DAYS"],
    );
  });

  it("unit sends the one that the visitor asked about", async () => {
    const { document, form } = await visit("unit", "recipes");
    const made = await form();
    await defined(made);
    document.querySelector<HTMLElement>("[data-unit='B-7']")!.click();
    await until(
      () => made.shadowRoot?.querySelector("[part=heading]")?.textContent === "Ask about B-7",
    );
    equal((await deliver(made)).body["unit"], "B-7");
  });

  it("unit takes it from a link too", async () => {
    const { form } = await visit("unit?unit=A-12", "recipes");
    const made = await form();
    await defined(made);
    equal((await deliver(made)).body["unit"], "A-12");
  });

  it("callback sends day and time, and offers no day that is gone", async () => {
    const { form } = await visit("callback", "recipes");
    const made = await form();
    equal((await drawn(made, "x_call_day")).min, TODAY);
    type(made, { x_call_day: TODAY, x_call_time: "12–15" });
    const { body } = await deliver(made);
    equal([body["callbackDay"], body["callbackTime"]], [TODAY, "12–15"]);
  });

  it("callback does not hold up a visitor without a wish", async () => {
    const { form } = await visit("callback", "recipes");
    const made = await form();
    await drawn(made, "x_call_day");
    const { body } = await deliver(made);
    assert(!("callbackDay" in body) && !("callbackTime" in body), JSON.stringify(body));
  });

  for (const [project, delivering] of [
    ["Palm Hills", "north"],
    ["Nile View", "sakneen"],
  ] as const)
    it(`project sends ${project} by the target ${delivering}`, async () => {
      const { form } = await visit("project", "recipes");
      const made = await form();
      equal(controlOf(made, "project").localName, "select");
      type(made, { project });
      const { target, body } = await deliver(made);
      equal([target, Object.values(body).includes(project)], [delivering, true]);
    });

  it("ids sends what address and cookie hold", async () => {
    // eslint-disable-next-line unicorn/no-document-cookie -- there is no other way in every engine
    document.cookie = "visitor_id=v-77; path=/recipes";
    const { form } = await visit("ids?campaign_id=42", "recipes");
    const made = await form();
    await defined(made);
    const { body } = await deliver(made);
    equal([body["campaignId"], body["visitorId"]], ["42", "v-77"]);
  });
});
