/**
 * Owns the transfer of a script: its encoding, its tag, its 304. Must not compress: the build does,
 * since the best compression takes too long for a request.
 */
import { scriptHeaders } from "./headers.ts";

/** The smallest first. */
const ENCODINGS = ["br", "gzip", "identity"] as const;
type Encoding = (typeof ENCODINGS)[number];

/** What the build adds to the name of the file. */
const SUFFIXES: Readonly<Record<Encoding, string>> = { br: ".br", gzip: ".gz", identity: "" };

/** The weight of `identity` where the header does not name it: below every named one (RFC 9110, 12.5.3). */
const UNNAMED_IDENTITY = 0.0001;

/** The encoding of the greatest weight and, of several, the smallest. */
export const chooseEncoding = (acceptEncoding: string): Encoding => {
  const weights = new Map(
    acceptEncoding
      .toLowerCase()
      .split(",")
      .map((item) => {
        const [coding = "", weight = "q=1"] = item.split(";").map((part) => part.trim());
        return [coding, Number(weight.replace(/^q=/, "")) || 0] as const;
      }),
  );
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
  content: Uint8Array<ArrayBuffer>;
  etag: string;
}

/** Each encoding has a tag of its own. A short one: it travels with each answer. */
const ETAG_BYTES = 9;

const tag = async (content: Uint8Array<ArrayBuffer>): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return `"${btoa(String.fromCharCode(...digest.subarray(0, ETAG_BYTES)))}"`;
};

/** A cache on the way may have weakened the tag. */
const isHeld = (request: Request, { etag }: File): boolean =>
  (request.headers.get("if-none-match") ?? "")
    .split(",")
    .some((held) => ["*", etag].includes(held.trim().replace(/^W\//, "")));

/**
 * @param asset a built file by its path, or an answer that is not ok
 * @returns what answers a request for a script, or undefined where there is no such script
 */
export const createScripts = (asset: (path: string) => Promise<Response>) => {
  // The files of a build do not change while it runs.
  const files = new Map<string, File>();
  const read = async (path: string): Promise<File | undefined> => {
    const known = files.get(path);
    if (known) return known;
    const found = await asset(path);
    if (!found.ok) return undefined;
    const content = new Uint8Array(await found.arrayBuffer());
    const file = { content, etag: await tag(content) };
    files.set(path, file);
    return file;
  };

  return async (
    request: Request,
    path: string,
    versioned: boolean,
  ): Promise<Response | undefined> => {
    const encoding = chooseEncoding(readAcceptEncoding(request));
    const file = await read(path + SUFFIXES[encoding]);
    if (!file) return undefined;
    const headers = new Headers({ ...scriptHeaders(versioned), etag: file.etag });
    if (isHeld(request, file)) return new Response(null, { status: 304, headers });
    headers.set("content-length", String(file.content.length));
    if (encoding !== "identity") headers.set("content-encoding", encoding);
    // "manual": workerd would compress the content a second time.
    return new Response(file.content, { headers, encodeBody: "manual" });
  };
};
