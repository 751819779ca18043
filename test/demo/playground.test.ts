/** Every control of the playground: what it changes at the form, in the snippet and in the address, and the way back. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Frame, Page } from "puppeteer-core";
import { HOSTS, nameOf, SETTINGS } from "../../demo/settings/table.ts";
import type { Setting } from "../../demo/settings/table.ts";
import { SNIPPETS } from "../../demo/snippets/index.ts";
import { serveDemo, stage, text } from "./demo-page.ts";
import type { Demo } from "./demo-page.ts";

let demo: Demo;
before(async () => {
  demo = await serveDemo();
});
after(() => demo.close());

const query = (page: Page): Record<string, string> =>
  Object.fromEntries(
    [...new URL(page.url()).searchParams].filter(
      ([name]) => !["sakneen", "brainysoft", "receiver"].includes(name),
    ),
  );

/** What is put into a control that is typed in. */
const wordsFor = ({ name, example }: Setting): string => example ?? `Words of ${name}`;

/** As a tester does: a press, a choice or typing. */
const use = async (page: Page, setting: Setting): Promise<string> => {
  const { name, control, options = [] } = setting;
  const value = control === "tick" ? "1" : (options.at(-1) ?? wordsFor(setting));
  if (control === "tick") await page.click(`input[name="${name}"]`);
  else if (control === "choice") await page.click(`input[name="${name}"][value="${value}"]`);
  else if (control === "list") await page.select(`select[name="${name}"]`, value);
  else await page.type(`input[name="${name}"]`, value);
  return value;
};

/** What stands at the form for a setting. */
const atForm = (frame: Frame, { role }: Setting, name: string): Promise<string | null> =>
  frame.$eval(
    "lead-form",
    (form, [kind, of = ""]) => {
      if (kind === "attribute") return form.getAttribute(of);
      if (kind === "property") return form.style.getPropertyValue(of) || null;
      const child = [...form.children].find((each) => each.slot === of);
      return child?.textContent ?? null;
    },
    [role, name],
  );

const reaches = (page: Page, wanted: string | null, look: () => Promise<string | null>) =>
  eventually(page, async () => (await look()) === wanted);

/** Asks again with each drawing of the page; the test's own time-out ends a wait for nothing. */
const eventually = async (page: Page, holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds()))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
};

const ofForm = SETTINGS.filter(({ role, control }) => role !== "bench" && control !== "made");

/** The snippet says another proxy; the demo's form stays at the demo's. */
const ONLY_PRINTED = ["endpoint", "fallback-endpoint"];

describe("a control of the form", () => {
  let page: Page;
  let frame: Frame;
  before(async () => {
    page = await demo.open({});
    frame = await stage(page);
    await page.waitForSelector('[data-field="budget"]');
  });
  after(() => page.close());

  for (const setting of ofForm)
    test(`${setting.name} changes form, snippet and address, and a step back undoes it`, async () => {
      const name = nameOf(setting);
      const before = await text(page, "#snippet");
      const value = await use(page, setting);
      await eventually(page, () => query(page)[setting.name] === value);
      if (!ONLY_PRINTED.includes(name)) {
        const written = setting.control === "tick" ? "" : value;
        await reaches(page, written, () => atForm(frame, setting, name));
      }
      await eventually(page, async () => {
        const printed = await text(page, "#snippet");
        return printed !== before && printed.includes(name === "endpoint" ? value : name || value);
      });

      await page.click("#undo");
      await eventually(page, () => Object.keys(query(page)).length === 0);
      await eventually(page, async () => (await text(page, "#snippet")) === before);
      if (name === "target") await page.waitForSelector('[data-field="budget"]');
      else if (name !== "endpoint") await reaches(page, null, () => atForm(frame, setting, name));
    });

  test("a colour is chosen from a well, too, and can be taken away again", async () => {
    await page.$eval('input[name="accent"]', (input) => {
      const well = input.closest(".paired")?.querySelector<HTMLInputElement>("input[type=color]");
      if (!well) throw new Error("There is no well.");
      well.value = "#aa3300";
      well.dispatchEvent(new Event("input", { bubbles: true }));
    });
    assert.equal(query(page)["accent"], "#aa3300");
    await page.click("#defaults");
    assert.deepEqual(query(page), {});
  });

  test("to start over can be taken back", async () => {
    const page = await demo.open({});
    await page.click('input[name="theme"][value="ink"]');
    await page.click("#defaults");
    assert.deepEqual(query(page), {});
    await page.click("#undo");
    assert.deepEqual(query(page), { theme: "ink" });
    await page.click("#undo");
    // It keeps the focus of whoever works by keyboard.
    assert.equal(await page.$eval("#undo", (button) => button.ariaDisabled), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "undo");
    await page.close();
  });
});

