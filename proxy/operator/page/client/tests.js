/**
 * Owns the view of test leads: what each has shown, and the button that removes it. Must not call the API.
 */
import { clock, h, reasonWords } from "./dom.js";

/** @param vendor the vendor's name */
const resultOf = ({ state, reason }, vendor) => {
  if (reason) return reasonWords(reason, vendor);
  const what = state === "sending" ? "has not answered" : "knows the address, the key and the form";
  return { what: `${vendor.charAt(0).toUpperCase()}${vendor.slice(1)} ${what}`, todo: "" };
};

const row = (test, vendorOf, remove) => {
  const { what, todo } = resultOf(test, vendorOf(test.target));
  return h(
    "li",
    {},
    h("span", { class: "tag" }, "Test"),
    h("span", {}, h("b", {}, test.target), `: ${what}. ${todo}`),
    h("span", { class: "muted" }, clock(test.created_at)),
    h(
      "span",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: "small",
          "data-needs": "replay",
          "data-key": `test ${test.id}`,
          "aria-label": `Remove: the test lead for ${test.target}, sent ${clock(test.created_at)}`,
          onclick: () => remove(test),
        },
        "Remove",
      ),
    ),
  );
};

/** Nothing where there are none. */
export const testsView = (tests, vendorOf, remove) =>
  tests.length === 0
    ? []
    : [
        h(
          "section",
          { class: "card", "aria-labelledby": "tests-title" },
          h("h2", { id: "tests-title", tabindex: "-1" }, "Test leads"),
          h(
            "p",
            { class: "muted" },
            "No vendor has them, and nothing counts them. They are gone after a day.",
          ),
          h(
            "div",
            { class: "list" },
            h(
              "ul",
              { "aria-label": "Test leads" },
              tests.map((test) => row(test, vendorOf, remove)),
            ),
          ),
        ),
      ];
