/**
 * Owns the headers of every answer: the common ones, and those of scripts, hosted pages and the
 * demo. Must not depend on the content of an answer.
 */
import { createMiddleware } from "hono/factory";
import { LEADS_PATH } from "../shared/contract.ts";

/** ASVS 5.0 3.2.1, 3.4.1, 3.4.4, 14.3.2: the headers that an answer to a program needs. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-site",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

/** What a page may read of an answer to its lead depends on the page. */
const VARY = "Origin";

/** No handler sets it by itself: an answer that has it was made with all of them. */
const MARK: keyof typeof COMMON_HEADERS = "x-content-type-options";

/** Adds each header that the handler did not set. */
export const securityHeaders = createMiddleware(async function securityHeaders(c, next) {
  await next();
  const { headers } = c.res;
  if (headers.has(MARK)) return;
  if (c.req.path === LEADS_PATH) headers.set("vary", VARY);
  for (const [name, value] of Object.entries(COMMON_HEADERS))
    if (!headers.has(name)) headers.set(name, value);
});

/** Lets a page of an allowed origin read the answer. No credentials: there are no cookies. */
export const corsHeaders = (origin: string): Record<string, string> => ({
  "access-control-allow-origin": origin,
  "access-control-expose-headers": "retry-after",
});

/** @param origin none where an operator's command has asked */
export const readableBy = (origin: string | undefined, response: Response): Response => {
  if (origin === undefined) return response;
  for (const [name, value] of Object.entries(corsHeaders(origin)))
    response.headers.set(name, value);
  return response;
};

/** Who gets the answer to a posted lead: a page of this origin may read it. */
export interface Reader {
  origin: string | undefined;
}

/** Subdomains of an allowed origin are many: the memory of headers begins anew then. */
const MAX_PREPARED = 1_000;
const prepared = new Map<string, Headers>();

/**
 * The headers of a JSON answer; not to be changed. Each is made once: to make them costs a Worker as much as
 * to check a lead.
 *
 * @param type the subtype
 * @param reader none where no lead was posted
 */
export const jsonHeaders = (type: "json" | "problem+json", reader?: Reader): Headers => {
  const key = `${type} ${reader ? reader.origin : ""}`;
  const known = prepared.get(key);
  if (known) return known;
  const headers = new Headers({
    ...COMMON_HEADERS,
    "content-type": `application/${type}; charset=utf-8`,
    ...(reader && { vary: VARY }),
    ...(reader?.origin !== undefined && corsHeaders(reader.origin)),
  });
  if (prepared.size >= MAX_PREPARED) prepared.clear();
  prepared.set(key, headers);
  return headers;
};

/** Seconds that a browser may keep a preflight; Chromium allows no more than two hours. */
const PREFLIGHT_MAX_AGE = 7200;

export const preflightHeaders = (origin: string): Record<string, string> => ({
  ...corsHeaders(origin),
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type",
  "access-control-max-age": String(PREFLIGHT_MAX_AGE),
});

const HOUR = 3600;

/** The script runs in any page. Under its version it never changes; without, an hour is kept. */
export const scriptHeaders = (versioned: boolean): Record<string, string> => ({
  "access-control-allow-origin": "*",
  "cache-control": versioned
    ? "public, max-age=31536000, immutable"
    : `public, max-age=${HOUR}, stale-while-revalidate=${24 * HOUR}`,
  "content-type": "text/javascript; charset=utf-8",
  "cross-origin-resource-policy": "cross-origin",
  vary: "Accept-Encoding",
});

/**
 * What a form asks is no secret: its hosted page shows it. Five minutes, since an operator adds a field while
 * leads wait for it.
 */
export const definitionHeaders = (): Record<string, string> => ({
  "access-control-allow-origin": "*",
  "cache-control": "public, max-age=300",
  "content-type": "application/json; charset=utf-8",
  "cross-origin-resource-policy": "cross-origin",
});

/** Hashes are as public as the scripts. Asked for anew: they change with the server's origin. */
export const integrityHeaders = (): Record<string, string> => ({
  "access-control-allow-origin": "*",
  "cache-control": "no-cache",
  "content-type": "application/json; charset=utf-8",
  "cross-origin-resource-policy": "cross-origin",
});

/** The additional rights of a page with the widget: our script, and requests to our origin. */
const WITH_SCRIPT = (nonce: string): string =>
  `script-src 'self' 'nonce-${nonce}'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lead-form; `;

export const TURNSTILE_ORIGIN = "https://challenges.cloudflare.com";

/** Its script names no trusted types. https://developers.cloudflare.com/turnstile/reference/content-security-policy/ */
const WITH_TURNSTILE = (nonce: string): string =>
  `script-src 'self' 'nonce-${nonce}' ${TURNSTILE_ORIGIN}; connect-src 'self'; frame-src ${TURNSTILE_ORIGIN}; `;

const SCRIPT_RIGHTS = {
  none: () => "",
  own: WITH_SCRIPT,
  turnstile: WITH_TURNSTILE,
} as const satisfies Record<string, (nonce: string) => string>;

/**
 * A page that people see, in any frame. `same-origin` instead of `no-referrer`, since under the latter a
 * browser sends `Origin: null` with the form.
 */
export const hostedPageHeaders = (
  nonce: string,
  scripts: keyof typeof SCRIPT_RIGHTS = "none",
): Record<string, string> => ({
  "content-security-policy": `default-src 'none'; ${SCRIPT_RIGHTS[scripts](nonce)}style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors *`,
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "same-origin",
  vary: "Accept-Language",
});

/**
 * The demo talks to the simulators on other loopback ports, shows itself there as a strange website, and talks to nobody else. Its host pages and recipes stand
 * for customers' own: their policy is their affair.
 */
export const demoHeaders = (path: string): Record<string, string> => ({
  "content-security-policy": /^\/demo\/(?:hosts|recipes)\//.test(path)
    ? "frame-ancestors 'self'"
    : "default-src 'self'; connect-src 'self' http://localhost:* http://127.0.0.1:*; frame-src 'self' http://127.0.0.1:*; img-src 'self' data:",
  "referrer-policy": "same-origin",
});
