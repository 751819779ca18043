/**
 * Owns what a person does in the block editor, and what its window shows. Must not call WordPress's own
 * API.
 */
import type { ElementHandle, Frame, Page } from "puppeteer-core";

export interface Block {
  name: string;
  isValid: boolean;
  attributes: Record<string, unknown>;
}

/** What WordPress puts into the editor's window, as far as it is used here. */
interface Wp {
  blocks: {
    createBlock: (name: string, attributes?: object) => Block;
    getBlockType: (name: string) => unknown;
    pasteHandler: (options: object) => Block[];
    rawHandler: (options: object) => Block[];
  };
  data: {
    dispatch: (store: string) => Record<string, (...args: unknown[]) => Promise<void>>;
    select: (store: string) => { getBlocks: () => Block[]; getEditedPostContent: () => string };
  };
}

declare global {
  interface Window {
    wp: Wp;
  }
}

const PANEL_TITLE = ".block-editor-block-inspector button.components-panel__body-toggle";

export const openEditor = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.waitForFunction(() => window.wp?.blocks?.getBlockType("lead-form/form"));
  await page.evaluate(() => {
    for (const store of ["core/edit-post", "core"])
      void window.wp.data.dispatch("core/preferences")["set"]?.(store, "welcomeGuide", false);
  });
};

/** The window with the drawn form: the canvas is a frame of its own, except where WordPress is old. */
export const findCanvas = async (page: Page): Promise<Frame> => {
  for (;;) {
    for (const frame of page.frames()) {
      const drawn = await frame
        .$("lead-form >>> input[name=phone]")
        // A frame that is being replaced while it is asked.
        .catch(() => null);
      if (drawn) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Puts the block into an empty post, with its settings beside it. */
export const insertForm = (page: Page, attributes: object = {}): Promise<void> =>
  page.evaluate((given) => {
    const { dispatch } = window.wp.data;
    const block = window.wp.blocks.createBlock("lead-form/form", given);
    void dispatch("core/block-editor")["insertBlock"]?.(block);
    void dispatch("core/edit-post")["openGeneralSidebar"]?.("edit-post/block");
  }, attributes);

export const readBlocks = (page: Page): Promise<Block[]> =>
  page.evaluate(() =>
    window.wp.data
      .select("core/block-editor")
      .getBlocks()
      .map(({ name, isValid, attributes }) => ({ name, isValid, attributes: { ...attributes } })),
  );

/** Opens a panel of the sidebar, and types into the control with that label. */
export const typeInSidebar = async (page: Page, panel: string, label: string, text: string) => {
  await page.waitForSelector(PANEL_TITLE);
  await page.$$eval(
    PANEL_TITLE,
    (titles, wanted) => {
      const title = titles.find(({ textContent }) => textContent === wanted);
      if (title?.ariaExpanded !== "true") title?.click();
    },
    panel,
  );
  const control = await page.waitForFunction(
    (wanted) => {
      const labels = document.querySelectorAll<HTMLLabelElement>(
        ".block-editor-block-inspector label",
      );
      return [...labels].find(({ textContent }) => textContent === wanted)?.control;
    },
    {},
    label,
  );
  await (control as ElementHandle<HTMLElement>).type(text);
};
