/** The script however it is pasted, combined, delayed or doubled. */
import { assert, controlOf, deliver, equal, isSeen, until, visit } from "./host.ts";

describe("the script", () => {
  for (const page of ["classic", "module", "opt-outs", "clobbered", "base", "old-libraries"])
    it(`works on the page "${page}"`, async () => {
      const { form, errors } = await visit(page);
      await deliver(await form());
      equal(errors, []);
    });

  it("leaves a combined file whole, and is left whole by it", async () => {
    const { form, window } = await visit("combined");
    await deliver(await form());
    equal(Reflect.get(window, "last"), 1);
    equal(typeof Reflect.get(window, "first"), "function");
  });

  it("offers nothing to a module loader of the page, and no global", async () => {
    const { form, window } = await visit("old-libraries");
    await form();
    equal(Reflect.get(window, "taken"), undefined);
    equal(Object.keys(Reflect.get(window, "module").exports), []);
    const fresh = document.createElement("iframe");
    document.body.append(fresh);
    const usual = new Set(Object.getOwnPropertyNames(fresh.contentWindow));
    fresh.remove();
    const { form: plain, window: host } = await visit("classic");
    await plain();
    const more = Object.getOwnPropertyNames(host).filter((name) => !usual.has(name));
    // A frame of numbers is the frame's own.
    equal(
      more.filter((name) => /lit|lead/i.test(name)),
      [],
    );
  });

  it("may be there three times, in two versions, with one form each", async () => {
    const { document, form, errors } = await visit("twice");
    await deliver(await form());
    await deliver(await form("div > lead-form"));
    equal(document.querySelectorAll("lead-form").length, 2);
    equal(errors, []);
  });

  it("works when it is run at the first touch of a page that says it is loading", async () => {
    const { document, form } = await visit("delayed");
    const link = document.querySelector("a");
    assert(isSeen(link), "the link is there meanwhile");
    document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    await deliver(await form("div > lead-form"));
    assert(!isSeen(link), "the link is gone");
  });

  it("keeps its letters on a page in windows-1251", async () => {
    const { form, document } = await visit("windows-1251");
    equal(document.characterSet, "windows-1251");
    const text = (await form()).shadowRoot?.querySelector("h2")?.textContent;
    equal(text, "Заказать звонок");
    await deliver(await form());
  });

  it("that does not come leaves what stands in the element and in its aliases", async () => {
    const { document } = await visit("blocked");
    const links = [...document.querySelectorAll("a")];
    equal(links.map(isSeen), [true, true, true]);
  });

  it("takes over a plain form with what was typed into it, and the caret", async () => {
    const { document, form, window } = await visit("late");
    const plain = document.querySelector("form")!;
    const [name, phone] = [...plain.querySelectorAll<HTMLInputElement>("label input")];
    assert(isSeen(plain), "the plain form can be used meanwhile");
    name!.value = "Mona Adel";
    window.focus();
    phone!.focus();
    phone!.value = "0101";
    Reflect.get(window, "load")();
    const late = await form();
    equal([controlOf(late, "name").value, controlOf(late, "phone").value], ["Mona Adel", "0101"]);
    await until(() => late.shadowRoot?.activeElement === controlOf(late, "phone"));
    assert(!isSeen(plain), "the plain form is gone");
    equal(Object.keys(late.values).toSorted(), ["name", "phone"]);
    await deliver(late);
  });
});
