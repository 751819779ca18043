import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  focused,
  has,
  holdTimers,
  mount,
  noAnswer,
  noConnection,
  press,
  problem,
  restores,
  submit,
  textOf,
  type,
  until,
  whenOnline,
} from "./harness.ts";

describe("sending a lead", () => {
  it("goes from idle over sending to accepted and tells the page in this order", async () => {
    const sent = answer(created);
    const { form, events } = await mount();
    equal(form.status, "idle");
    await fillIn(form);
    await press(form);
    equal(form.status, "sending");
    equal(form.getAttribute("status"), "sending", "reflected");
    await until(() => form.status === "accepted");
    equal(sent.length, 1, "requests");
    const id = sent[0]!.body.get("id");
    equal(form.receipt, { id, status: "created" });
    equal(events, [
      ["ready", null],
      ["start", null],
      ["submit", { target: "sakneen" }],
      ["success", { receipt: id, target: "sakneen" }],
    ]);
  });

  it("posts a form body that needs no preflight, without cookies, to the endpoint", async () => {
    const sent = answer(created);
    const { form } = await mount({ endpoint: "https://leads.example.com", project: "Tower" });
    await fillIn(form);
    await type(form, "email", "mona@example.com");
    await submit(form);
    const { url, init, body } = sent[0]!;
    equal(url, "https://leads.example.com/v1/leads");
    equal(
      [init.method, init.credentials, init.keepalive, init.referrerPolicy],
      ["POST", "omit", true, "origin"],
    );
    equal(init.headers, {
      Accept: "application/json",
      "Content-Type": "application/x-www-form-urlencoded",
    });
    const { id, page, ...fields } = Object.fromEntries(body);
    assert(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id!), "UUID v4");
    assert(page!.startsWith(location.origin) && !page!.includes("?"), "page without its query");
    delete fields["referrer"];
    equal(fields, {
      name: "Mona Adel",
      phone: "01012345678",
      country: "EG",
      email: "mona@example.com",
      target: "sakneen",
      project: "Tower",
      lang: "en",
      stamp: "1.2",
    });
  });

  it("takes a lead on durable storage for a success", async () => {
    answer(({ body }) =>
      Response.json({ receipt: body.get("id"), status: "accepted" }, { status: 202 }),
    );
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal(form.receipt?.status, "accepted");
  });

  it("makes one request of a double click, Enter and a call together", async () => {
    const sent = answer(noAnswer);
    const { form } = await mount();
    await fillIn(form);
    const button = find(form, "[part=submit]");
    button.click();
    button.click();
    form.requestSubmit();
    find<HTMLFormElement>(form, "form").requestSubmit();
    await until(() => sent.length > 0);
    await press(form);
    equal(sent.length, 1, "requests");
  });

  it("keeps the button focusable and says that it is busy", async () => {
    answer(noAnswer);
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    const button = find<HTMLButtonElement>(form, "[part=submit]");
    equal([button.disabled, button.getAttribute("aria-disabled")], [false, "true"]);
    equal(textOf(form, "[part=submit]"), "Sending…");
    equal(textOf(form, "[role=status]"), "Sending…");
    assert(has(form, "[part=spinner]"), "spinner");
    assert(form.matches(":state(sending)"), "state");
  });

  it("sends again by itself with the same bytes, and says so", async () => {
    const timers = holdTimers();
    const sent = answer((s, count) => (count < 3 ? problem(503, "unavailable") : created(s)));
    const { form, events } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => timers.waiting.some((ms) => ms < 1500));
    timers.fire(1500);
    await until(() => form.status === "retrying" && sent.length === 2);
    await until(() => timers.waiting.some((ms) => ms > 2000 && ms < 4000));
    timers.fire(4000);
    await until(() => form.status === "accepted");
    equal(new Set(sent.map(({ init }) => init.body)).size, 1, "bodies");
    equal(
      events.filter(([name]) => name === "retry"),
      [
        ["retry", { attempt: 1 }],
        ["retry", { attempt: 2 }],
      ],
    );
  });

  it("gives up after two retries, keeps what was typed, and sends the same lead when asked to", async () => {
    const timers = holdTimers();
    let down = true;
    const sent = answer((s) => (down ? noConnection() : created(s)));
    const { form, events } = await mount({ "contact-phone": "+20 2 1234" });
    await fillIn(form);
    await press(form);
    for (const _ of [1, 2]) {
      await until(() => timers.waiting.some((ms) => ms < 5000));
      timers.fire(5000);
    }
    await until(() => form.status === "error");
    await form.updateComplete;
    equal(events.at(-1), ["error", { code: "network", status: 0, retryable: true }]);
    equal(focused(form), "failure");
    equal(textOf(form, "#failure a"), "Call us: +20 2 1234");
    equal(textOf(form, "[part=submit]"), "Try again");
    equal(find<HTMLInputElement>(form, "#f-name").value, "Mona Adel");
    down = false;
    await press(form);
    await until(() => form.status === "accepted");
    equal(sent.length, 4, "requests");
    equal(new Set(sent.map(({ init }) => init.body)).size, 1, "bodies");
  });

  it("draws a new id when the content has changed", async () => {
    const sent = answer((s, count) => (count === 1 ? problem(404, "unknown_target") : created(s)));
    const { form, events } = await mount();
    await fillIn(form);
    await submit(form);
    equal(events.at(-1), ["error", { code: "unknown_target", status: 404, retryable: false }]);
    await type(form, "name", "Mona A.");
    await submit(form);
    const [first, second] = sent.map(({ body }) => body.get("id"));
    assert(first !== second, "another id");
  });

  it("draws a new id after the old one was burnt", async () => {
    const sent = answer((s, count) => (count === 1 ? problem(422, "id_reused") : created(s)));
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    await submit(form);
    assert(sent[0]!.body.get("id") !== sent[1]!.body.get("id"), "another id");
  });

  it("waits no longer than fifteen seconds for one answer", async () => {
    const timers = holdTimers();
    answer(noAnswer);
    const { form, events } = await mount();
    await fillIn(form);
    await press(form);
    for (const _ of [1, 2, 3]) {
      await until(() => timers.waiting.includes(15_000));
      timers.fire(15_000);
      await until(() => form.status === "error" || timers.waiting.some((ms) => ms < 5000));
      timers.fire(5000);
    }
    await until(() => form.status === "error");
    equal(events.at(-1), ["error", { code: "timeout", status: 0, retryable: true }]);
  });

  it("tries the fallback once when the endpoint cannot be reached", async () => {
    const timers = holdTimers();
    const sent = answer((s) => (s.url.includes("second") ? created(s) : noConnection()));
    const { form } = await mount({
      endpoint: "https://first.example",
      "fallback-endpoint": "https://second.example",
    });
    await fillIn(form);
    await press(form);
    for (const _ of [1, 2]) {
      await until(() => timers.waiting.some((ms) => ms < 5000));
      timers.fire(5000);
    }
    await until(() => form.status === "accepted");
    equal(sent.length, 4, "requests");
    equal(new Set(sent.map(({ body }) => body.get("id"))).size, 1, "ids");
  });

  it("takes a page of HTML for a failure, never for a success", async () => {
    answer(() => new Response("<h1>Welcome</h1>", { status: 200 }));
    const { form, events } = await mount();
    await fillIn(form);
    await submit(form);
    equal(form.status, "error");
    equal(events.at(-1), ["error", { code: "unavailable", status: 200, retryable: false }]);
  });

  for (const [said, messages] of [
    ["We could not send it just now. Nothing you typed is lost.", {}],
    ["Ours", { unavailable: "Ours" }],
    ["Slow down", { unavailable: "Ours", rate_limited: "Slow down" }],
  ] as const)
    it(`says of a failure without words of its own: ${said}`, async () => {
      answer(() => problem(429, "rate_limited"));
      const { form } = await mount();
      form.messages = messages;
      await fillIn(form);
      await submit(form);
      equal(textOf(form, "#d-failure"), said);
    });

  it("sends nothing when the page cancels the submit", async () => {
    const sent = answer(created);
    const { form } = await mount();
    form.addEventListener("lead-form-submit", (event) => event.preventDefault());
    await fillIn(form);
    await press(form);
    await form.updateComplete;
    equal([sent.length, form.status], [0, "idle"]);
  });

  it("lets the visitor wait as long as the proxy says, and counts it down", async () => {
    const timers = holdTimers();
    const sent = answer(() => problem(429, "rate_limited", { retry_after: 30 }));
    const { form, events } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => form.status === "error");
    await form.updateComplete;
    equal(events.at(-1), ["error", { code: "rate_limited", status: 429, retryable: true }]);
    assert(textOf(form, "#failure").includes("30 seconds"), textOf(form, "#failure"));
    await press(form);
    equal(sent.length, 1, "requests while waiting");
    equal(find(form, "[part=submit]").getAttribute("aria-disabled"), "true");
    assert(timers.waiting.includes(1000), "a clock ticks");
  });

  it("waits for a connection where there is none, and can be told not to", async () => {
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    restores.push(() => Reflect.deleteProperty(navigator, "onLine"));
    const sent = answer(whenOnline(created));
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => form.status === "offline");
    await form.updateComplete;
    assert(textOf(form, "[role=status]").startsWith("You are offline"), "said");
    form.contactPhone = "+20 2 2345 6789";
    await form.updateComplete;
    assert(/ Cancel Call us: /.test(find(form, "[part=status]").innerText), "two links, apart");
    await press(form, "[part=status] button");
    await until(() => form.status === "idle");
    equal(find<HTMLInputElement>(form, "#f-name").value, "Mona Adel");
    await press(form);
    await until(() => form.status === "offline");
    Reflect.deleteProperty(navigator, "onLine");
    window.dispatchEvent(new Event("online"));
    await until(() => form.status === "accepted");
    equal(sent.length, 3, "one try before each wait, and one after");
  });

  it("gives the thanks the focus before the form leaves: a reader passes over the two at once", async () => {
    answer(created);
    const { form } = await mount();
    await fillIn(form);
    const isDrawn = (): boolean => !!form.shadowRoot!.querySelector("form");
    let drawn: boolean | undefined;
    form.shadowRoot!.addEventListener("focusin", ({ target }) => {
      if ((target as Element).id === "success") drawn = isDrawn();
    });
    await press(form);
    await until(() => drawn !== undefined);
    equal(drawn, true, "the form is there when the thanks get the focus");
    assert(find(form, "form").clientHeight <= 1, "and not seen");
    await until(() => !isDrawn());
    equal(focused(form), "success");
  });

  it("shows whom it thanks, focuses that, and begins anew when asked to", async () => {
    const sent = answer(created);
    const { form, events } = await mount();
    await fillIn(form);
    await submit(form);
    equal(focused(form), "success");
    equal(textOf(form, "#t-success"), "Thank you, Mona Adel");
    equal(textOf(form, "#d-success"), "We will call +20 101 234 5678.");
    assert(form.matches(":state(accepted)"), "state");
    await press(form, "#success button");
    await until(() => focused(form) === "f-name");
    equal([form.status, form.receipt, form.values], ["idle", null, {}]);
    equal(find<HTMLInputElement>(form, "#f-name").value, "");
    equal(events.at(-1)![0], "reset");
    await fillIn(form);
    await submit(form);
    assert(sent[0]!.body.get("id") !== sent[1]!.body.get("id"), "another id");
  });

  it("takes the focus from nobody who has gone on to another part of the page", async () => {
    const elsewhere = document.createElement("input");
    document.body.append(elsewhere);
    restores.push(() => elsewhere.remove());
    answer(created);
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    elsewhere.focus();
    await until(() => form.status === "accepted");
    await form.updateComplete;
    equal(document.activeElement === elsewhere, true);
  });

  it("ignores the answer to a lead that was taken back", async () => {
    let release: (response: Response) => void = () => {};
    const sent = answer(() => new Promise((resolve) => (release = resolve)));
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => sent.length === 1);
    form.reset();
    release(created(sent[0]!));
    await form.updateComplete;
    equal([form.status, form.receipt], ["idle", null]);
  });

  it("logs nothing that was typed", async () => {
    const lines: string[] = [];
    const { warn, error, log } = console;
    for (const name of ["warn", "error", "log"] as const)
      console[name] = (...args: unknown[]) => void lines.push(args.map(String).join(" "));
    restores.push(() => Object.assign(console, { warn, error, log }));
    const timers = holdTimers();
    answer(noConnection);
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    for (const _ of [1, 2]) {
      await until(() => timers.waiting.some((ms) => ms < 5000));
      timers.fire(5000);
    }
    await until(() => form.status === "error");
    await until(() => lines.some((line) => line.includes(location.origin)));
    assert(!/Mona|0101234/.test(lines.join()), lines.join());
  });
});
