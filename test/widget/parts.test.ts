/** Parts that are missing, late, foreign or of another build: the form works and sends without them. */
import { LeadForm } from "../../widget/element/lead-form.ts";
import { LazyPart, parts } from "../../widget/lazy/lazy-part.ts";
import { BUILD, ENDPOINT } from "../../widget/lazy/build-info.ts";
import { extras } from "../../widget/lazy/extras.ts";
import { phoneRules } from "../../widget/lazy/phone.ts";
import { answer, created, equal, fillIn, forget, mount, restores, submit } from "./harness.ts";

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
      forget(phoneRules);
      for (const part of [extras, phoneRules] as { fetch: unknown }[])
        part.fetch = () => Promise.resolve(module);
      const sent = answer(created);
      const { form } = await mount({ consent: "notice", theme: "estate" });
      await fillIn(form);
      await submit(form);
      equal([form.status, sent.length, extras.part], ["accepted", 1, undefined]);
    });

  it("sends while its parts are still on their way", async () => {
    forget(extras);
    forget(phoneRules);
    for (const part of [extras, phoneRules] as { fetch: unknown }[])
      part.fetch = () => new Promise(() => {});
    const sent = answer(created);
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal([form.status, sent[0]!.body.get("stamp")], ["accepted", null]);
  });
});
