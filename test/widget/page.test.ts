/** What the page around a form may do to it, and what it may not. */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  mount,
  press,
  restores,
  RICH,
  submit,
  type,
  until,
} from "./harness.ts";

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

  it("leaves the form in reach at 320 pixels, and at 256, with nothing cut off", async () => {
    for (const [lang, width] of ["en", "ar", "ru"].flatMap((each) => [
      [each, 320] as const,
      [each, 256] as const,
    ])) {
      const holder = document.createElement("div");
      holder.style.width = `${width}px`;
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({ lang, ...RICH }, holder);
      await press(form);
      const { scrollWidth } = find(form, ".base");
      assert(scrollWidth <= width, `${lang}: ${scrollWidth} in ${width}`);
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
    const tall = (form: LeadForm, selector: string, least: number) => {
      const targets = form.shadowRoot!.querySelectorAll(selector);
      assert(targets.length > 0, `no ${selector}`);
      for (const target of targets) {
        const { height, width } = target.getBoundingClientRect();
        assert(Math.min(height, width) >= least, `${selector}: ${width} by ${height}`);
      }
    };
    const { form } = await mount(RICH);
    await press(form);
    for (const control of [".input", ".submit", ".country", ".country select"])
      tall(form, control, 44);
    for (const target of ["#f-consent", "#summary a", "[part=consent] a"]) tall(form, target, 24);
    answer(created);
    await fillIn(form);
    await submit(form);
    tall(form, "#success .link", 24);
    const dialog = await mount({ presentation: "dialog", open: "" });
    await until(() => find<HTMLDialogElement>(dialog.form, "dialog").open);
    tall(dialog.form, ".close", 44);
  });
});
