/** Owns the snippets for a project that takes the form from npm. Must not touch the DOM. */
import { attributesOf, slotLines, styleOf, whole } from "./form.ts";
import type { Form, Kind } from "./form.ts";

/** The package's own address is that of whoever built it: the form is told where it sends. */
const named = (form: Form): Form => ({
  ...form,
  attributes: form.attributes.flatMap((attribute) =>
    attribute[0] === "target" ? [attribute, ["endpoint", form.origin] as const] : [attribute],
  ),
});

const imports = ({ origin }: Form, more: readonly string[] = [], name = "LeadForm"): string =>
  [
    `import { ${name === "LeadForm" ? name : `LeadForm as ${name}`} } from "lead-form";`,
    'import "lead-form/define";',
    ...more,
    "",
    `${name}.partsOrigin = ${JSON.stringify(origin)};`,
  ].join("\n");

const indented = (lines: readonly string[], depth: number): string =>
  lines.map((line) => `\n${" ".repeat(depth)}${line}`).join("");

/** One element with its attributes and children, each on a line. */
const element = (attributes: readonly string[], children: readonly string[], depth: number) =>
  `<lead-form${indented(attributes, depth + 2)}\n${" ".repeat(depth)}>${indented(children, depth + 2)}${
    children.length > 0 ? `\n${" ".repeat(depth)}` : ""
  }</lead-form>`;

const toCamel = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Plain script: the element's own properties. */
export const npm: Kind = {
  language: "ts",
  print: (given) => {
    const form = named(given);
    const lines = attributesOf(form).map(([name, value]) =>
      name.startsWith("field-")
        ? `form.setAttribute(${JSON.stringify(name)}, ${JSON.stringify(value)});`
        : `form.${toCamel(name)} = ${JSON.stringify(value)};`,
    );
    for (const [name, value] of form.properties ?? [])
      lines.push(`form.style.setProperty(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    const slots = slotLines(form);
    if (slots.length > 0) lines.push(`form.innerHTML = ${JSON.stringify(slots.join(""))};`);
    if (form.listens)
      lines.push(
        'form.addEventListener("lead-form-success", (event) => {',
        '  console.log("lead", event.detail.receipt);',
        "});",
      );
    return whole(`${imports(form)}

const form = document.createElement("lead-form");
${lines.join("\n")}
document.body.append(form);
`);
  },
};

/** In quotes where JSX reads them as they are, else as an expression. */
const inJsx = (value: string): string =>
  /["&\\\n{}]/.test(value) ? `{${JSON.stringify(value)}}` : `"${value}"`;

export const react: Kind = {
  language: "tsx",
  print: (given) => {
    const form = named(given);
    const attributes = attributesOf(form).map(([name, value]) =>
      value === true ? name : `${name}=${inJsx(value)}`,
    );
    const { properties = [] } = form;
    if (properties.length > 0) {
      const written = properties.map((pair) => pair.map((part) => JSON.stringify(part)).join(": "));
      attributes.push(`style={{ ${written.join(", ")} } as CSSProperties}`);
    }
    if (form.listens)
      attributes.push('onlead-form-success={(event) => console.log("lead", event.detail.receipt)}');
    const children = slotLines(form, (text) => `{${JSON.stringify(text)}}`);
    const types = [
      'import type {} from "lead-form/react";',
      ...(properties.length > 0 ? ['import type { CSSProperties } from "react";'] : []),
    ];
    return whole(`${imports(form, types)}

export const Contact = () => (
  ${element(attributes, children, 2)}
);
`);
  },
};

/** Text that neither HTML nor a template language reads as more. */
const inTemplate = (text: string): string =>
  text.replace(/[&<>{}]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const inQuotes = (value: string): string =>
  `"${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;

const HEAR = '\nconst hear = (event) => console.log("lead", event.detail.receipt);';

export const vue: Kind = {
  language: "vue",
  print: (given) => {
    const form = named(given);
    const style = styleOf(form);
    const attributes = attributesOf(form).map(([name, value]) =>
      value === true ? name : `${name}=${inQuotes(value)}`,
    );
    if (style) attributes.push(`style=${inQuotes(style)}`);
    if (form.listens) attributes.push('@lead-form-success="hear"');
    // Vue takes the tag for a component otherwise, and so it does for what is imported by the tag's name.
    const script = imports(form, [], "LeadFormClass");
    return whole(`<!-- vite.config: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "lead-form" } } }) -->
<script setup>
${script}${form.listens ? HEAR : ""}
</script>

<template>
  ${element(attributes, slotLines(form, inTemplate), 2)}
</template>
`);
  },
};

/** In Svelte a brace begins an expression, inside of quotes too. */
const inSvelte = (value: string): string =>
  /[{}]/.test(value) ? `{${JSON.stringify(value)}}` : inQuotes(value);

export const svelte: Kind = {
  language: "svelte",
  print: (given) => {
    const form = named(given);
    const style = styleOf(form);
    const attributes = attributesOf(form).map(([name, value]) =>
      value === true ? name : `${name}=${inSvelte(value)}`,
    );
    if (style) attributes.push(`style=${inSvelte(style)}`);
    if (form.listens) attributes.push("onlead-form-success={hear}");
    const script = `${imports(form)}${form.listens ? HEAR : ""}`.replace(/^(?=.)/gm, "  ");
    return whole(`<script>
${script}
</script>

${element(attributes, slotLines(form, inTemplate), 0)}
`);
  },
};
