/** The block in the real editor: drawn alive, never sent, saved, opened again, pasted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Page } from "puppeteer-core";
import { findCanvas, insertForm, openEditor, readBlocks, typeInSidebar } from "../editor-page.ts";
import type { Role } from "../site.ts";
import type { Scene } from "../scene.ts";
import { visit } from "../world.ts";

/** Tries to send the form in the canvas. @returns the result */
const trySending = async (canvas: Frame): Promise<object> => {
  await canvas.$eval("lead-form", (form) =>
    Object.assign(form, { values: { name: "Nobody", phone: "+201001234500" } }),
  );
  // Drawn a moment later; before that there is nothing to send.
  await canvas.waitForFunction(() => {
    const inputs = document.querySelector("lead-form")?.shadowRoot?.querySelectorAll("input");
    return [...(inputs ?? [])].some(({ value }) => value === "+201001234500");
  });
  return canvas.$eval("lead-form", async (element) => {
    const form = element as HTMLElement & { requestSubmit: () => void };
    const stopped = new Promise<boolean>((resolve) => {
      document.addEventListener("lead-form-submit", (event) => resolve(event.defaultPrevented));
    });
    form.requestSubmit();
    return {
      stopped: await stopped,
      inert: form.closest("[inert]") !== null,
      status: form.getAttribute("status"),
    };
  });
};

/** What became of pasted and of old content. */
const convert = (page: Page): Promise<object[][]> =>
  page.evaluate(() => {
    const paste = (HTML: string) => window.wp.blocks.pasteHandler({ HTML, mode: "AUTO" });
    const raw = (HTML: string) => window.wp.blocks.rawHandler({ HTML });
    return [
      paste('<lead-form target="a" submit-label="Go"></lead-form>'),
      paste('<div data-lead-form data-target="a" data-submit-label="Go" data-endpoint="x"></div>'),
      raw('<p>[lead_form target="a" submit_label="Go"]</p>'),
      raw('<p>[lead_form target="a" submit-label="Go"]</p>'),
    ].map((found) =>
      found.map(({ name, attributes }) => ({ name, attributes: { ...attributes } })),
    );
  });

export const editor = (scene: Scene, role: Role): void => {
  test(`${role}: the editor shows the form, follows the sidebar, sends nothing, and keeps the block`, async () => {
    const { site, world, endpoint } = scene.now();
    const { page, close } = await visit(world, site, role);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("dialog", (dialog) => void dialog.accept());
    await openEditor(page, `${site.origin}/wp-admin/post-new.php`);
    await insertForm(page);
    const canvas = await findCanvas(page);
    await typeInSidebar(page, "Texts", "Heading", "Talk to us");
    await canvas.waitForFunction(
      () => document.querySelector("lead-form")?.getAttribute("heading") === "Talk to us",
    );
    assert.deepEqual(await trySending(canvas), { stopped: true, inert: true, status: "idle" });

    const block = { name: "lead-form/form", attributes: { target: "a", submitLabel: "Go" } };
    assert.deepEqual(await convert(page), [[block], [block], [block], [block]]);

    const content = await page.evaluate(async () => {
      const editing = window.wp.data.dispatch("core/editor");
      void editing["editPost"]?.({ title: "A form" });
      await editing["savePost"]?.();
      return window.wp.data.select("core/editor").getEditedPostContent();
    });
    assert.equal(content, '<!-- wp:lead-form/form {"heading":"Talk to us"} /-->');
    await page.waitForFunction(() => location.pathname.endsWith("/post.php"));
    await openEditor(page, page.url());
    await findCanvas(page);
    assert.deepEqual(await readBlocks(page), [
      { name: "lead-form/form", isValid: true, attributes: { heading: "Talk to us" } },
    ]);
    assert.deepEqual(
      asked.filter((url) => url.startsWith(endpoint)),
      [],
    );
    await close();
  });
};
