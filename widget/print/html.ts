/** Owns the templates of Lit where nothing is drawn, in its place on a server. Must not touch a document. */

export const nothing = Symbol.for("lit-nothing");

/** As `TemplateResult` of lit-html, which the printer reads. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]) => ({ strings, values });