describe("the page around the form", () => {
  for (const host of HOSTS)
    test(`${host || "white"}: the form stands on it, readable, and its lead arrives`, async () => {
      const page = await demo.open({ ...(host && { host }) });
      const frame = await stage(page);
      assert.equal(await frame.$eval("html", (root) => root.dataset["host"]), host);
      const box = await frame.$eval("lead-form", (form) => form.getBoundingClientRect().toJSON());
      assert.ok(box.width > 200 && box.height > 300, JSON.stringify(box));
      await page.click("#fill");
      await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
      await frame.waitForSelector("lead-form[status=accepted]");
      await page.close();
    });

  test("is another when it is chosen, without a new page", async () => {
    const page = await demo.open({});
    const frame = await stage(page);
    await page.select("#host", "form");
    await frame.waitForSelector("form > lead-form");
    await page.select("#host", "wordpress");
    await frame.waitForSelector("html[data-host=wordpress] lead-form");
    assert.equal(await frame.$("form > lead-form"), null);
    await page.close();
  });

  test("speaks its own language, which the form follows", async () => {
    const page = await demo.open({});
    const frame = await stage(page);
    await page.click('input[name="page-lang"][value="ar"]');
    await frame.waitForSelector("html[lang=ar][dir=rtl]");
    await (await frame.waitForSelector('lead-form >>> [lang="ar"]'))?.dispose();
    await page.close();
  });
});

describe("a made-up visitor", () => {
  /** The country that the form shows: the code first. Empty while the page in the frame changes. */
  const face = async (page: Page): Promise<string> => {
    const handle = await page.$("#frame");
    const frame = await handle?.contentFrame();
    return (
      (await frame
        ?.$eval("lead-form >>> [part~=country]", (country) => country.textContent?.trim() ?? "")
        // The frame went away between two questions, or holds no form yet.
        .catch(() => "")) ?? ""
    );
  };
  const showsCountry = (page: Page, code: string) =>
    eventually(page, async () => (await face(page)).startsWith(code));

  test("lives in a time zone, by which the form guesses the country", async () => {
    const page = await demo.open({ zone: "Africa/Cairo" });
    await showsCountry(page, "EG");
    await page.select('select[name="zone"]', "Europe/Moscow");
    await showsCountry(page, "RU");
    await page.close();
  });

  test("has a browser of a region, which counts where the zone says nothing", async () => {
    const page = await demo.open({ zone: "UTC", browser: "ru-KZ" });
    await showsCountry(page, "KZ");
    assert.equal(await (await stage(page)).evaluate(() => navigator.language), "ru-KZ");
    await page.close();
  });

  test("loses the network: the form waits, and says so beside it", async () => {
    const page = await demo.open({ network: "offline" });
    const frame = await stage(page);
    await page.click("#fill");
    await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
    await frame.waitForSelector("lead-form[status=offline]");
    await eventually(page, async () => (await text(page, "#status")) === "offline");
    await page.click('input[name="network"][value=""]');
    await frame.waitForSelector("lead-form[status=accepted]");
    await page.close();
  });
});

