/**
 * Owns the checks of a deployment from outside, each with what to do where it fails. Must not leave a trace
 * there.
 */
import { ownOrigins } from "../config/origins.ts";

export interface Check {
  what: string;
  /** What to do; undefined where all is well. */
  problem: string | undefined;
  /** It was not looked at, and why. */
  leftOut?: string;
}

export interface PreflightDeps {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Of the proxy, without a path. */
  origin: string;
  /** Pages that are to send leads. */
  pages: readonly string[];
  targets: readonly string[];
  /** Of this checkout: the deployment should serve the same. */
  version: string;
  /** With it the states of the targets are looked at. */
  token: string | undefined;
}

const FOREIGN = "https://preflight.invalid";
const LEADS = "/v1/leads";

/** A request; undefined where no answer came. */
export type Look = (path: string, init?: RequestInit) => Promise<Response | undefined>;

const health = async (look: Look): Promise<Check> => {
  const response = await look("/healthz");
  const body = (await response?.json().catch(() => undefined)) as
    | { ok?: boolean; faults?: { setting: string; problem: string }[] }
    | undefined;
  const faults = (body?.faults ?? []).map(({ setting, problem }) => `${setting} ${problem}`);
  const problem = body?.ok
    ? undefined
    : faults.length > 0
      ? `Correct the settings: ${faults.join("; ")}.`
      : "It does not answer as this proxy does: is it deployed at this address?";
  return { what: "/healthz finds no fault in the settings", problem };
};

const script = async (look: Look, path: string, what: string): Promise<Check> => {
  const response = await look(path);
  const type = response?.headers.get("content-type") ?? "";
  await response?.body?.cancel();
  const problem = !response?.ok
    ? "It is not there. Build with LEAD_FORM_ENDPOINT set to this address, and deploy all of the build."
    : !type.includes("javascript")
      ? `It comes as ${type || "no type"}: a proxy in front answers in its place.`
      : response.headers.get("access-control-allow-origin") !== "*"
        ? "It lacks Access-Control-Allow-Origin: a proxy in front takes the header away."
        : undefined;
  return { what, problem };
};

/** Where forms send their leads, unless a page says otherwise. */
const named = async (look: Look, origin: string): Promise<Check> => {
  const response = await look("/lead-form.js");
  const text = (await response?.text().catch(() => "")) ?? "";
  const [, found = ""] = /`([^`]*)`\);$/.exec(text) ?? [];
  return {
    what: "its script names this address",
    problem: ownOrigins(origin).includes(found)
      ? undefined
      : "Forms would send their leads elsewhere. Set PUBLIC_URL to this address, or build with LEAD_FORM_ENDPOINT.",
  };
};

const SECURITY = ["x-content-type-options", "referrer-policy", "content-security-policy"];

const headers = async (look: Look): Promise<Check> => {
  const response = await look("/f/");
  await response?.body?.cancel();
  const missing = SECURITY.filter((name) => !response?.headers.has(name));
  return {
    what: "security headers stand on every answer",
    problem:
      missing.length > 0
        ? `Missing: ${missing.join(", ")}. A proxy in front takes them away.`
        : undefined,
  };
};

/** Undefined where no answer came. */
const allows = async (look: Look, page: string): Promise<boolean | undefined> => {
  const asked = { origin: page, "access-control-request-method": "POST" };
  const response = await look(LEADS, { method: "OPTIONS", headers: asked });
  await response?.body?.cancel();
  return response && response.headers.get("access-control-allow-origin") === page;
};

const hosted = async (look: Look, target: string): Promise<Check> => {
  const response = await look(`/f/${encodeURIComponent(target)}`);
  const text = (await response?.text().catch(() => "")) ?? "";
  return {
    what: `the hosted page of ${target} shows a form`,
    problem:
      response?.ok && text.includes("<form")
        ? undefined
        : response?.status === 404
          ? "No target has this key."
          : "The target has a faulty setting: /healthz names it.",
  };
};

const states = async (look: Look, token: string): Promise<Check[]> => {
  const response = await look("/operator/targets", {
    headers: { authorization: `Bearer ${token}` },
  });
  const what = "the operator's token opens /operator";
  if (!response?.ok) {
    await response?.body?.cancel();
    return [{ what, problem: "It is not the token of this deployment, or none is set there." }];
  }
  const { targets } = (await response.json()) as { targets: { target: string; state: string }[] };
  return [
    { what, problem: undefined },
    ...targets.map(({ target, state }) => ({
      what: `${target} is ${state}`,
      problem: ["working", "relay", "recovering"].includes(state)
        ? undefined
        : "Open /operator: it says why, and what to do.",
    })),
  ];
};

export const lookAt =
  ({ fetch, origin }: Pick<PreflightDeps, "fetch" | "origin">): Look =>
  (path, init) =>
    fetch(origin + path, { redirect: "manual", ...init }).catch(() => undefined);

export const runPreflight = async (deps: PreflightDeps): Promise<Check[]> => {
  const { pages, targets, version, token } = deps;
  const look = lookAt(deps);
  const strangers = await allows(look, FOREIGN);
  return [
    await health(look),
    await script(look, "/lead-form.js", "/lead-form.js can be loaded by any page"),
    await script(look, `/v/${version}/lead-form.js`, `it is of version ${version}, as this folder`),
    await named(look, deps.origin),
    await headers(look),
    {
      what: "a page that is not on the list may not send",
      problem:
        strangers === undefined
          ? "No answer came."
          : strangers
            ? "Any page may send. Look at the origins of the targets, and at a proxy in front."
            : undefined,
    },
    ...(await Promise.all(
      pages.map(async (page) => ({
        what: `${page} may send`,
        problem: (await allows(look, page)) ? undefined : "Add it to the origins of its target.",
      })),
    )),
    ...(await Promise.all(targets.map((target) => hosted(look, target)))),
    ...(token ? await states(look, token) : []),
  ];
};
