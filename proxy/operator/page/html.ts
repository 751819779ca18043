/**
 * Owns the frame of the operator's page, which the build writes beside the page's script. Must not hold a lead:
 * the script asks the API with the typed token.
 */
import { html, raw } from "hono/html";
import { REPLAYABLE } from "../../ledger/states.ts";
import { inputs } from "./inputs.ts";
import { FIELD_WORDS, REASONS } from "./reasons.ts";

/** The tables that the page's script reads: data, in a block that no browser runs. */
const tables = JSON.stringify({
  reasons: REASONS,
  fields: FIELD_WORDS,
  replayable: REPLAYABLE,
  inputs,
}).replaceAll("<", "\\u003C");

const signIn = html`<form id="sign-in" class="card narrow">
  <h2>Sign in</h2>
  <p class="muted">The token is kept in this tab only, and is gone when you reload.</p>
  <label for="token">Operator token</label>
  <p id="token-error" class="error" hidden></p>
  <input
    id="token"
    type="password"
    autocomplete="off"
    spellcheck="false"
    autocapitalize="none"
    autofocus
    required
  />
  <button class="primary wide">Open</button>
  <noscript><p class="error">This page needs JavaScript.</p></noscript>
</form>`;

const tools = html`<section class="card" aria-labelledby="export-title" data-needs="export">
    <h2 id="export-title">Take leads away</h2>
    <p class="muted">What is undelivered has names and phone numbers: keep the file safe.</p>
    <div class="field">
      <label for="export-state">Leads</label>
      <select id="export-state">
        <option value="">Undelivered, in full</option>
        <option value="delivered">Delivered, by receipt and campaign</option>
      </select>
    </div>
    <div id="export-scope" class="field" hidden>
      <label for="export-target">Target</label>
      <select id="export-target">
        <option value="">All targets</option>
      </select>
    </div>
    <div class="actions">
      <button type="button" data-export="csv">Spreadsheet (CSV)</button>
      <button type="button" data-export="ndjson">Data (NDJSON)</button>
    </div>
  </section>
  <form id="erase" class="card" aria-labelledby="erase-title" data-needs="erase">
    <h2 id="erase-title">Erase a person</h2>
    <p class="muted" id="erase-hint">
      Destroys everything stored for a phone number, in every target. What a vendor already holds
      stays there.
    </p>
    <label for="erase-phone">Phone number</label>
    <p id="erase-error" class="error" hidden></p>
    <div class="joined">
      <input
        id="erase-phone"
        type="tel"
        dir="ltr"
        autocomplete="off"
        aria-describedby="erase-hint"
        placeholder="+20 10 1234 5678"
        required
      />
      <button class="danger">Erase…</button>
    </div>
    <p id="erase-left" class="error" hidden></p>
  </form>`;

const dialogs = html`<dialog id="confirm" aria-labelledby="confirm-title">
    <form method="dialog">
      <h2 id="confirm-title"></h2>
      <p id="confirm-text"></p>
      <div class="actions end">
        <button value="no" autofocus>Cancel</button>
        <button value="yes" class="danger" id="confirm-yes"></button>
      </div>
    </form>
  </dialog>
  <dialog id="lead" aria-labelledby="lead-title"></dialog>`;

export const operatorPage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>Leads</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/operator/page.css" />
        <link rel="stylesheet" href="/operator/controls.css" />
        <link rel="stylesheet" href="/operator/charts.css" />
        <script type="application/json" id="tables">
          ${raw(tables)}
        </script>
        <script type="module" src="/operator/page.js"></script>
      </head>
      <body>
        <header>
          <h1>Leads</h1>
          <p id="updated" class="muted"></p>
          <p id="headline" tabindex="-1"></p>
        </header>
        <main>
          <p id="status" role="status"></p>
          ${signIn}
          <div id="overview" hidden>
            <div id="targets"></div>
            <div id="tests"></div>
            <div class="pair">${tools}</div>
          </div>
        </main>
        ${dialogs}
      </body>
    </html>`;
