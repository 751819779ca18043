import { essentials } from "../../widget/lazy/essentials.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  focused,
  has,
  mount,
  press,
  problem,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

describe("checking what was typed", () => {
  it("says nothing before the first submit about what is still empty", async () => {
    const { form, events } = await mount();
    await type(form, "name", "");
    await type(form, "phone", "");
    assert(!has(form, "[part=error]"), "no error");
    equal(
      events.map(([name]) => name),
      ["ready"],
    );
  });

  it("asks for what is missing in a focused summary and at each field, and sends nothing", async () => {
    const sent = answer(created);
    const { form, events } = await mount();
    await press(form);
    await until(() => focused(form) === "summary");
    equal(events.at(-1), ["invalid", { fields: { name: "name_missing", phone: "phone_missing" } }]);
    equal(textOf(form, "#t-summary"), "Check these details");
    equal(textOf(form, "#summary ul"), "Enter your full name Enter your phone number");
    equal(textOf(form, "#e-name"), "Error: Enter your full name");
    const name = find(form, "#f-name");
    equal(name.getAttribute("aria-invalid"), "true");
    assert(name.getAttribute("aria-describedby")!.includes("e-name"), "described by its error");
    equal([form.status, sent.length], ["idle", 0]);
  });

  it("leads from the summary to a field without touching the address", async () => {
    const { form } = await mount();
    const before = location.href;
    await press(form);
    await until(() => has(form, "#summary a"));
    find(form, "#summary a[href='#f-phone']").click();
    await until(() => focused(form) === "f-phone");
    equal(location.href, before);
  });

  it("takes a message away the moment it is right, and keeps the list of the summary still", async () => {
    const { form } = await mount();
    await press(form);
    await type(form, "name", "M");
    assert(!has(form, "#e-name"), "no error at the name");
    assert(has(form, "#e-phone"), "the other stays");
    equal(find(form, "#summary li").className, "done");
  });

  it("looks at an e-mail address when it is left, and not while it is typed", async () => {
    const { form } = await mount();
    const field = find<HTMLInputElement>(form, "#f-email");
    field.focus();
    field.value = "mona@";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await form.updateComplete;
    assert(!has(form, "#e-email"), "not yet");
    field.blur();
    await form.updateComplete;
    equal(textOf(form, "#e-email"), "Error: Type it like name@example.com");
    assert(!has(form, "#summary"), "no summary before a submit");
  });

  it("finds the same slips in an address without the essentials", async () => {
    essentials.part = undefined;
    essentials.fetch = () => Promise.reject(new TypeError("404"));
    const { form } = await mount();
    await fillIn(form);
    await type(form, "email", "mona@example");
    await press(form);
    equal(form.checkValidity(), false);
  });

  it("puts what the proxy finds in the same places, in the visitor's language", async () => {
    answer(() =>
      problem(422, "invalid", { fields: { name: "name_too_long", phone: "phone_not_mobile" } }),
    );
    const { form, events } = await mount({ lang: "ru" });
    await fillIn(form);
    await submit(form);
    equal(form.status, "idle");
    equal(
      events.slice(-2).map(([name]) => name),
      ["submit", "invalid"],
    );
    equal(textOf(form, "#e-phone"), "Ошибка: Введите мобильный номер");
    equal(focused(form), "summary");
    equal(find<HTMLInputElement>(form, "#f-phone").value, "01012345678", "kept");
  });

  it("asks once about an unlikely number, and then believes the visitor", async () => {
    const sent = answer(created);
    const { form, events } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "0101234567");
    assert(!has(form, "#e-phone"), "not while typing");
    await press(form);
    equal(events.at(-1), ["invalid", { fields: { phone: "phone_unlikely" } }]);
    equal(textOf(form, "#e-phone"), "Error: Is +20 10 123 4567 right? Correct it or send it again");
    await submit(form);
    equal(sent[0]!.body.get("phone_confirmed"), "1");
  });

  it("asks again when the unlikely number is another one", async () => {
    const sent = answer(created);
    const { form } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "0101234567");
    await press(form);
    await type(form, "phone", "0101234568");
    await press(form);
    equal(sent.length, 0, "requests");
  });

  it("confirms a number that only the proxy doubts", async () => {
    const sent = answer((s, count) =>
      count === 1 ? problem(422, "invalid", { fields: { phone: "phone_unlikely" } }) : created(s),
    );
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal(form.status, "idle");
    await submit(form);
    equal(
      sent.map(({ body }) => body.get("phone_confirmed")),
      [null, "1"],
    );
    assert(sent[0]!.body.get("id") !== sent[1]!.body.get("id"), "other content, other id");
  });

  it("answers checkValidity without showing anything, and reportValidity by showing it", async () => {
    const { form, events } = await mount();
    equal(form.checkValidity(), false);
    await form.updateComplete;
    assert(!has(form, "#summary"), "nothing shown");
    equal(form.reportValidity(), false);
    await until(() => focused(form) === "summary");
    equal(events.at(-1)![0], "invalid");
    await fillIn(form);
    equal([form.checkValidity(), form.reportValidity()], [true, true]);
  });

  for (const attributes of [
    { consent: "checkbox" },
    { consent: "optional", required: "name phone consent" },
  ])
    it(`asks for a consent and never ticks it by itself: ${JSON.stringify(attributes)}`, async () => {
      const sent = answer(created);
      const { form, events } = await mount({
        ...attributes,
        "consent-version": "2026-11",
        "privacy-url": "https://example.com/privacy",
      });
      const box = find<HTMLInputElement>(form, "#f-consent");
      equal([box.checked, box.getAttribute("aria-required")], [false, "true"]);
      equal(find<HTMLAnchorElement>(form, "[part=consent] a").target, "_blank");
      await type(form, "name", "Mona Adel");
      await type(form, "phone", "01012345678");
      await press(form);
      equal(events.at(-1), ["invalid", { fields: { consent: "consent_missing" } }]);
      equal(sent.length, 0, "nothing goes out unticked");
      box.click();
      await form.updateComplete;
      assert(!has(form, "#e-consent"), "gone");
      await submit(form);
      const { body } = sent[0]!;
      equal([body.get("consent"), body.get("consent_version")], ["1", "2026-11"]);
    });

  it("lets an optional consent stay unticked, and says that it is optional", async () => {
    const sent = answer(created);
    const { form } = await mount({ consent: "optional" });
    assert(textOf(form, ".tick").includes("(optional)"), "said");
    equal(find(form, "#f-consent").getAttribute("aria-required"), null);
    await type(form, "name", "Mona Adel");
    await type(form, "phone", "01012345678");
    await submit(form);
    equal([form.status, sent[0]!.body.get("consent")], ["accepted", null]);
  });

  it("links no address that could run a script", async () => {
    const { form } = await mount({ consent: "notice", "privacy-url": "javascript:alert(1)" });
    assert(!has(form, "[part=consent] a"), "no link");
  });

  it("offers the projects of the page, and sends the chosen one", async () => {
    const sent = answer(created);
    const { form, events } = await mount({
      projects: "Downtown Tower, Sea View",
      required: "name phone project",
    });
    const select = find<HTMLSelectElement>(form, "#f-project");
    equal(
      [...select.options].map(({ text }) => text),
      ["Choose", "Downtown Tower", "Sea View"],
    );
    await fillIn(form);
    await press(form);
    equal(events.at(-1), ["invalid", { fields: { project: "project_missing" } }]);
    select.value = "Sea View";
    select.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await submit(form);
    equal(sent[0]!.body.get("project"), "Sea View");
  });

  it("passes the honeypot on as it is", async () => {
    const sent = answer(created);
    const { form, events } = await mount();
    const trap = find<HTMLInputElement>(form, "[name=lf_hp]");
    trap.value = "spam";
    trap.dispatchEvent(new InputEvent("input", { bubbles: true }));
    assert(!events.some(([name]) => name === "start"), "no start for a machine's field");
    await fillIn(form);
    await submit(form);
    equal(sent[0]!.body.get("lf_hp"), "spam");
  });
});
