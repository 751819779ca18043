/** Owns the colours of code, set at build time. Must not bring a script or a style. */
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import ini from "highlight.js/lib/languages/ini";
import json from "highlight.js/lib/languages/json";
import nginx from "highlight.js/lib/languages/nginx";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { escapeText } from "./html.ts";

const LANGUAGES = { bash, dockerfile, ini, json, nginx, typescript, xml, yaml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

/** What fences and file names call them. */
const ALIASES: Readonly<Record<string, string>> = {
  gs: "typescript",
  html: "xml",
  js: "typescript",
  jsonc: "json",
  sh: "bash",
  ts: "typescript",
  tsx: "typescript",
  yml: "yaml",
};

/** A block of code that a keyboard can scroll; the page's script adds the button that copies it. */
export const highlight = (code: string, language: string): string => {
  const known = ALIASES[language] ?? language;
  const inside = hljs.getLanguage(known)
    ? hljs.highlight(code, { language: known }).value
    : escapeText(code);
  return `<div class="code"><pre tabindex="0" dir="ltr"><code>${inside}</code></pre></div>\n`;
};
