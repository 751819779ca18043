/** Owns the picture of a Mermaid diagram, drawn at build time in the page's own colours. Must not load a font. */
import { renderMermaidSVG } from "beautiful-mermaid";
import { escapeText } from "./html.ts";
import { toImage } from "./image.ts";

const LOOK = {
  bg: "var(--raised)",
  fg: "var(--ink)",
  accent: "var(--accent)",
  line: "var(--strong-line)",
  border: "var(--strong-line)",
  muted: "var(--muted)",
  surface: "var(--raised)",
  transparent: true,
  padding: 8,
};

/** The renderer asks for a font of a stranger, whatever it is told; and a colour must not be made of itself. */
const ownFont = (svg: string): string =>
  svg
    .replace(/@import url\([^)]*\);/g, "")
    .replaceAll("'Inter', ", "")
    // The boxes are measured for that font, which is narrower than some.
    .replace("<style>", "<style>text{letter-spacing:-0.03em}")
    .replace(/--(?:accent|muted):var\(--(?:accent|muted)\);?/g, "");

export const drawDiagram = (source: string, heading: string): string => {
  const svg = ownFont(renderMermaidSVG(source, LOOK));
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const size = `width="${Math.ceil(Number(width))}" height="${Math.ceil(Number(height))}"`;
  return `<figure class="diagram"><div class="scroll" tabindex="0" role="group" aria-label="${escapeText(heading)}"><img ${size} src="${toImage(svg)}" alt="${escapeText(heading)}" loading="lazy"></div><details><summary>As text</summary><pre tabindex="0"><code>${escapeText(source.trimEnd())}</code></pre></details></figure>`;
};
