/** What must not move, be lost or be pressed twice while a visitor fills the form in. */
import { essentials } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  forget,
  has,
  holdTimers,
  mount,
  noConnection,
  press,
  problem,
  restores,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

const input = (form: Element, name: string) =>
  form.shadowRoot!.querySelector<HTMLInputElement>(`[name=${name}]`)!;

describe("a value", () => {
  it("that was filled in without any event is kept, whatever is typed elsewhere", async () => {
    const sent = answer(created);
    const { form } = await mount();
    await type(form, "name", "M");
    input(form, "name").value = "Mona Adel";
    await type(form, "phone", "01012345678");
    input(form, "email").value = "mona@example.com";
    await form.updateComplete;
    equal(input(form, "name").value, "Mona Adel");
    form.heading = "Drawn again";
    await form.updateComplete;
    equal([form.values.name, form.values.email], ["Mona Adel", "mona@example.com"]);
    await submit(form);
    const { body } = sent[0]!;
    equal([body.get("name"), body.get("email")], ["Mona Adel", "mona@example.com"]);
  });

  it("that came with a change only is kept", async () => {
    const { form } = await mount();
    await type(form, "name", "Mona");
    input(form, "name").value = "Mona Adel";
    input(form, "name").dispatchEvent(new Event("change", { bubbles: true }));
    await type(form, "phone", "0101");
    equal(form.values.name, "Mona Adel");
  });

  it("that a page sets may be a number", async () => {
    const { form } = await mount();
    form.values = { phone: 201001234567 as never };
    await form.updateComplete;
    equal([input(form, "phone").value, form.values.phone], ["201001234567", "201001234567"]);
    equal(textOf(form, "#h-phone"), "We will call +20 100 123 4567");
  });

  for (const [lang, heading] of [
    ["ar_EG", "اطلب مكالمة"],
    ["ru_RU", "Заказать звонок"],
    ["ru-KZ", "Заказать звонок"],
    ["AR", "اطلب مكالمة"],
    ["en_GB", "Request a call"],
  ] as const)
    it(`of lang may be written ${lang}`, async () => {
      const { form } = await mount({ lang });
      equal(textOf(form, "h2"), heading);
    });
});

describe("nothing moves", () => {
  const top = (form: Element) =>
    form.shadowRoot!.querySelector("[part=submit]")!.getBoundingClientRect().top;

  for (const lang of ["en", "ar", "ru"])
    for (const width of [256, 320, 480])
      it(`from the first key to the press, with a mistake on the way: ${lang}, ${width} pixels`, async () => {
        const holder = document.createElement("div");
        holder.style.width = `${width}px`;
        document.body.append(holder);
        restores.push(() => holder.remove());
        const { form } = await mount({ lang }, holder);
        const row = () => find(form, "#f-phone").getBoundingClientRect().width;
        const before = [top(form), row()];
        for (const [name, text] of [
          ["name", "Mona Adel"],
          ["phone", "01"],
          ["phone", "+971501234567"],
          ["phone", "01012345678"],
          ["email", "mona"],
          ["email", "mona@example.com"],
        ] as const) {
          await type(form, name, text);
          equal([top(form), row()], before, `${name}: ${text}`);
        }
      });

  for (const width of [256, 320, 480])
    it(`when the parts arrive: the picker's place and the hint's line are kept, ${width} pixels`, async () => {
      const holder = document.createElement("div");
      holder.style.width = `${width}px`;
      document.body.append(holder);
      restores.push(() => holder.remove());
      const loaded = [essentials.part, extras.part] as const;
      essentials.part = extras.part = undefined;
      const { form } = await mount({ theme: "estate" }, holder);
      const row = () => find(form, "#f-phone").getBoundingClientRect().width;
      const before = [top(form), row()];
      [essentials.part, extras.part] = loaded;
      form.requestUpdate();
      await form.updateComplete;
      equal([top(form), row()], before);
    });

  for (const [theme, light] of [
    ["estate", "rgb(122, 79, 23)"],
    ["fintech", "rgb(0, 112, 79)"],
    ["ink", "rgb(255, 255, 255)"],
  ] as const)
    it(`and no colour changes: ${theme} has its own from the first paint`, async () => {
      forget(essentials);
      forget(extras);
      const { form } = await mount({ theme, scheme: "light" });
      equal(getComputedStyle(find(form, "[part=submit]")).backgroundColor, light);
    });
});

