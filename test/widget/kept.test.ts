/** What was typed, and what was sent, stays what it was: whatever the page does with the form meanwhile. */
import { essentials } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import { LeadForm } from "../../widget/element/lead-form.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  forget,
  has,
  mount,
  press,
  problem,
  restores,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

const valueOf = (form: LeadForm, name: string): string =>
  find<HTMLInputElement>(form, `#f-${name}`).value;

const goOffline = (): void => {
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  restores.push(() => Reflect.deleteProperty(navigator, "onLine"));
};

/** What a visitor's press on the list does before it opens. */
const openCountries = (form: LeadForm): HTMLSelectElement => {
  const select = find<HTMLSelectElement>(form, "select[name=country]");
  select.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  return select;
};

describe("a lead that was submitted", () => {
  it("is sent though the page removes its form at once", async () => {
    const sent = answer(created);
    const { form } = await mount();
    await fillIn(form);
    form.addEventListener("lead-form-submit", () => form.remove());
    await press(form);
    await until(() => form.status === "accepted");
    equal(sent.length, 1);
  });

  it("is thanked for with the number that was sent, whatever was typed since", async () => {
    let reply: (response: Response) => void = () => {};
    const sent = answer(() => new Promise((resolve) => (reply = resolve)));
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => sent.length === 1);
    await type(form, "phone", "01122233344");
    reply(created(sent[0]!));
    await until(() => form.status === "accepted");
    await form.updateComplete;
    assert(textOf(form, "#success").includes("+20 101 234 5678"), textOf(form, "#success"));
  });

  it("ends its wait for a connection that was lost while its form was away", async () => {
    let fail = () => {};
    const sent = answer(
      () => new Promise((_, reject) => (fail = () => reject(new TypeError("lost")))),
    );
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => sent.length === 1);
    const place = form.parentElement!;
    form.remove();
    await Promise.resolve();
    goOffline();
    fail();
    place.append(form);
    await until(() => form.status === "idle");
    equal(form.values.name, "Mona Adel");
  });

  it("does not come back into the form that is moved after it", async () => {
    answer(created);
    const { form } = await mount({}, document.body, (element) => {
      element.innerHTML = '<form><input name="name" value="Plain"></form>';
    });
    equal(form.values.name, "Plain");
    await fillIn(form);
    await submit(form);
    form.reset();
    document.body.prepend(form);
    await form.updateComplete;
    equal(form.values.name, undefined);
  });
});

describe("a value", () => {
  it("that is set is there for a check at once", async () => {
    const { form } = await mount();
    form.values = { name: "Mona Adel", phone: "01012345678" };
    equal(form.checkValidity(), true);
    equal([form.values.name, valueOf(form, "name")], ["Mona Adel", "Mona Adel"]);
  });

  it("stays in its field when the page changes the list of fields", async () => {
    const { form } = await mount({ fields: "name phone" });
    await type(form, "name", "Ann");
    form.fields = "email name phone";
    await form.updateComplete;
    equal([valueOf(form, "email"), valueOf(form, "name")], ["", "Ann"]);
    form.fields = "name phone";
    await form.updateComplete;
    equal(valueOf(form, "name"), "Ann");
  });

  it("survives texts and values that are none", async () => {
    const { form } = await mount();
    await type(form, "name", "Ann");
    form.messages = undefined as never;
    form.values = { phone: null as never };
    form.heading = "Call me";
    await form.updateComplete;
    equal(find(form, "h2").textContent, "Call me");
    equal(form.values.name, "Ann");
  });
});

describe("a message at a field", () => {
  it("stays while the visitor passes through, so that the button does not move away", async () => {
    answer(() => problem(422, "invalid", { fields: { phone: "phone_not_mobile" } }));
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    const phone = find<HTMLInputElement>(form, "#f-phone");
    phone.focus();
    phone.blur();
    await form.updateComplete;
    assert(has(form, "#e-phone"), "gone without a change");
    await type(form, "phone", "01112345678");
    assert(!has(form, "#e-phone"), "stays after a change");
  });

  it("of an unlikely number is no longer one for reportValidity, once it was asked", async () => {
    const { form } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "0101234567");
    equal(
      [form.reportValidity(), form.reportValidity(), form.checkValidity()],
      [false, true, true],
    );
  });
});

describe("an address", () => {
  it("of the endpoint may end with a slash", async () => {
    const sent = answer(created);
    const asked: string[] = [];
    essentials.fetch = extras.fetch = async (address) => {
      asked.push(address);
      throw new Error("not here");
    };
    forget(extras);
    forget(essentials);
    const { form } = await mount({
      endpoint: "https://leads.example.com/",
      presentation: "dialog",
    });
    await fillIn(form);
    await submit(form);
    equal(sent[0]!.url, "https://leads.example.com/v1/leads");
    // Of a build: nothing is asked at the endpoint.
    const known = ["extras", "phone"].map((part) => `${LeadForm.partsOrigin}/lead-form-${part}.js`);
    assert(asked.length > 0, "parts were asked for");
    equal(
      asked.filter((address) => !known.includes(address)),
      [],
    );
  });

  it("of the page that the visitor came to is kept for a later page of the visit", async () => {
    const address = location.href;
    history.replaceState(null, "", "?utm_source=news");
    restores.push(() => {
      history.replaceState(null, "", address);
      sessionStorage.clear();
    });
    await mount({ attribution: "session" });
    history.replaceState(null, "", address);
    const sent = answer(created);
    const { form } = await mount({ attribution: "session" });
    await fillIn(form);
    await submit(form);
    equal(sent[0]!.body.get("utm_source"), "news");
  });
});

describe("the list of countries", () => {
  for (const lang of ["en_US", "ar_EG"])
    it(`is complete on a page whose language is written ${lang}`, async () => {
      const holder = document.createElement("div");
      holder.lang = lang;
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({}, holder, (element) => element.removeAttribute("lang"));
      assert(openCountries(form).options.length > 200, "incomplete");
    });

  it("leaves out nothing for a code that is none", async () => {
    const { form } = await mount({ countries: "EG Egypt RU" });
    equal(
      [...openCountries(form).options].map(({ value }) => value),
      ["EG", "EGYPT", "RU"],
    );
  });
});

it("a conversion is reported once for a lead that is answered with the same receipt again", async () => {
  const page = window as unknown as { keptLayer?: { event: string }[] };
  restores.push(() => delete page.keptLayer);
  const receipt = "6f1c9c3e-0000-4000-8000-000000000000";
  answer(() => Response.json({ receipt, status: "created" }, { status: 201 }));
  const { form } = await mount({ "data-layer": "keptLayer" });
  for (const again of [false, true]) {
    if (again) await press(form, "#success button");
    await fillIn(form);
    await submit(form);
  }
  equal(page.keptLayer?.filter(({ event }) => event === "generate_lead").length, 1);
});