describe("the width of the page", () => {
  const frameWidth = (page: Page): Promise<number> =>
    page.$eval("#frame", (frame) => frame.clientWidth);

  test("is a number from 256 to 900", async () => {
    const page = await demo.open({});
    for (const [typed, wide] of [
      ["320", 320],
      ["900", 900],
      ["100", 256],
      ["2000", 900],
    ] as const) {
      await page.$eval("#width", (input) => ((input as HTMLInputElement).value = ""));
      await page.type("#width", typed);
      assert.equal(await frameWidth(page), wide, typed);
    }
    await page.close();
  });

  for (const [ui, outward] of [
    ["en", 1],
    ["ar", -1],
  ] as const)
    test(`is dragged, and moved by keys, in the direction of the page (${ui})`, async () => {
      const page = await demo.open({ ui, width: "400" });
      await page.setViewport({ width: 1440, height: 900 });
      const grip = await page.waitForSelector("#grip");
      const at = await grip?.boundingBox();
      assert.ok(at && grip);
      const [x, y] = [at.x + at.width / 2, at.y + 40];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 40 * outward, y, { steps: 4 });
      await page.mouse.up();
      const dragged = await frameWidth(page);
      // The page stands in the middle: its other side moves as well.
      assert.ok(dragged > 420 && dragged < 520, String(dragged));
      assert.equal(query(page)["width"], String(dragged));

      await grip.focus();
      await page.keyboard.press(outward === 1 ? "ArrowLeft" : "ArrowRight");
      assert.equal(await frameWidth(page), dragged - 8);
      await page.keyboard.press("Home");
      assert.equal(await frameWidth(page), 256);
      await page.keyboard.press("End");
      assert.equal(await frameWidth(page), 900);
      assert.equal(
        await page.$eval("#grip", (slider) => slider.getAttribute("aria-valuenow")),
        "900",
      );
      await page.close();
    });
});

