/** The two aliases, for pages whose editor drops the element itself. */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { assert, deliver, equal, isSeen, until, visit } from "./host.ts";

describe("the div", () => {
  it("holds the form, and hides what stood in it", async () => {
    const { document, form } = await visit("aliases");
    const made = await form("#div > lead-form");
    assert(!isSeen(document.querySelector("#div a")), "the link is gone");
    equal(made.shadowRoot?.querySelector("[part=heading]")?.textContent, "Book a visit");
    await deliver(made);
  });

  it("says what a form says, but never where a lead or a visitor goes", async () => {
    const { form } = await visit("aliases");
    const made = await form("#div > lead-form");
    equal(made.getAttributeNames().toSorted(), [
      "country",
      "heading",
      "lang",
      "slot",
      "status",
      "target",
    ]);
    equal(new URL(made.endpoint).hostname, "127.0.0.1");
  });

  it("is found when it comes later, and is mounted once however it is moved and cloned", async () => {
    const { document, form } = await visit("aliases");
    await form("#div > lead-form");
    const holder = document.createElement("section");
    holder.innerHTML = `<p><span></span><div data-lead-form data-target="brainysoft" data-lang="ru"></div>`;
    document.body.append(holder);
    const later = await form("section lead-form");
    equal(later.target, "brainysoft");

    const div = document.querySelector("#div")!;
    holder.append(div);
    const clone = div.cloneNode(true) as Element;
    clone.id = "clone";
    document.body.prepend(clone);
    await form("#clone > lead-form");
    await form("#div > lead-form");
    // As a router does that keeps pages as text.
    const kept = document.body.innerHTML;
    document.body.innerHTML = "";
    document.body.innerHTML = kept;
    await deliver(await form("#clone > lead-form"));
    equal(document.querySelectorAll("div > lead-form").length, 3);
    equal(document.querySelectorAll("[data-lead-form] lead-form lead-form").length, 0);
  });
});

describe("a framework's page", () => {
  it("keeps its own nodes where it put them: it may remove any of them, and the form stays", async () => {
    const { document, form, errors } = await visit("aliases");
    const div = document.querySelector("#div")!;
    const own = div.querySelector("p")!;
    const text = document.createTextNode("Loading");
    div.prepend(text);
    const made = await form("#div > lead-form");
    await until(() => div.shadowRoot);
    equal([own.parentNode === div, text.parentNode === div], [true, true]);
    assert(!isSeen(own), "hidden meanwhile");
    // As React does with a conditional child: it throws where the node is not its child any more.
    div.removeChild(own);
    div.removeChild(text);
    div.insertBefore(document.createElement("p"), div.firstChild);
    await deliver(made);
    equal(errors, []);
  });

  it("hands over what was typed into its plain form before the script came", async () => {
    const { document, form } = await visit("aliases");
    const holder = document.createElement("div");
    holder.innerHTML = `<form><input name="name" value="Mona"><input name="phone" value="0101"></form>`;
    holder.dataset["leadForm"] = "";
    holder.dataset["target"] = "sakneen";
    holder.id = "plain";
    document.body.append(holder);
    const made = await form("#plain > lead-form");
    equal([made.values.name, made.values.phone], ["Mona", "0101"]);
  });
});

