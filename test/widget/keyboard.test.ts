import { sendKeys } from "@web/test-runner-commands";
import { answer, created, equal, find, focused, mount, restores, until } from "./harness.ts";

const press = (key: string) => sendKeys({ press: key });
const write = (text: string) => sendKeys({ type: text });

describe("a visitor with a keyboard only", function () {
  // Each key goes through the runner's server and the engine's driver.
  this.timeout(30_000);

  it("fills in, is led to what is missing, and sends, from the field before to the thanks", async () => {
    const sent = answer(created);
    const before = document.createElement("input");
    document.body.append(before);
    restores.push(() => before.remove());
    const { form } = await mount({ fields: "name phone" });
    before.focus();
    await press("Tab");
    equal(focused(form), "f-name");
    await press("Enter");
    await until(() => focused(form) === "summary");
    await press("Tab");
    await press("Enter");
    await until(() => focused(form) === "f-name");
    await write("Mona Adel");
    await press("Tab");
    equal(focused(form), "f-phone");
    await write("+20 101 234 5678");
    await press("Tab");
    equal(form.shadowRoot!.activeElement?.getAttribute("name"), "country");
    await press("Tab");
    equal(form.shadowRoot!.activeElement?.getAttribute("part"), "submit");
    await press("Enter");
    await until(() => focused(form) === "success");
    equal(sent.length, 1, "requests");
    equal(sent[0]!.body.get("phone"), "+20 101 234 5678");
    await press("Tab");
    await press("Enter");
    await until(() => focused(form) === "f-name");
  });

  it("types into the middle of a field without the caret being moved", async () => {
    const { form } = await mount();
    const field = find<HTMLInputElement>(form, "#f-phone");
    field.focus();
    await write("010345678");
    field.setSelectionRange(3, 3);
    await write("12");
    equal([field.value, field.selectionStart], ["01012345678", 5]);
  });

  it("leaves the dialog with Escape", async () => {
    const { form, events } = await mount({ presentation: "dialog" });
    form.show();
    await until(() => focused(form) === "f-name");
    await press("Escape");
    await until(() => events.at(-1)![0] === "hide");
    equal(form.open, false);
  });
});
