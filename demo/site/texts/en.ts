/** Owns the English texts of the site: its keys are the type of the others. Must not hold markup. */

export const en = {
  skip: "To the content",
  language: "Language",
  menu: "Menu",
  home: "Lead Form",
  docs: "Documents",
  guides: "Guides",
  playground: "Playground",
  gallery: "Gallery",
  qa: "QA list",
  recipes: "Recipes",
  search: "Search",
  search_hint: "Search guides and documents",
  search_none: "Nothing found for “{0}”.",
  search_found: "Results: {0}. Arrow keys go through them.",
  on_page: "On this page",
  previous: "Previous",
  next: "Next",
  copy: "Copy",
  copied: "Copied",
  in_english: "The documents for developers are in English.",
  footer: "This page loads nothing from anyone else, and sets no cookie.",
  licence: "MIT licence",

  title: "Lead Form: the lead form in {0}\u00A0kB that loses no lead",
  eyebrow: "An embeddable form, and the proxy behind it",
  headline: "Every lead arrives.",
  intro:
    "A contact form for any page in one script of {0}\u00A0kB, and a small proxy that brings each lead to Sakneen or Brainysoft: through outages, crashes and refused keys, without a key ever reaching a browser.",
  start: "Put it on your page",
  follow: "Follow a lead",
  fact_size: "{0}\u00A0kB in one file",
  fact_languages: "English, Arabic, Russian",
  fact_access: "Keyboard, screen reader, autofill",
  fact_privacy: "No cookie, no third party",

  live_label: "The form, live",
  live_note:
    "The real form. Behind it the proxy’s own code runs in this page, and the CRM is simulated: nothing that you type leaves your browser.",
  live_noscript:
    "On your page this form works without JavaScript too. Here it needs JavaScript, since there is no proxy behind this page.",

  journey_title: "Follow one lead",
  journey_text:
    "Send the form above, and see what each side gets. Then let the CRM fail, and send another one.",
  vendor: "The simulated CRM",
  vendor_ok: "works",
  vendor_down: "is down",
  vendor_key: "refuses the key",
  sent: "Your page sends",
  sent_empty: "What was typed, and the page’s campaign. No key, no address of a CRM.",
  kept: "The proxy keeps",
  kept_empty:
    "One sealed box for each lead. Without the key it cannot be read, not even in a backup.",
  got: "The CRM gets",
  got_empty: "The lead by the CRM’s own document, with the key that only the proxy knows.",
  state_sending: "on its way",
  state_delivered: "delivered, its content deleted",
  state_rejected: "refused by the CRM",
  state_waiting: "waits, and goes out by itself",
  answered: "The visitor’s browser reads {0}",
  vendor_answers: "It answers {0}.",
  nothing_yet: "It took nothing: the lead waits with the proxy.",
  fields_hidden: "The name and the whole number are only inside the box.",

  small_title: "Small, and held to it",
  small_text:
    "What a browser downloads, compressed. Each build measures it, and a test fails where a file outgrows its limit.",
  small_file: "File",
  small_size: "Size",
  small_bar: "{0}\u00A0kB of at most {1}\u00A0kB",
  unit_kb: "{0}\u00A0kB",
  when_script: "with the page: the whole form, in three languages",
  when_phone: "when the page is idle, or at the first touch",
  when_extras: "only where the form asks for it: a dialog, a box to tick",
  when_fields: "only for fields of your own",
  when_world: "only for numbers outside of eleven countries",
  when_full: "instead of the first four, for pinned pages",

  how_title: "How it works",
  how_text: "Three parties, and one rule: a visitor reads “thank you” only once the lead is safe.",
  how_page: "Your page",
  how_proxy: "Your proxy",
  how_vendor: "Your CRM",
  how_lead: "the lead",
  how_key: "the lead, with the key",
  how_page_text:
    "The form checks what was typed, shows how a number is read, and sends it with a proof of work instead of a captcha.",
  how_proxy_text:
    "A Cloudflare Worker, or the same on plain Node. It checks the page’s origin, seals and stores the lead, then calls the CRM.",
  how_vendor_text:
    "It gets the lead once it answers. While it is down or refuses the key, leads wait sealed, and go out by themselves for up to 30 days.",
  how_picture:
    "A lead goes from the page to the proxy, which stores it and passes it on to the CRM. In an outage it waits in the proxy’s store and is sent again.",
  how_retry: "again, until it has it",

  promise_title: "The promise",
  promise_text: "What holds once a visitor has read “thank you”.",
  promise_kept: "Kept through a crash",
  promise_kept_text:
    "The lead is on durable storage, or the CRM has confirmed it. A kill in between loses nothing.",
  promise_outage: "Patient for 30 days",
  promise_outage_text:
    "Down for days, a refused key, a changed form: leads wait, you are told, and they go out by themselves.",
  promise_once: "Never twice by a double click",
  promise_once_text:
    "A repeat of the same lead is answered from the first. Where the CRM’s answer was lost, the lead is sent again: at least once.",
  promise_secret: "Nothing to steal in the browser",
  promise_secret_text:
    "Keys stay in the proxy. Stored leads are sealed, logs hold no name and no number.",
  figures_title: "Measured",
  figures_date: "Run on {0}",
  promise_more: "The whole promise, and its limits",

  use_title: "On your page in a minute",
  use_text: "leads.example.com stands for your own proxy.",
  use_tag: "One tag",
  use_tag_text: "The script once, anywhere; the element where the form shall be.",
  use_fast: "With the form inside",
  use_fast_text:
    "The form stands there with the page, before any script. This is how the form above was printed.",
  use_div: "Where unknown elements are dropped",
  use_div_text: "A div or a link says the same, in WordPress, Tilda, Webflow and other builders.",
  use_gtm: "Google Tag Manager",
  use_gtm_text: "This as a Custom HTML tag, and the div into the page.",
  use_more: "WordPress, builders, tag manager: step by step",

  next_title: "Where to go",
  next_guides: "For marketers: put it on a page, consent, thank-you page.",
  next_docs: "For developers and operators: the element, the proxy, security.",
  next_playground: "Every setting, its effect, and the snippet to take away.",
  next_gallery: "Every state of the form, in every language and colour.",
  next_qa: "A list to work through, step by step.",
  next_recipes: "Whole pages to copy: a loan, a property, a chosen time.",
  guide_intro: "Short pages for whoever puts the form on a page and works with its leads.",
};

export type Texts = Readonly<Record<keyof typeof en, string>>;