describe("the link", () => {
  const click = (link: Element, init: MouseEventInit = {}): MouseEvent => {
    const event = new MouseEvent("click", {
      bubbles: true,
      cancelable: true,
      composed: true,
      ...init,
    });
    link.dispatchEvent(event);
    return event;
  };

  const dialogOf = (form: LeadForm) => form.shadowRoot?.querySelector("dialog");

  /** The page, once a click opens a dialog. */
  const visitLink = async () => {
    const { document, errors, form, window } = await visit("aliases");
    const made = await form("#link + lead-form");
    const dialog = await until(() => dialogOf(made));
    return {
      document,
      errors,
      window,
      made,
      dialog,
      link: document.querySelector<HTMLElement>("#link")!,
    };
  };

  it("opens the form as a dialog that closes again, and stands where it stood", async () => {
    const { document, window, made, dialog, link } = await visitLink();
    const before = link.parentElement!.getBoundingClientRect();
    window.focus();
    link.focus();
    assert(click(link.firstElementChild!).defaultPrevented, "no other page");
    await until(() => dialog.open);
    const after = link.parentElement!.getBoundingClientRect();
    equal(
      [after.y, after.width, after.height],
      [before.y, before.width, before.height],
      "no shift",
    );
    await deliver(made);
    made.hide();
    await until(() => !dialog.open);
    equal(document.activeElement?.id, "link", "focus goes back");
    assert(isSeen(link), "the link is there");
  });

  it("opens the same form with what was typed, and takes it along when it is moved", async () => {
    const { document, made, dialog, link } = await visitLink();
    click(link);
    made.values = { name: "Mona" };
    await until(() => dialog.open);
    made.hide();
    await until(() => !dialog.open);
    click(link);
    await until(() => dialog.open);
    equal([document.querySelectorAll("#link ~ lead-form").length, made.values.name], [1, "Mona"]);
    made.hide();

    document.body.append(link);
    const anew = await until(() => link.nextElementSibling as LeadForm | null);
    await until(() => dialogOf(anew));
    assert(click(link).defaultPrevented, "opens there too");
    await until(() => dialogOf(anew)!.open);
  });

  it("is left to the browser where it is to open elsewhere, and to a page that takes the click", async () => {
    const { window, made, link } = await visitLink();
    // The frame must not go there: what is asked is whether the script let it.
    const left: boolean[] = [];
    window.addEventListener("click", (event) => {
      left.push(!event.defaultPrevented);
      event.preventDefault();
    });
    for (const key of ["ctrlKey", "metaKey", "shiftKey"]) click(link, { [key]: true });
    equal(left, [true, true, true]);
    link.addEventListener("click", (event) => event.preventDefault(), { once: true });
    click(link);
    equal(made.open, false);
  });

  it("has one form, whatever is put behind it, and however often", async () => {
    const { document, link } = await visitLink();
    for (let hover = 0; hover < 10; hover++) {
      const tooltip = document.createElement("span");
      tooltip.role = "tooltip";
      link.after(tooltip);
      await until(() => tooltip.isConnected);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (hover % 2) tooltip.remove();
    }
    equal(document.querySelectorAll("lead-form[presentation=dialog]").length, 1);
  });

  it("takes its form away when it goes, and has one again when it comes back", async () => {
    const { document, link, made } = await visitLink();
    const place = link.parentElement!;
    made.values = { name: "Mona" };
    for (let round = 0; round < 20; round++) {
      link.remove();
      await until(() => !made.isConnected);
      equal(document.querySelectorAll("lead-form[presentation=dialog]").length, 0);
      place.append(link);
      await until(() => made.isConnected);
    }
    equal(document.querySelectorAll("lead-form[presentation=dialog]").length, 1);
    equal(made.values.name, "Mona", "what was typed is still there");
  });

  it("is cloned with its form, which is not doubled", async () => {
    const { document, link } = await visitLink();
    const clone = link.parentElement!.cloneNode(true) as Element;
    link.parentElement!.after(clone);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    equal(clone.querySelectorAll("lead-form").length, 1);
    assert(click(clone.querySelector("a")!).defaultPrevented, "opens its own");
    await until(() => clone.querySelector<LeadForm>("lead-form")!.open);
    equal(document.querySelectorAll("lead-form[presentation=dialog]").length, 2);
  });

  it("throws nothing at a click that is told to the window, the document or a text", async () => {
    const { document, window, errors, link } = await visitLink();
    const text = document.createTextNode("x");
    link.before(text);
    for (const target of [window, document, text])
      target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    equal(errors, []);
  });

  it("leads to the hosted page where the part with the dialog does not come", async () => {
    const { document, form, window } = await visit("one-file");
    await form("lead-form");
    let left = false;
    window.addEventListener("click", (event) => {
      left = !event.defaultPrevented;
      event.preventDefault();
    });
    click(document.querySelector("a")!);
    assert(left, "the browser follows the link");
  });
});
