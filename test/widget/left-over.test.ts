/** A test leaves nothing to the next one: no form, no element, no load, no changed loader. */
import { essentials } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import { answer, equal, forget, mount, noAnswer, setUp, tearDown } from "./harness.ts";

/** Two idle periods, or two frames where there are none (WebKit). */
const idle = async (): Promise<void> => {
  for (let i = 0; i < 2; i++)
    await new Promise((resolve) =>
      (window.requestIdleCallback ?? window.requestAnimationFrame)(resolve),
    );
};

describe("after a test", () => {
  it("no form of it asks for a part, even one that was still waiting for idle time", async () => {
    await mount({ endpoint: "https://earlier.example" });
    await tearDown();
    setUp();
    const asked: string[] = [];
    essentials.fetch = extras.fetch = async (address) => {
      asked.push(address);
      throw new Error("not here");
    };
    forget(extras);
    forget(essentials);
    await idle();
    equal(asked, []);
  });

  it("no form or element of it is on the page, and none of its answers is given", async () => {
    const before = document.body.children.length;
    answer(noAnswer);
    const played: unknown = Reflect.get(window, "fetch");
    const holder = document.createElement("section");
    document.body.append(holder);
    await mount({}, holder);
    document.body.append(document.createElement("lead-form"));
    await tearDown();
    equal(
      [document.body.children.length, Reflect.get(window, "fetch") === played],
      [before, false],
    );
  });

  it("a part that came late in it is not there", async () => {
    forget(essentials);
    essentials.fetch = () => Promise.resolve().then(() => ({}) as never);
    await mount({ theme: "estate" });
    await tearDown();
    equal([essentials.part, essentials.loading], [undefined, undefined]);
  });
});
