/** Owns the picture of a Mermaid diagram, drawn at build time in the page's own colours. Must not load a font. */
import { renderMermaidSVG } from "beautiful-mermaid";
import { escapeText } from "./html.ts";

const COLOURS = {
  bg: "var(--raised)",
  fg: "var(--ink)",
  accent: "var(--accent)",
  line: "var(--strong-line)",
  border: "var(--strong-line)",
  muted: "var(--muted)",
  surface: "var(--raised)",
};

/** The renderer's rules are for a page with one picture: here each stays within its own. */
const scope = (svg: string, id: string): string =>
  svg
    .replace(/<style>([^]*?)<\/style>/, (_, rules: string) => {
      const own = rules
        .replace(/@import url\([^)]*\);/g, "")
        .replace(/\bsvg \{/g, "& {")
        .replace(/'Inter', /g, "");
      return `<style>#${id} {${own}}</style>`;
    })
    .replaceAll(' id="', ` id="${id}-`)
    .replaceAll("url(#", `url(#${id}-`);

export const drawDiagram = (
  source: string,
  { id, heading }: { id: string; heading: string },
): string => {
  const svg = scope(renderMermaidSVG(source, { ...COLOURS, transparent: true, padding: 8 }), id);
  const named = svg.replace(
    "<svg ",
    `<svg id="${id}" role="img" aria-label="${escapeText(heading)}" `,
  );
  return `<figure class="diagram"><div class="scroll" tabindex="0">${named}</div><details><summary>As text</summary><pre tabindex="0"><code>${escapeText(source.trimEnd())}</code></pre></details></figure>`;
};
