/** Owns the wait for a connection, and its way out. Must not send. */
import type { html as Html } from "lit/html.js";
import type { Connection } from "../sending/send.ts";

export const connection: Connection = {
  isThere: () => navigator.onLine,
  wait: (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      addEventListener("online", () => resolve(), { once: true, signal });
      signal.addEventListener("abort", () => resolve());
    }),
};

interface Waiting {
  text: (key: "cancel") => string;
  submission: { cancel: () => void };
}

/** The way out of the wait. Lit is passed in, since a second copy of it would cost 2.8 kB. */
export const offlineActions = (html: typeof Html, { text, submission }: Waiting) =>
  html`<button type="button" class="link" @click=${() => submission.cancel()}>
    ${text("cancel")}
  </button> `;
