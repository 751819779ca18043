/** Places that a form is put into: other forms, dialogs, shadow trees, pages in two languages. */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { assert, deliver, equal, until, visit } from "./host.ts";

describe("a form", () => {
  it("within the page's own form sends itself, and nothing of it is sent with that form", async () => {
    const { document, form, window } = await visit("nested");
    const inner = await form("#in-form");
    const own = document.querySelector<HTMLFormElement>("#own")!;
    let submits = 0;
    own.addEventListener("submit", () => submits++);
    await deliver(inner);
    equal(submits, 0);
    equal([...new window.FormData(own).keys()], ["q"]);
    const before = document.querySelector<HTMLInputElement>("[name=q]")!.value;
    inner.reset();
    equal(document.querySelector<HTMLInputElement>("[name=q]")!.value, before);
  });

  it("within a closed dialog of the page is ready when that opens", async () => {
    const { document, form } = await visit("nested");
    const inner = await form("#in-dialog");
    document.querySelector("dialog")!.showModal();
    await deliver(inner);
  });

  it("within a shadow tree of the page works", async () => {
    const { document } = await visit("nested");
    const root = document.querySelector("#host")!.shadowRoot!;
    const inner = await until(() => {
      const found = root.querySelector<LeadForm>("lead-form");
      return found?.shadowRoot?.querySelector("form") && found;
    });
    await deliver(inner);
  });

  it("speaks its own language beside another's, and follows the page", async () => {
    const { document, form } = await visit("languages");
    const heading = (of: LeadForm) => of.shadowRoot?.querySelector("[part=heading]")?.textContent;
    const [follows, arabic, russian] = [
      await form("#follows"),
      await form("#arabic"),
      await form("[data-lead-form] lead-form"),
    ];
    equal(
      [heading(follows), heading(arabic), heading(russian)],
      ["Request a call", "اطلب مكالمة", "Заказать звонок"],
    );
    // A visitor who has begun has the essentials, which watch the language.
    follows.shadowRoot?.querySelector("input")?.focus();
    await until(() => {
      document.documentElement.lang = document.documentElement.lang === "ru" ? "ar" : "ru";
      return heading(follows) !== "Request a call";
    });
    assert(/[а-яء-ي]/i.test(heading(follows) ?? ""), "another script");
    equal(heading(russian), "Заказать звонок");
  });

  it("that is moved about keeps what was typed", async () => {
    const { document, form } = await visit("classic");
    const moved = await form();
    moved.values = { name: "Mona Adel" };
    const holder = document.createElement("section");
    document.body.prepend(holder);
    holder.append(moved);
    await moved.updateComplete;
    equal(moved.values.name, "Mona Adel");
    await deliver(moved);
  });

  it("that is cloned or kept as text is a form of its own, and empty", async () => {
    const { document, form } = await visit("classic");
    const first = await form();
    first.values = { name: "Mona Adel" };
    await first.updateComplete;
    const clone = first.cloneNode(true) as LeadForm;
    clone.id = "clone";
    document.body.append(clone);
    equal((await form("#clone")).values.name ?? "", "");
    const text = document.body.innerHTML;
    assert(!text.includes("Mona"), "nothing typed is in the page's own markup");
    document.body.innerHTML = text;
    await deliver(await form("#clone"));
  });
});