describe("the playground's own page", () => {
  test("speaks the browser's language, unless a link asks for another", async () => {
    const page = await demo.open({});
    assert.equal(await page.$eval("html", (root) => root.lang), "en");
    await page.select("#ui", "ar");
    await page.waitForSelector("html[lang=ar][dir=rtl]");
    assert.equal(query(page)["ui"], "ar");
    assert.equal(await text(page, "#copy-snippet"), "انسخ");
    assert.equal(await page.title(), "Lead Form، ساحة التجربة");
    assert.equal(
      await page.$eval(".paired input[type=color]", (well) => well.ariaLabel),
      "اللون المميز",
    );
    assert.match(await text(page, '[data-field="budget"] th'), /^الميزانية/);
    // What was chosen for the form is as before.
    assert.equal(await (await stage(page)).$eval("html", (root) => root.lang), "en");
    await page.select("#ui", "ru");
    assert.equal(await text(page, "#copy-snippet"), "Копировать");
    await page.click("#defaults");
    assert.deepEqual(query(page), { ui: "ru" });
    await page.close();
  });

  test("has no text without a translation in sight", async () => {
    for (const [ui, script] of [
      ["ar", "Arabic"],
      ["ru", "Cyrillic"],
    ] as const) {
      const page = await demo.open({ ui });
      await page.waitForSelector('[data-field="budget"]');
      const foreign = await page.evaluate((wanted) => {
        const own = new RegExp(`\\p{Script=${wanted}}`, "u");
        const isPlain = (node: Node): boolean =>
          !node.parentElement?.closest(
            "code, pre, .log, [lang]:not(html), .pills label, small, bdi",
          );
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        while (walk.nextNode()) {
          const said = walk.currentNode.textContent?.trim() ?? "";
          if (/[A-Za-z]{3}/.test(said) && !own.test(said) && isPlain(walk.currentNode))
            found.push(said);
        }
        return found;
      }, script);
      const NEUTRAL = /^(?:React|Vue|Svelte|npm|Tag Manager|Yours|[a-z]{2}-[A-Z]{2}|\w+\/\w+|UTC)$/;
      // Fields that bring no words along are called by their names.
      const HIDDEN = /^(?:unit|campaign|visitor)$/;
      assert.deepEqual(
        foreign.filter((said) => !NEUTRAL.test(said) && !HIDDEN.test(said)),
        [],
        ui,
      );
      await page.close();
    }
  });

  test("is light or dark, as the system is or as it is chosen", async () => {
    const page = await demo.open({});
    const ground = () =>
      page.$eval("body", () => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.select('select[name="ui-scheme"]', "dark");
    assert.notEqual(await ground(), light);
    assert.equal(query(page)["ui-scheme"], "dark");
    await page.close();
  });

  for (const ui of ["en", "ar", "ru"])
    test(`fits a narrow phone with everything unfolded (${ui})`, async () => {
      const page = await demo.open({ ui, snippet: "hosted" });
      await page.setViewport({ width: 320, height: 640 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(wide, 320);
      await page.close();
    });

  test("is worked by keyboard alone: a theme is chosen and a snippet copied", async () => {
    const page = await demo.open({});
    await demo.browser
      .defaultBrowserContext()
      .overridePermissions(demo.url, ["clipboard-read", "clipboard-sanitized-write"]);
    await page.$$eval("#settings details", (all) => all.forEach((each) => (each.open = false)));
    const focused = () =>
      page.evaluate(() => {
        const { id, name, value, parentElement } = document.activeElement as HTMLInputElement;
        return id || parentElement?.dataset["group"] || `${name}=${value}`;
      });
    const tabTo = async (wanted: string) => {
      while ((await focused()) !== wanted) await page.keyboard.press("Tab");
    };
    await tabTo("looks");
    await page.keyboard.press("Enter");
    await tabTo("theme=");
    await page.keyboard.press("ArrowRight");
    assert.equal(query(page)["theme"], "estate");
    await tabTo("copy-snippet");
    const told = page.evaluate(
      () =>
        new Promise<void>((heard) => {
          const line = document.querySelector("#announcer");
          const listen = new MutationObserver(
            () => line?.textContent === "Copied to the clipboard." && heard(),
          );
          if (line) listen.observe(line, { childList: true });
        }),
    );
    await page.keyboard.press("Enter");
    await told;
    assert.equal(await text(page, "#copy-snippet"), "Copied");
    assert.equal(
      await page.evaluate(() => navigator.clipboard.readText()),
      await text(page, "#snippet"),
    );
    // It says for a moment that it has copied, and then what it does again.
    await page.waitForFunction(
      () => document.querySelector("#copy-snippet")?.textContent === "Copy",
    );
    await page.close();
  });
});

describe("the snippet card", () => {
  test("prints each kind, says what it is for and what it leaves out", async () => {
    const page = await demo.open({ "slot-footer": "Until 18:00" });
    const seen = new Set<string>();
    for (const name of Object.keys(SNIPPETS)) {
      await page.click(`input[name="snippet"][value="${name}"]`);
      await eventually(page, async () => !seen.has(await text(page, "#snippet")));
      seen.add(await text(page, "#snippet"));
      assert.equal(query(page)["snippet"], name === "script" ? undefined : name);
      const isWhole = /script|fast|gtm|react|vue|svelte|npm/.test(name);
      const left = await page
        .$eval("#snippet-left:not([hidden])", (note) => note.textContent)
        .catch(() => "");
      assert.equal(left, isWhole ? "" : 'This way does not carry: slot="footer".', name);
      assert.equal((await page.$("#qr-box[hidden]")) !== null, name !== "hosted");
    }
    await page.close();
  });

  test("listens for a success where a tester ticks that", async () => {
    const page = await demo.open({});
    assert.doesNotMatch(await text(page, "#snippet"), /lead-form-success/);
    await page.click('input[name="listen"]');
    await eventually(page, async () => /lead-form-success/.test(await text(page, "#snippet")));
    await page.close();
  });
});

describe("the vendor's faults", () => {
  const told = async (): Promise<Record<string, unknown>> =>
    Object(await (await fetch(`${demo.vendors.sakneen.url}/_faults`)).json());

  test("are told to the vendor, each control by its name", async () => {
    const page = await demo.open({ mode: "demanded_key" });
    for (const name of ["once", "stored", "dedupe", "no_emoji"])
      await page.click(`input[name="${name}"]`);
    await page.type('input[name="key"]', "rooms");
    await page.type('input[name="ms"]', "200");
    await eventually(page, async () => (await told())["ms"] === 200);
    const { mode, key, count, stored, dedupe, no_emoji } = await told();
    assert.deepEqual(
      { mode, key, count, stored, dedupe, no_emoji },
      { mode: "demanded_key", key: "rooms", count: 1, stored: true, dedupe: true, no_emoji: true },
    );
    await page.click("#defaults");
    await eventually(page, async () => (await told())["mode"] === "ok");
    await page.close();
  });

  test("are told to the tester in the page's language", async () => {
    const page = await demo.open({ ui: "ru", mode: "slow" });
    assert.match(await text(page, "#mode-hint"), /^Поставщик берёт заявку и отвечает поздно\./);
    await page.click('input[name="mode"][value="ok"]');
    await page.close();
  });
});
