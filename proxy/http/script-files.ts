/**
 * Owns the transfer of a script: its origin, its encoding, its tag, its hash, its 304. Must not compress: the build
 * does, since the best compression takes too long for a request.
 */
import { integrityHeaders, scriptHeaders } from "./headers.ts";
import { ENCODINGS, endingOf, replaceEnding, tailFor, toBytes } from "./script-origin.ts";
import type { Bytes, Encoding } from "./script-origin.ts";
import { readWishes } from "./wishes.ts";

/** What the build adds to the name of the file. */
const SUFFIXES: Readonly<Record<Encoding, string>> = { br: ".br", gzip: ".gz", identity: "" };

/** The weight of `identity` where the header does not name it: below every named one (RFC 9110, 12.5.3). */
const UNNAMED_IDENTITY = 0.0001;

/** The encoding of the greatest weight and, of several, the smallest. */
export const chooseEncoding = (acceptEncoding: string): Encoding => {
  const weights = readWishes(acceptEncoding);
  const weightOf = (encoding: Encoding): number =>
    weights.get(encoding) ?? weights.get("*") ?? (encoding === "identity" ? UNNAMED_IDENTITY : 0);
  const [best] = ENCODINGS.filter((encoding) => weightOf(encoding) > 0).toSorted(
    (one, other) => weightOf(other) - weightOf(one),
  );
  return best ?? "identity";
};

/** Cloudflare writes the header anew for the Worker, and keeps the browser's own value here. */
const readAcceptEncoding = (request: Request): string => {
  const { cf } = request as { cf?: { clientAcceptEncoding?: string } };
  return cf?.clientAcceptEncoding ?? request.headers.get("accept-encoding") ?? "";
};

interface File {
  content: Bytes;
  etag: string;
}

const hash = async (algorithm: string, content: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest(algorithm, content));

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Each encoding has a tag of its own. A short one: it travels with each answer. */
const ETAG_BYTES = 9;

const tag = async (content: Bytes): Promise<string> =>
  `"${toBase64((await hash("SHA-256", content)).subarray(0, ETAG_BYTES))}"`;

/** A cache on the way may have weakened the tag. */
const isHeld = (request: Request, { etag }: File): boolean =>
  (request.headers.get("if-none-match") ?? "")
    .split(",")
    .some((held) => ["*", etag].includes(held.trim().replace(/^W\//, "")));

/**
 * Kept for each path once it is there. Not while it is under way: in a Worker a request must not wait for what another
 * one has begun, which ends with that one.
 */
const once = <T>(make: (path: string) => Promise<T | undefined>) => {
  const made = new Map<string, T>();
  return async (path: string): Promise<T | undefined> => {
    const known = made.get(path);
    if (known !== undefined) return known;
    const found = await make(path);
    if (found !== undefined) made.set(path, found);
    return found;
  };
};

interface ScriptsDeps {
  /** A built file by its path, or an answer that is not ok. */
  asset: (path: string) => Promise<Response>;
  /** The origin in the scripts as they were built. */
  baked: string | undefined;
  /** The one that they name instead; undefined where it stays. */
  origin: string | undefined;
}

/** The files of a build do not change while it runs: each is read, told its origin and hashed once. */
export const createScripts = ({ asset, baked, origin }: ScriptsDeps) => {
  const read = once(async (path) => {
    const found = await asset(path);
    return found.ok ? new Uint8Array(await found.arrayBuffer()) : undefined;
  });

  /** Parts name no origin, and an older version that was kept names another: they stay as they were built. */
  const withOrigin = async (
    path: string,
    encoding: Encoding,
    content: Bytes,
  ): Promise<Bytes | undefined> => {
    if (baked === undefined || origin === undefined || origin === baked) return undefined;
    const built = await read(path);
    const [from, to] = [tailFor(baked), tailFor(origin)];
    const whole = built && replaceEnding(built, toBytes(from), toBytes(to));
    return (
      whole &&
      replaceEnding(content, endingOf(encoding, from, built), endingOf(encoding, to, whole))
    );
  };

  const fileAt = async (path: string, encoding: Encoding): Promise<File | undefined> => {
    const built = await read(path + SUFFIXES[encoding]);
    if (!built) return undefined;
    const content = (await withOrigin(path, encoding, built)) ?? built;
    return { content, etag: await tag(content) };
  };
  const files = Object.fromEntries(
    ENCODINGS.map((encoding) => [encoding, once((path) => fileAt(path, encoding))]),
  ) as Record<Encoding, (path: string) => Promise<File | undefined>>;

  const integrityOf = async (path: string): Promise<string | undefined> => {
    const file = await files.identity(path);
    return file && `sha384-${toBase64(await hash("SHA-384", file.content))}`;
  };

  /** The list of a version, by the names that its build wrote beside the scripts. */
  const integrity = once(async (path) => {
    const list = await read(path);
    if (!list) return undefined;
    const names = Object.keys(JSON.parse(new TextDecoder().decode(list)) as object);
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const hashes = names.map(async (name) => [name, await integrityOf(folder + name)] as const);
    return JSON.stringify(Object.fromEntries(await Promise.all(hashes)), null, 2);
  });

  return {
    /** @returns what answers a request for a script, or undefined where there is no such script */
    serve: async (
      request: Request,
      path: string,
      versioned: boolean,
    ): Promise<Response | undefined> => {
      const encoding = chooseEncoding(readAcceptEncoding(request));
      const file = await files[encoding](path);
      if (!file) return undefined;
      const headers = new Headers({ ...scriptHeaders(versioned), etag: file.etag });
      if (isHeld(request, file)) return new Response(null, { status: 304, headers });
      headers.set("content-length", String(file.content.length));
      if (encoding !== "identity") headers.set("content-encoding", encoding);
      // "manual": workerd would compress the content a second time.
      return new Response(file.content, { headers, encodeBody: "manual" });
    },
    /** What a page pins each script with: the hashes of what is really served, by the names of the files. */
    integrity: async (path: string): Promise<Response | undefined> => {
      const text = await integrity(path);
      return text === undefined ? undefined : new Response(text, { headers: integrityHeaders() });
    },
  };
};