describe("a press", () => {
  it("is not lost to a mistake in the field before it", async () => {
    const { form, events } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "01012345678");
    const email = input(form, "email");
    email.focus();
    email.value = "mona";
    email.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await form.updateComplete;
    const button = find(form, "[part=submit]");
    const { x, y, width, height } = button.getBoundingClientRect();
    button.focus();
    await form.updateComplete;
    const under = form.shadowRoot!.elementFromPoint(x + width / 2, y + height / 2);
    assert(under && button.contains(under), "the button is where it was");
    await press(form);
    equal(events.at(-1), ["invalid", { fields: { email: "email_invalid" } }]);
  });

  it("on focus() moves the focus before it returns, and so does Send another request", async () => {
    answer(created);
    const { form } = await mount();
    form.heading = "Not drawn yet";
    form.focus();
    equal(form.shadowRoot!.activeElement?.id, "f-name");
    await fillIn(form);
    await submit(form);
    find(form, "#success .link").click();
    equal(form.shadowRoot!.activeElement?.id, "f-name");
  });
});

describe("a clock that jumps", () => {
  it("leaves a wait as long as it was", async () => {
    answer(() => problem(429, "rate_limited", { retry_after: 6 }));
    const timers = holdTimers();
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    const { now } = Date;
    restores.push(() => (Date.now = now));
    for (const hours of [-24, 24]) {
      Date.now = () => now() + hours * 3_600_000;
      timers.fire(1000);
      await form.updateComplete;
      const seconds = Number(/in: (\d+) seconds/.exec(textOf(form, "#d-failure"))?.[1]);
      assert(seconds > 3 && seconds <= 6, textOf(form, "#d-failure"));
    }
  });
});

describe("a browser that says it is offline", () => {
  const lie = () => {
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    restores.push(() => Reflect.deleteProperty(navigator, "onLine"));
  };

  it("is tried once before it is believed", async () => {
    lie();
    const sent = answer(created);
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal([form.status, sent.length], ["accepted", 1]);
  });

  it("is waited for, with the phone number to call meanwhile", async () => {
    lie();
    answer(noConnection);
    const { form } = await mount({ "contact-phone": "+20 2 1234567" });
    await fillIn(form);
    await press(form);
    await until(() => form.status === "offline");
    await form.updateComplete;
    equal(find<HTMLAnchorElement>(form, "[part=status] a").href, "tel:+2021234567");
  });
});

describe("the proof of work", () => {
  const slowly = () => {
    let finish: (stamp: string) => void = () => {};
    let asked = 0;
    essentials.part = {
      ...essentials.part!,
      solveStamp: () => {
        asked++;
        return new Promise((resolve) => (finish = resolve));
      },
    };
    return { finish: (stamp: string) => finish(stamp), asked: () => asked };
  };

  it("holds a lead back for three tenths of a second at most", async () => {
    slowly();
    const sent = answer(created);
    const { form } = await mount();
    await fillIn(form);
    const start = performance.now();
    await press(form);
    await until(() => sent.length === 1);
    const took = performance.now() - start;
    assert(took < 2000, `${took} ms`);
    equal(sent[0]!.body.get("stamp"), null);
  });

  it("is waited for where the proxy asks for it, which is said, and the lead goes out by itself", async () => {
    const work = slowly();
    const sent = answer((one, count) =>
      count === 1 ? problem(403, "stamp_refused") : created(one),
    );
    const { form, events } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => textOf(form, "[role=status]") === "Still sending. This takes a moment.");
    assert(!find(form, "[part=status]").classList.contains("sr"), "it can be seen");
    await until(() => work.asked() === 2);
    equal(sent.length, 1, "not before it is done");
    work.finish("1.2");
    await until(() => form.status === "accepted");
    equal(sent[1]!.body.get("stamp"), "1.2");
    assert(sent[1]!.body.get("id") !== sent[0]!.body.get("id"), "a burnt id is not used again");
    equal(events.filter(([name]) => name === "error").length, 0);
  });

  it("is asked for after a retry too, and that is shown", async () => {
    const work = slowly();
    const timers = holdTimers();
    const sent = answer((one, count) =>
      count === 1
        ? problem(503, "unavailable")
        : count === 2
          ? problem(403, "stamp_refused")
          : created(one),
    );
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => timers.waiting.some((ms) => ms < 2000));
    timers.fire(2000);
    await until(() => sent.length === 2 && work.asked() === 2);
    await form.updateComplete;
    equal(textOf(form, "[role=status]"), "Still sending. This takes a moment.");
    work.finish("1.2");
    await until(() => form.status === "accepted");
  });

  it("that is refused again is shown as any refusal", async () => {
    answer(() => problem(403, "stamp_refused"));
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal(form.status, "error");
    assert(has(form, "#failure"), "told");
  });
});
