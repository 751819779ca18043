/**
 * Owns the calls to the operator's API, and its token. Must not keep the token anywhere but in this
 * module's memory.
 */

let token = "";

export const setToken = (value) => {
  token = value;
};

/** Never throws: a connection that fails is an answer with the status 0. */
const send = async (method, path, body) => {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  try {
    return await fetch(`/operator${path}`, {
      method,
      headers,
      cache: "no-store",
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    return new Response("{}", { status: 503 });
  }
};

/** The parsed answer, with `ok` and `status` beside it. */
const read = async (response) => {
  const body = await response.json().catch(() => ({}));
  return { ok: response.ok, status: response.status, body };
};

/** The own fields of a target, as its form knows them; none where they cannot be asked for. */
export const ownFieldsOf = async (target) => {
  const { body } = await fetch(`/v1/fields/${encodeURIComponent(target)}`).then(read, () => ({
    body: {},
  }));
  return Array.isArray(body.fields) ? body.fields : [];
};

export const ask = async (method, path, body) => read(await send(method, path, body));

/**
 * Saves an answer as a file, or returns why there is none. A link cannot be used: the token may
 * not be in a URL.
 */
export const download = async (path) => {
  const response = await send("GET", path);
  if (!response.ok) return explain(await read(response));
  const [, name = "leads"] =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  const file = await response.blob().catch(() => undefined);
  if (!file) return "The export broke off, so no file was saved. Try again.";
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return "The file is saved.";
};

/** What a failed answer means to a person. */
export const explain = ({ status, body }) => {
  if (status === 401) return "The token is no longer accepted. Reload the page and sign in again.";
  if (status === 403) return "This token may not do that.";
  if (body.detail) return body.detail;
  if (status === 404) return "This lead is gone: it was erased or its time is over.";
  if (status === 409)
    return body.state === "delivered"
      ? "This lead was delivered meanwhile."
      : `This is not possible while the lead is ${body.state ?? "on its way"}.`;
  return "That did not work. Try again in a moment.";
};
