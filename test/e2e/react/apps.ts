/**
 * Owns two pages in React: one with the element, one with the alias beside a child that goes. Must not ask
 * whether it is rendered on a server or in a browser.
 */
import { createElement as h, useEffect, useRef, useState } from "react";
import type { Node } from "react";

/** A listener that writes down by which way it was put there. */
const note = (way: string) => (): void => void Object(globalThis).heard.push(way);

/** Tells the test that React has taken the page over. */
const useReady = (): void => useEffect(() => void (document.documentElement.id = "ready"), []);

const Contact = (): Node => {
  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    const hear = note("ref");
    form.current?.addEventListener("lead-form-success", hear);
    return () => form.current?.removeEventListener("lead-form-success", hear);
  }, []);
  useReady();
  return h("lead-form", {
    ref: form,
    target: "sakneen",
    country: "EG",
    // The form reflects its status, which the server did not render.
    suppressHydrationWarning: true,
    messages: { heading: "Your flat" },
    "onlead-form-success": note("property"),
  });
};

const Offer = (): Node => {
  const [open, setOpen] = useState(true);
  useReady();
  return h(
    "main",
    null,
    h("button", { onClick: () => setOpen(!open) }, open ? "Close" : "Open"),
    h(
      "div",
      { "data-lead-form": "", "data-target": "sakneen", "data-country": "EG" },
      open && h("p", { id: "offer" }, "Offer of the day"),
      h("p", null, "Call us"),
    ),
  );
};

export const APPS = { Contact, Offer };
export type AppName = keyof typeof APPS;
