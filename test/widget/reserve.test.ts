/** The place that a snippet keeps is as high as the form will be, in the page's own font. */
import { printReserve } from "../../widget/print/reserve.ts";
import { assert, equal, mount, restores } from "./harness.ts";

const FORMS: Record<string, Record<string, string>> = {
  "a plain form": {},
  "a form with projects": { projects: "Tower, Sea", required: "name phone project" },
  "one field": { fields: "phone", "without-country-select": "" },
  "a notice": { consent: "notice" },
  "a notice with a link": { consent: "notice", "privacy-url": "https://example.com/" },
  "a box with a link": { consent: "checkbox", "privacy-url": "https://example.com/" },
  "a box that may stay empty": { consent: "optional", fields: "name email" },
  "a long heading": { heading: 'Get a "call" about </style> any of our homes by the sea today' },
};

/** In pixels: the line beside a box is 3 lower than the box, and two are not; WebKit rounds lines. */
const MOST = 5;

describe("the place that is kept", () => {
  for (const [what, given] of Object.entries(FORMS))
    for (const lang of ["en", "ar", "ru"])
      it(`is as high as ${what}, in ${lang}, at any width and in two fonts`, async () => {
        const all = { target: "sakneen", country: "EG", ...given };
        const page = document.createElement("div");
        page.lang = lang;
        page.dir = lang === "ar" ? "rtl" : "ltr";
        document.body.append(page);
        restores.push(() => page.remove());
        // An element that nothing defines; the style is for one language, or for all.
        for (const written of [all, { ...all, lang }]) {
          const box = document.createElement("div");
          box.innerHTML = printReserve(written).replaceAll("lead-form[", "not-yet[");
          const place = document.createElement("not-yet");
          for (const [name, value] of Object.entries(written)) place.setAttribute(name, value);
          place.innerHTML = "<a href='#'>Request a call</a>";
          page.replaceChildren(box);
          box.append(place);
          const { form } = await mount({ ...all, lang }, page);
          const apart: string[] = [];
          for (const font of ["sans-serif", "serif"])
            for (const width of [256, 288, 304, 320, 343, 375, 414, 480, 700, 1280]) {
              page.style.fontFamily = font;
              page.style.width = `${width}px`;
              // WebKit keeps the rows of a grid that has grown; a page that loads does not grow.
              box.append(place);
              const [kept, drawn] = [place, form].map((each) => each.getBoundingClientRect());
              if (Math.abs(kept!.height - drawn!.height) > MOST || kept!.width !== drawn!.width)
                apart.push(`${width} ${font}: ${kept!.height} for ${drawn!.height}`);
            }
          form.remove();
          equal(apart, []);
        }
      });

  it("is none for a dialog", () => {
    assert(printReserve({ target: "a", presentation: "dialog" }) === "", "none");
  });
});
