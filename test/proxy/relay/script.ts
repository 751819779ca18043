/** How the scripts travel: encoded as the browser takes it, kept, and asked for again, on both runtimes. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import packageJson from "../../../package.json" with { type: "json" };
import { proxy } from "./worker.ts";

/** What `npm run build` bakes in. */
const BUILT_ENDPOINT = "http://localhost:8787";

const NAMES = [
  "lead-form.js",
  "lead-form.full.js",
  "lead-form-extras.js",
  "lead-form-fields.js",
  "lead-form-phone.js",
  "lead-form-phone-spelling.js",
  "lead-form-phone-world.js",
] as const;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came: `fetch` would have decoded it. */
  body: Buffer;
}

const ask = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const request = get(new URL(path, proxy.url), { headers, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await buffer(response),
  };
};

/** The server under test is told this one. */
const ownOrigin = (): string => `http://localhost:${new URL(proxy.url).port}`;

/** Whether it is what the build made, but for the origin of this server: every other byte is the same. */
const isBuilt = async (name: string, body: Buffer): Promise<boolean> => {
  const built = await readFile(`dist/widget/${name}`, "utf8");
  return body.toString() === built.replace(BUILT_ENDPOINT, ownOrigin());
};

describe("a script", () => {
  test("may be loaded by any page, and is kept for good under its version", async () => {
    for (const name of NAMES) {
      const response = await proxy.fetch(`/${name}`);
      assert.equal(response.status, 200, name);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.equal(response.headers.get("cross-origin-resource-policy"), "cross-origin");
      assert.equal(response.headers.get("content-type"), "text/javascript; charset=utf-8");
      assert.match(response.headers.get("cache-control") ?? "", /max-age=3600/);
      const pinned = await proxy.fetch(`/v/${packageJson.version}/${name}`);
      assert.equal(pinned.headers.get("cache-control"), "public, max-age=31536000, immutable");
      assert.equal(await pinned.text(), await response.text());
    }
  });

  const decoders = {
    br: brotliDecompressSync,
    gzip: gunzipSync,
    identity: (content: Buffer) => content,
  };
  for (const [encoding, decode] of Object.entries(decoders))
    test(`comes as ${encoding} where that is asked for, with its length and its own tag`, async () => {
      const tags = new Set<string | undefined>();
      for (const name of NAMES)
        for (const path of [`/${name}`, `/v/${packageJson.version}/${name}`]) {
          const { status, headers, body } = await ask(path, { "accept-encoding": encoding });
          assert.equal(status, 200);
          assert.equal(headers["content-encoding"] ?? "identity", encoding);
          assert.equal(headers["content-length"], String(body.length));
          assert.equal(headers.vary, "Accept-Encoding");
          assert.equal(headers["x-content-type-options"], "nosniff");
          assert.ok(await isBuilt(name, decode(body)), path);
          tags.add(headers.etag);
        }
      assert.equal(tags.size, NAMES.length);
    });

  test("is as small as the build could make it", async () => {
    const { body } = await ask("/lead-form.js", { "accept-encoding": "br;q=1, gzip;q=0.5" });
    const built = await readFile("dist/worker/public/lead-form.js.br");
    assert.equal(body.length, built.length + ownOrigin().length - BUILT_ENDPOINT.length);
  });

  test("has headers that leave a network of 16 KiB room for TLS", async () => {
    const { headers } = await ask("/lead-form.js", { "accept-encoding": "br" });
    const bytes = Object.entries(headers)
      .map(([name, value]) => `${name}: ${String(value)}\r\n`)
      .join("").length;
    assert.ok(bytes <= 560, `${bytes} bytes of headers`);
  });

  test("is not sent again to who has it, in each encoding", async () => {
    const tags: string[] = [];
    for (const encoding of ["br", "gzip", "identity"]) {
      const first = await ask("/lead-form.js", { "accept-encoding": encoding });
      const etag = first.headers.etag ?? "";
      tags.push(etag);
      for (const held of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        const again = await ask("/lead-form.js", {
          "accept-encoding": encoding,
          "if-none-match": held,
        });
        assert.equal(again.status, 304, held);
        assert.equal(again.body.length, 0);
        assert.equal(again.headers.etag, etag);
        assert.equal(again.headers.vary, "Accept-Encoding");
        assert.equal(again.headers["cache-control"], first.headers["cache-control"]);
        assert.equal(again.headers["access-control-allow-origin"], "*");
      }
    }
    assert.equal(new Set(tags).size, 3);
    const [brotli = ""] = tags;
    const other = await ask("/lead-form.js", {
      "accept-encoding": "gzip",
      "if-none-match": brotli,
    });
    assert.equal(other.status, 200);
  });

  test("is pinned by the list of its version, which tells the hash of what is really served", async () => {
    const response = await proxy.fetch(`/v/${packageJson.version}/integrity.json`);
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    assert.equal(response.headers.get("cache-control"), "no-cache");
    const list = (await response.json()) as Record<string, string>;
    assert.deepEqual(Object.keys(list).toSorted(), [...NAMES].toSorted());
    for (const name of NAMES) {
      const { body } = await ask(`/v/${packageJson.version}/${name}`);
      const hash = createHash("sha384").update(body).digest("base64");
      assert.equal(list[name], `sha384-${hash}`, name);
    }
    assert.equal((await proxy.fetch("/v/9.9.9/integrity.json")).status, 404);
    assert.equal((await proxy.fetch("/integrity.json")).status, 404);
  });

  test("does not take its origin from what a request names", async () => {
    for (const headers of [
      { host: "leads.stranger.example" } as Record<string, string>,
      { "x-forwarded-host": "leads.stranger.example", forwarded: "host=leads.stranger.example" },
    ])
      assert.ok(await isBuilt("lead-form.js", (await ask("/lead-form.js", headers)).body));
  });

  test("that does not exist is not found, and the encoded files have no address of their own", async () => {
    for (const path of ["/lead-form-none.js", "/v/9.9.9/lead-form.js", "/lead-form.js.br"])
      assert.equal((await ask(path, { "accept-encoding": "br" })).status, 404, path);
  });
});
