/**
 * Owns the ways from older markup to the block: from the element, its alias and the shortcode. Must not hold a text.
 * Plain JavaScript over what WordPress brings, so that nothing has to be built.
 */
(({ blocks, hooks }) => {
  const NAME = "lead-form/form";
  const ALIAS = "lead-form,div[data-lead-form]";

  const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

  /** `field-unit="A-12"` as an author writes it; a shortcode's name may have an underscore. */
  const toPresets = (given) =>
    Object.entries(given)
      .flatMap(([name, value]) => {
        const field = /^(?:data-)?field[_-](.+)$/.exec(name)?.[1];
        return field ? [`${field}=${value}`] : [];
      })
      .join("\n");

  /** What an element or an alias says, by the names of the block. */
  const collect = (node, names) => {
    const prefix = node.localName === "lead-form" ? "" : "data-";
    const given = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
    const pairs = names.map((name) => [name, given[prefix + kebab(name)]]);
    return Object.fromEntries(
      [...pairs, ["presets", toPresets(given)]].filter(([, value]) => value),
    );
  };

  /** Pasting keeps listed attributes only: presets of fields that nobody has asked about are lost. */
  const knownPresets = () => {
    const known = Object.values(window.leadFormSettings?.definitions ?? {});
    const names = known.flatMap((text) => JSON.parse(text).fields.map(({ name }) => name));
    return [...new Set(names)].map((name) => `field-${name}`);
  };

  const fromElement = (names) => {
    const pasted = [...names.map(kebab), ...knownPresets()];
    return {
      type: "raw",
      selector: ALIAS,
      isMatch: (node) => node.matches(ALIAS),
      schema: {
        "lead-form": { attributes: pasted },
        div: { attributes: ["data-lead-form", ...pasted.map((name) => `data-${name}`)] },
      },
      transform: (node) => blocks.createBlock(NAME, collect(node, names)),
    };
  };

  const fromShortcode = (names) => {
    const reads = {
      ...Object.fromEntries(
        names.map((name) => [
          name,
          (named) => named[kebab(name)] ?? named[kebab(name).replaceAll("-", "_")],
        ]),
      ),
      presets: (named) => toPresets(named) || undefined,
    };
    return {
      type: "shortcode",
      tag: "lead_form",
      attributes: Object.fromEntries(
        Object.entries(reads).map(([name, read]) => [
          name,
          { type: "string", shortcode: ({ named }) => read(named) },
        ]),
      ),
    };
  };

  // Before WordPress adds attributes of its own: these are those of block.json.
  hooks.addFilter(
    "blocks.registerBlockType",
    "lead-form/transforms",
    (settings, name) => {
      if (name !== NAME) return settings;
      const names = Object.keys(settings.attributes);
      return { ...settings, transforms: { from: [fromElement(names), fromShortcode(names)] } };
    },
    1,
  );
})(window.wp);
