import { extras } from "../../widget/lazy/extras.ts";
import {
  answer,
  created,
  equal,
  fillIn,
  holdTimers,
  mount,
  press,
  problem,
  restores,
  submit,
  type,
  until,
} from "./harness.ts";

const FIELD = "cf-turnstile-response";

/** What the page's Turnstile puts into the slot; `solve` is the end of its check. */
const withTurnstile = (token = "") => {
  const box = Object.assign(document.createElement("div"), { slot: "captcha" });
  box.className = "cf-turnstile";
  const input = Object.assign(document.createElement("input"), { type: "hidden", name: FIELD });
  input.value = token;
  box.append(input);
  const resets: unknown[] = [];
  const page = window as unknown as { turnstile?: object };
  page.turnstile = {
    reset: (of: unknown) => {
      resets.push(of);
      input.value = "";
    },
  };
  restores.push(() => delete page.turnstile);
  return { box, resets, solve: (next: string) => (input.value = next) };
};

describe("a captcha in its slot", () => {
  it("gives its token to the lead, and to each retry of it", async () => {
    const sent = answer((lead, count) =>
      count === 1 ? problem(422, "invalid", { fields: { phone: "phone_invalid" } }) : created(lead),
    );
    const { box } = withTurnstile("token-1");
    const { form } = await mount({}, document.body, (element) => element.append(box));
    await fillIn(form);
    await submit(form);
    equal(sent[0]!.body.get(FIELD), "token-1");
  });

  it("is waited for while it is at work", async () => {
    const sent = answer(created);
    const { box, solve } = withTurnstile();
    const { form } = await mount({}, document.body, (element) => element.append(box));
    await fillIn(form);
    await press(form);
    equal(sent.length, 0, "requests");
    solve("token-2");
    await until(() => form.status === "accepted");
    equal(sent[0]!.body.get(FIELD), "token-2");
  });

  it("is asked for another token once one is spent", async () => {
    const sent = answer((lead, count) =>
      count === 1 ? problem(422, "invalid", { fields: { phone: "phone_invalid" } }) : created(lead),
    );
    const { box, resets, solve } = withTurnstile("token-3");
    const { form } = await mount({}, document.body, (element) => element.append(box));
    await fillIn(form);
    await submit(form);
    await type(form, "phone", "01112345678");
    await press(form);
    await until(() => resets.length > 0);
    equal(resets[0] === box, true, "its own box");
    solve("token-4");
    await until(() => form.status === "accepted");
    equal(
      sent.map(({ body }) => body.get(FIELD)),
      ["token-3", "token-4"],
    );
  });

  it("whose script was blocked holds nothing up", async () => {
    const sent = answer(created);
    const { box } = withTurnstile();
    box.replaceChildren();
    const { form } = await mount({}, document.body, (element) => element.append(box));
    await fillIn(form);
    await submit(form);
    equal(sent[0]!.body.has(FIELD), false);
  });

  const withLateExtras = async () => {
    const { part } = extras;
    extras.part = undefined;
    let arrive = () => {};
    extras.fetch = () => new Promise((resolve) => (arrive = () => resolve(part!)));
    const sent = answer(created);
    const { box } = withTurnstile("token-5");
    const { form } = await mount({}, document.body, (element) => element.append(box));
    await fillIn(form);
    return { form, sent, arrive: () => arrive() };
  };

  it("gives its token though the part that reads it comes after the press", async () => {
    const { form, sent, arrive } = await withLateExtras();
    await press(form);
    equal(sent.length, 0, "requests");
    arrive();
    await until(() => form.status === "accepted");
    equal(sent[0]!.body.get(FIELD), "token-5");
  });

  it("holds nobody up for long if that part never comes", async () => {
    const timers = holdTimers();
    const { form, sent } = await withLateExtras();
    await press(form);
    await until(() => timers.waiting.includes(5000));
    timers.fire(5000);
    await until(() => form.status === "accepted");
    equal(sent[0]!.body.has(FIELD), false);
  });
});
