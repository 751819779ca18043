/** Owns the icon and the banner for WordPress.org, drawn from their SVG in each size that it asks for. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { chrome } from "../browser.ts";

/** By the name of the drawing: the size in CSS pixels, and how many times larger. */
const SIZES = {
  icon: { width: 128, height: 128 },
  banner: { width: 772, height: 250 },
} as const;
const SCALES = [1, 2];

export const drawEmblems = async (folder: string): Promise<void> => {
  const browser = await puppeteer.launch(await chrome());
  try {
    const page = await browser.newPage();
    for (const [name, size] of Object.entries(SIZES))
      for (const deviceScaleFactor of SCALES) {
        await page.setViewport({ ...size, deviceScaleFactor });
        const drawing = await readFile(join(folder, `${name}.svg`), "utf8");
        await page.setContent(
          `<style>body{margin:0}svg{display:block;width:100vw}</style>${drawing}`,
        );
        const [width, height] = [size.width * deviceScaleFactor, size.height * deviceScaleFactor];
        const path = join(folder, `${name}-${width}x${height}.png`) as `${string}.png`;
        await page.screenshot({ path, omitBackground: true });
      }
  } finally {
    await browser.close();
  }
};
