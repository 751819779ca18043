/** What the page around a form may do to it, and what it may not. */
import { assert, equal, find, mount, press, restores, RICH, type } from "./harness.ts";

describe("a hostile page", () => {
  const hostile = (css: string) => {
    const sheet = document.createElement("style");
    sheet.textContent = css;
    document.head.append(sheet);
    restores.push(() => sheet.remove());
  };

  it("does not reach inside: sizes, colours and cases stay as they are", async () => {
    const { form } = await mount();
    const look = () => {
      const { fontSize, lineHeight, color, letterSpacing, textTransform, textIndent } =
        getComputedStyle(find(form, "[part=label]"));
      const { width, height } = find(form, "#f-email").getBoundingClientRect();
      return [fontSize, lineHeight, color, letterSpacing, textTransform, textIndent, width, height];
    };
    const before = look();
    hostile(
      "html{font-size:62.5%} * {letter-spacing:5px!important;box-sizing:content-box!important} input,label{border:9px solid red!important} lead-form{font-size:9px} body{font-size:9px;color:red;text-transform:uppercase;text-indent:-99px;line-height:3;-webkit-text-fill-color:red}",
    );
    equal(look(), before);
  });

  it("leaves the form in reach at 320 pixels, with nothing cut off", async () => {
    for (const lang of ["en", "ar", "ru"]) {
      const holder = document.createElement("div");
      holder.style.width = "320px";
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({ lang, ...RICH }, holder);
      await press(form);
      assert(find(form, ".base").scrollWidth <= 320, `${lang}: ${find(form, ".base").scrollWidth}`);
    }
  });

  it("shows a whole phone number beside the country at 288 pixels", async () => {
    for (const lang of ["en", "ar"]) {
      const holder = document.createElement("div");
      holder.style.width = "288px";
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({ lang }, holder);
      await type(form, "phone", "+20 100 123 4567");
      const field = find<HTMLInputElement>(form, "#f-phone");
      assert(
        field.scrollWidth <= field.clientWidth,
        `${lang}: ${field.scrollWidth} in ${field.clientWidth}`,
      );
    }
  });

  it("stands in two columns where the page gives it the room", async () => {
    const { form } = await mount();
    form.style.maxWidth = "60em";
    const [name, phone] = [find(form, "#f-name"), find(form, "#f-phone")];
    const wide = innerWidth >= 640;
    const apart = phone.getBoundingClientRect().top - name.getBoundingClientRect().top;
    equal(Math.abs(apart) < 9, wide, `${apart} pixels apart`);
  });

  it("gives every target at least 24 pixels, and the controls 44", async () => {
    const { form } = await mount(RICH);
    await press(form);
    for (const control of form.shadowRoot!.querySelectorAll(".input, .submit, .country"))
      assert(
        control.getBoundingClientRect().height >= (control.id === "f-consent" ? 24 : 44),
        control.outerHTML,
      );
    for (const link of form.shadowRoot!.querySelectorAll("#summary a"))
      assert(link.getBoundingClientRect().height >= 24, link.outerHTML);
  });
});
