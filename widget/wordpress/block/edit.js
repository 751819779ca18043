/**
 * Owns the block in the editor: its settings, and a preview that is the real element and never sends.
 * Plain JavaScript over what WordPress brings, so that nothing has to be built.
 */
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement: el, Fragment, useEffect, useRef } = element;
  const { __ } = i18n;
  const { InspectorControls, useBlockProps } = blockEditor;
  const { PanelBody, Placeholder, SelectControl, TextControl, TextareaControl } = components;

  const NAME = "lead-form/form";
  /** What the settings page holds, and the site's language; an editor that is not WordPress's own may not tell. */
  const site = {
    endpoint: "",
    target: "",
    lang: "",
    settingsUrl: "",
    /** Of the targets' own fields, as JSON, by target. */
    definitions: {},
    ...window.leadFormSettings,
  };

  const choice = (attribute, label, ...options) => ({ attribute, label, options });
  const text = (attribute, label, help = "", placeholder = "") => ({
    attribute,
    label,
    help,
    placeholder,
  });

  /** Every attribute of block.json, by the panel of the sidebar that sets it. */
  const PANELS = [
    {
      title: __("Form", "lead-form"),
      controls: [
        text(
          "target",
          __("Target", "lead-form"),
          __("Which target of your proxy receives the leads.", "lead-form"),
          site.target,
        ),
        choice(
          "presentation",
          __("Presentation", "lead-form"),
          ["", __("In the page", "lead-form")],
          ["dialog", __("A button that opens a dialog", "lead-form")],
        ),
        text(
          "fields",
          __("Fields", "lead-form"),
          __(
            "Which of name, phone, email, project and the target’s own, in this order.",
            "lead-form",
          ),
          "name phone email",
        ),
        {
          ...text(
            "presets",
            __("Values of own fields", "lead-form"),
            __("One on a line, such as unit=A-12.", "lead-form"),
            "unit=A-12",
          ),
          isLong: true,
        },
        text("project", __("Project", "lead-form"), __("Sent with the lead.", "lead-form")),
        text(
          "projects",
          __("Projects to choose from", "lead-form"),
          __("Separated by commas.", "lead-form"),
        ),
      ],
    },
    {
      title: __("Texts", "lead-form"),
      controls: [
        text("heading", __("Heading", "lead-form")),
        text("submitLabel", __("Text of the button", "lead-form")),
        text("successMessage", __("Text after success", "lead-form")),
        text(
          "contactPhone",
          __("Phone number", "lead-form"),
          __("Shown where the form cannot send.", "lead-form"),
        ),
      ],
    },
    {
      title: __("Appearance", "lead-form"),
      controls: [
        choice(
          "theme",
          __("Theme", "lead-form"),
          ["", __("Default", "lead-form")],
          ["estate", "Estate"],
          ["fintech", "Fintech"],
          ["ink", "Ink"],
        ),
        choice(
          "scheme",
          __("Colors", "lead-form"),
          ["", __("As the page", "lead-form")],
          ["light", __("Light", "lead-form")],
          ["dark", __("Dark", "lead-form")],
        ),
      ],
    },
    {
      title: __("Language and country", "lead-form"),
      controls: [
        choice(
          "lang",
          __("Language", "lead-form"),
          ["", __("As the page", "lead-form")],
          ["en", "English"],
          ["ar", "العربية"],
          ["ru", "Русский"],
        ),
        text(
          "country",
          __("Country", "lead-form"),
          __("Two letters: how a phone number without + is read.", "lead-form"),
          site.country || "EG",
        ),
        text(
          "countries",
          __("Countries to choose from", "lead-form"),
          __("Two letters each; all where empty.", "lead-form"),
          "EG SA AE",
        ),
      ],
    },
    {
      title: __("Consent", "lead-form"),
      controls: [
        choice(
          "consent",
          __("Consent", "lead-form"),
          ["", __("Not asked", "lead-form")],
          ["notice", __("A notice", "lead-form")],
          ["checkbox", __("A box that must be ticked", "lead-form")],
          ["optional", __("A box that may stay empty", "lead-form")],
        ),
        text("privacyUrl", __("Address of the privacy policy", "lead-form")),
        text(
          "consentVersion",
          __("Version of the text", "lead-form"),
          __("Stored with the lead.", "lead-form"),
        ),
      ],
    },
  ];
  const ATTRIBUTES = PANELS.flatMap(({ controls }) => controls.map(({ attribute }) => attribute));

  const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

  /** `unit=A-12` as the element has it. */
  const fromPresets = (presets = "") =>
    Object.fromEntries(
      [...presets.matchAll(/^\s*([a-z][a-z\d_-]*)\s*=\s*(.*?)\s*$/gm)].map(([, name, value]) => [
        `field-${name}`,
        value,
      ]),
    );

  const control = ({ attributes, setAttributes }, { attribute, options, isLong, ...rest }) =>
    el(options ? SelectControl : isLong ? TextareaControl : TextControl, {
      key: attribute,
      ...rest,
      ...(options && { options: options.map(([value, label]) => ({ value, label })) }),
      value: attributes[attribute] ?? "",
      // Undefined, so that an emptied field leaves no trace in the post.
      onChange: (value) => setAttributes({ [attribute]: value || undefined }),
      __nextHasNoMarginBottom: true,
    });

  const sidebar = (props) =>
    el(
      InspectorControls,
      null,
      PANELS.map(({ title, controls }, index) =>
        el(
          PanelBody,
          { key: title, title, initialOpen: index === 0 },
          controls.map((each) => control(props, each)),
        ),
      ),
    );

  /** The form as visitors see it, but nobody can reach it, and what would be sent is stopped before. */
  const Preview = ({ attributes }) => {
    const ref = useRef(null);
    useEffect(() => {
      const box = ref.current;
      const refuse = (event) => event.preventDefault();
      // As a property: React 18 and 19 differ in what they make of the attribute.
      box.inert = true;
      box.addEventListener("lead-form-submit", refuse);
      return () => box.removeEventListener("lead-form-submit", refuse);
    }, []);
    const { presentation, presets, ...shown } = attributes;
    const given = ATTRIBUTES.filter((name) => shown[name]).map((name) => [
      kebab(name),
      shown[name],
    ]);
    const definitions = site.definitions[shown.target || site.target];
    return el(
      "div",
      { ref },
      presentation === "dialog" &&
        el(
          "p",
          null,
          el(
            "span",
            { className: "wp-element-button" },
            shown.heading || __("Request a call", "lead-form"),
          ),
        ),
      el("lead-form", {
        endpoint: site.endpoint,
        target: site.target,
        lang: site.lang,
        ...(site.country && { country: site.country }),
        ...(definitions && { definitions }),
        ...fromPresets(presets),
        ...Object.fromEntries(given),
      }),
    );
  };

  /** What stands in the place of a form that would not work, and what to do about it. */
  const missing = () =>
    el(
      Placeholder,
      {
        icon: "feedback",
        label: __("Lead Form", "lead-form"),
        instructions: site.endpoint
          ? __("Name a target in the sidebar, or a default target in the settings.", "lead-form")
          : __("The form does not know yet where to send its leads.", "lead-form"),
      },
      site.settingsUrl
        ? el(
            "a",
            { className: "components-button is-primary", href: site.settingsUrl },
            __("Lead Form settings", "lead-form"),
          )
        : __("Ask an administrator to set it up.", "lead-form"),
    );

  const Edit = (props) => {
    const works = site.endpoint && (props.attributes.target || site.target);
    return el(
      Fragment,
      null,
      sidebar(props),
      el("div", useBlockProps(), works ? el(Preview, { attributes: props.attributes }) : missing()),
    );
  };

  blocks.registerBlockType(NAME, {
    edit: Edit,
    save: () => null,
  });
})(window.wp);
