/** Pages that forbid: policies, Trusted Types, frames without an origin. */
import { assert, deliver, equal, isSeen, press, type, until, visit } from "./host.ts";

const HAS_TRUSTED_TYPES = "trustedTypes" in window;

describe("a strict page", () => {
  it("whose policy has no unsafe word is not violated", async () => {
    const { document, form, errors } = await visit("csp");
    const violations: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) =>
      violations.push(violatedDirective),
    );
    const shown = await form();
    await until(() => {
      // The preset's colour is there.
      const base = shown.shadowRoot?.querySelector("[part=base]");
      return base && getComputedStyle(base).backgroundColor === "rgb(251, 248, 243)";
    });
    await deliver(shown);
    equal([violations, errors], [[], []]);
  });

  it("that lets nobody talk to the endpoint gets a message, and what was typed stays", async () => {
    const { form } = await visit("csp-connect");
    const shown = await form();
    type(shown, { name: "Mona Adel", phone: "01012345678" });
    press(shown);
    const panel = await until(() => shown.shadowRoot?.querySelector("#failure"));
    assert(/\+20\s2\s1234\s5678/.test(panel.textContent), "the phone to call instead");
    equal([shown.values.name, shown.values.phone], ["Mona Adel", "01012345678"]);
  });

  for (const page of ["trusted-types", "trusted-types-named", "trusted-types-lit"])
    it(`works on the page "${page}"`, async () => {
      const { form, errors } = await visit(page);
      await deliver(await form());
      equal(errors, []);
    });

  it("whose own Lit was first is served too", async () => {
    const { form } = await visit("trusted-types-taken");
    await deliver(await form());
  });

  it("that allows no policy at all keeps what stands in the element", async () => {
    const { document, window, form } = await visit("trusted-types-none");
    // Without Trusted Types there is nothing that forbids.
    if (!HAS_TRUSTED_TYPES) return void (await form());
    await until(() => window.customElements.get("lead-form"));
    await window.customElements.whenDefined("lead-form");
    await new Promise((resolve) => requestAnimationFrame(resolve));
    assert(isSeen(document.querySelector("a")), "the link is there");
  });

  it("that is a frame without an origin says that it could not send, and keeps what was typed", async () => {
    const { document, window } = await visit("sandbox");
    const heard: { type: string; text?: string }[] = [];
    window.addEventListener("message", ({ data }) => heard.push(data));
    const frame = document.querySelector("iframe")!;
    await until(() => {
      frame.contentWindow?.postMessage({ name: "Mona Adel", phone: "01012345678" }, "*");
      return heard.find(({ type: what }) => what === "error");
    });
    const failed = heard.find(({ type: what }) => what === "error");
    assert(failed?.text?.includes("19777"), "the phone to call instead");
  });
});
