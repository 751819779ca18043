/** Parts that are missing, late, foreign or of another build: the form works and sends without them. */
import { LeadForm } from "../../widget/element/lead-form.ts";
import { LazyPart, parts } from "../../widget/lazy/lazy-part.ts";
import { BUILD, ENDPOINT } from "../../widget/lazy/build-info.ts";
import { essentials } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import {
  answer,
  assert,
  choose,
  created,
  equal,
  fillIn,
  forget,
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

interface Part {
  BUILD: string;
  value?: number;
}

const load = async (...found: (Part | Error)[]) => {
  const part = new LazyPart<Part>("test");
  const asked: string[] = [];
  part.fetch = (address) => {
    asked.push(address);
    const next = found.shift() ?? new TypeError("404");
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  await part.load();
  return { part, asked };
};

describe("a part", () => {
  it("comes from the origin that was baked in, whatever the endpoint says", async () => {
    await mount({ endpoint: "https://foreign.example" });
    const { part, asked } = await load({ BUILD, value: 1 });
    equal([part.part?.value, asked], [1, [`${ENDPOINT}/lead-form-test.js`]]);
  });

  it("comes from where a script says", async () => {
    const { origin } = parts;
    restores.push(() => (parts.origin = origin));
    LeadForm.partsOrigin = "https://cdn.example.com/";
    equal(LeadForm.partsOrigin, "https://cdn.example.com");
    equal((await load({ BUILD })).asked, ["https://cdn.example.com/lead-form-test.js"]);
  });

  it("of another build is not used, but looked for once more past the caches", async () => {
    const { part, asked } = await load({ BUILD: "old" }, { BUILD, value: 2 });
    equal([part.part?.value, asked.length], [2, 2]);
    equal(asked[1], `${ENDPOINT}/lead-form-test.js?${BUILD}`);
    equal((await load({ BUILD: "old" }, { BUILD: "old" })).part.part, undefined);
  });

  it("that cannot be had is asked for again later", async () => {
    const { part } = await load(new TypeError("blocked"));
    equal([part.part, part.failed, part.loading], [undefined, true, undefined]);
    part.fetch = () => Promise.resolve({ BUILD, value: 3 });
    await part.load();
    equal([(part.part as Part | undefined)?.value, part.failed], [3, false]);
  });
});

describe("a form", () => {
  const foreign: [string, unknown][] = [
    ["of another build", { BUILD: "another", attend: null }],
    ["with other exports", { other: 1 }],
    ["that is an empty module", {}],
    [
      "that throws when it is read",
      new Proxy(
        {},
        {
          get: (_, key) => {
            if (key !== "then") throw new Error("trap");
          },
        },
      ),
    ],
  ];
  for (const [what, module] of foreign)
    it(`draws and sends beside a part ${what}`, async () => {
      forget(extras);
      forget(essentials);
      for (const part of [essentials, extras] as { fetch: unknown }[])
        part.fetch = () => Promise.resolve(module);
      const sent = answer(created);
      const { form } = await mount({ consent: "checkbox", theme: "estate" });
      await fillIn(form);
      await submit(form);
      equal([form.status, sent.length, essentials.part], ["accepted", 1, undefined]);
    });

  it("sends while its parts are still on their way", async () => {
    forget(extras);
    forget(essentials);
    for (const part of [essentials, extras] as { fetch: unknown }[])
      part.fetch = () => new Promise(() => {});
    const sent = answer(created);
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal([form.status, sent[0]!.body.get("stamp")], ["accepted", null]);
  });
});

describe("the extras", () => {
  /** Asked for as on a page where they are not loaded. */
  const watch = () => {
    const { part } = extras;
    forget(extras);
    let asked = 0;
    extras.fetch = () => {
      asked++;
      return Promise.resolve(part!);
    };
    return () => asked;
  };

  it("are not asked for by a visit in which nothing goes wrong", async () => {
    const asked = watch();
    const sent = answer(created);
    const { form } = await mount({
      theme: "estate",
      consent: "notice",
      attribution: "session",
      heading: '"Our" tower',
      lang: "ar",
    });
    restores.push(() => sessionStorage.clear());
    form.focus();
    await fillIn(form);
    await type(form, "email", "mona@example.com");
    await choose(form, "country", "EG");
    await submit(form);
    equal([form.status, sent.length, asked()], ["accepted", 1, 0]);
  });

  for (const attributes of [
    { presentation: "dialog" },
    { "data-layer": "dataLayer" },
    { consent: "checkbox" },
    { consent: "optional" },
  ])
    it(`are asked for at once where ${JSON.stringify(attributes)} is set`, async () => {
      const asked = watch();
      await mount(attributes as Record<string, string>);
      await until(asked);
      await until(() => extras.part);
    });

  it("are asked for by a slip, and say what is wrong by the time the form is sent", async () => {
    const asked = watch();
    const { form } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "0101");
    await until(() => extras.part);
    equal(asked(), 1);
    await press(form);
    assert(textOf(form, "#summary").includes("for Egypt (+20)"), textOf(form, "#summary"));
  });

  it("are asked for by a failure, and then say how long to wait", async () => {
    const asked = watch();
    answer(() => problem(429, "rate_limited", { retry_after: 60 }));
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    await until(() => /in: (?:60|59) seconds/.test(textOf(form, "#d-failure")));
    equal(asked(), 1);
  });

  const faults: [string, Record<string, string>, string][] = [
    ["no target", { target: "" }, ""],
    ["quotation marks of a word processor", { target: "\u201Csakneen\u201D" }, ""],
    ["the rest of the page inside", {}, "<main>Page</main>"],
  ];
  for (const [what, attributes, content] of faults)
    it(`are asked for by ${what}, and tell the developer`, async () => {
      const asked = watch();
      const told: unknown[] = [];
      const { warn, error } = console;
      restores.push(() => Object.assign(console, { warn, error }));
      console.warn = console.error = (text: unknown) => void told.push(text);
      await mount(attributes, document.body, (form) => (form.innerHTML = content));
      await until(asked);
      await until(() => told.length > 0);
      assert(String(told[0]).startsWith("[lead-form]"), String(told[0]));
    });

  it("hint once at an origin that may be missing, after a failure that looks like no connection", async () => {
    watch();
    const told: unknown[] = [];
    const { warn } = console;
    restores.push(() => (console.warn = warn));
    console.warn = (text: unknown) => void told.push(text);
    answer(noConnection);
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => form.status === "error" && extras.part);
    for (let drawing = 0; drawing < 3; drawing++) {
      form.requestUpdate();
      await form.updateComplete;
    }
    equal(told, [`[lead-form] Is ${location.origin} an origin of "sakneen"?`]);
  });

  it("that cannot be had are not asked for at each drawing", async () => {
    forget(extras);
    let asked = 0;
    extras.fetch = () => {
      asked++;
      return Promise.reject(new TypeError("404"));
    };
    const { form } = await mount();
    await press(form);
    await until(() => extras.failed);
    for (let drawing = 0; drawing < 5; drawing++) {
      form.requestUpdate();
      await form.updateComplete;
    }
    equal(asked, 1);
    assert(textOf(form, "#summary"), "told without them");
  });
});
