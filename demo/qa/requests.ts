/**
 * Owns the requests that no form sends: one for each answer that a visitor never meets. Must not say what
 * the answers should be.
 */

const URLENCODED = { "content-type": "application/x-www-form-urlencoded" };

/** Just above what the proxy reads. */
const TOO_LARGE = 16 * 1024 + 1;

const lead = (target: string, phone: string, more: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({ target, name: "Request", phone, country: "EG", ...more }).toString();

const post = (body: string, headers: Readonly<Record<string, string>> = URLENCODED) => ({
  method: "POST",
  headers: { accept: "application/json", ...headers },
  body,
});

const ask = async (path: string, init: RequestInit): Promise<string> => {
  const answer = await fetch(path, init);
  const body: unknown = await answer.json().catch(() => ({}));
  return `${answer.status} ${String(Object(body).code ?? Object(body).status ?? "")}`;
};

/** Sends them all. @returns status and code of each answer, by the name of the request */
export const sendRequests = async (phone: string): Promise<Record<string, string>> => {
  const id = crypto.randomUUID();
  const first = await ask("/v1/leads", post(lead("qa", phone, { id })));
  if (!first.startsWith("20")) throw new TypeError(`The first lead was answered ${first}.`);
  const asked = {
    malformed: ask("/v1/leads", post(lead("qa", phone, { id: "7" }))),
    stamp_refused: ask("/v1/leads", post(lead("qa-strict", phone))),
    not_found: ask("/v1/nothing", { headers: { accept: "application/json" } }),
    method_refused: ask("/v1/leads", { headers: { accept: "application/json" } }),
    too_large: ask("/v1/leads", post("x".repeat(TOO_LARGE))),
    unsupported_type: ask("/v1/leads", post("lead", { "content-type": "text/plain" })),
    id_reused: ask("/v1/leads", post(lead("qa", phone, { id, name: "Another" }))),
  };
  return Object.fromEntries(
    await Promise.all(
      Object.entries(asked).map(async ([name, answer]) => [name, await answer] as const),
    ),
  );
};
