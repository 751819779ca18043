/**
 * Owns the operator's page: its frame and the words for every reason. It holds no data; its script
 * asks the API for that, with the token that is typed into it.
 */
import { html } from "hono/html";

/** Nothing but its own two files and its own API; no inline script, no HTML from strings. */
export const pageHeaders: Record<string, string> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
};

export const operatorPage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <title>Leads</title>
        <link rel="stylesheet" href="/operator/page.css" />
        <script type="module" src="/operator/page.js"></script>
      </head>
    </html>`;
