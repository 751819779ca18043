/** The end of a script in each encoding: what decoders of others read there, for any origin that settings may name. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createScripts } from "../../../proxy/http/script-files.ts";
import {
  endingOf,
  replaceEnding,
  tailFor,
  toBytes as bytes,
} from "../../../proxy/http/script-origin.ts";
import { endWithOrigin, encodeScript } from "../../../proxy/scripts/encode-script.ts";

const BAKED = "http://localhost:8787";
const ORIGINS = [
  "https://leads.example.com",
  "https://l.io",
  "http://[::1]:8080",
  "https://xn--e1afmkfd.xn--p1ai:8443",
  `https://${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.com:65535`,
];
const DECODERS = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (content: Uint8Array) => content,
};

const scriptWith = (origin: string): string =>
  `;(function(o){console.log(o,"${"é\\n".repeat(500)}")})(${tailFor(origin)}`;

describe("a script that ends with its origin", () => {
  for (const encoding of ["br", "gzip", "identity"] as const)
    test(`is decoded from ${encoding} by others`, () => {
      const encoded = encodeScript(bytes(scriptWith(BAKED)), BAKED)[encoding];
      assert.equal(Buffer.from(DECODERS[encoding](encoded)).toString(), scriptWith(BAKED));
    });

  for (const origin of ORIGINS)
    test(`can be told ${origin.slice(0, 40)}, and is whole in each encoding`, () => {
      const [whole, wished] = [bytes(scriptWith(BAKED)), bytes(scriptWith(origin))];
      for (const encoding of ["br", "gzip", "identity"] as const) {
        const replaced = replaceEnding(
          encodeScript(whole, BAKED)[encoding],
          endingOf(encoding, tailFor(BAKED), whole),
          endingOf(encoding, tailFor(origin), wished),
        );
        assert.ok(replaced, encoding);
        assert.equal(
          Buffer.from(DECODERS[encoding](replaced)).toString(),
          scriptWith(origin),
          encoding,
        );
      }
    });

  test("is left alone where it ends with something else, or is shorter", () => {
    for (const text of ["", "x", `${scriptWith(BAKED)} `, scriptWith("http://localhost:8788")])
      assert.equal(
        replaceEnding(bytes(text), bytes(tailFor(BAKED)), bytes(tailFor("https://l.io"))),
        undefined,
      );
  });
});

describe("the build", () => {
  const built =
    ';(function(){var e="http://localhost:8787",t="http://localhost:8787/x";f(e)})();\n';

  test("puts the origin of a script at its end, once, and leaves no other string alone that holds it", () => {
    assert.equal(
      endWithOrigin(built, BAKED),
      ';(function(e){var t="http://localhost:8787/x";f(e)})(`http://localhost:8787`);',
    );
    assert.equal(
      endWithOrigin(built.replace("var e", "var i,a,e"), BAKED),
      ';(function(e){var i,a,t="http://localhost:8787/x";f(e)})(`http://localhost:8787`);',
    );
    // Where a minifier has written it out in a second place.
    assert.equal(
      endWithOrigin(built.replace("f(e)", 'f("http://localhost:8787")'), BAKED),
      ';(function($0){var e=$0,t="http://localhost:8787/x";f($0)})(`http://localhost:8787`);',
    );
  });

  test("stops where a script has another shape, or the name is taken", () => {
    for (const code of [
      "(function(){})();",
      ';(function(){var $0="http://localhost:8787"})();',
      built.replace(")();", ")(1);"),
    ])
      assert.throws(() => endWithOrigin(code, BAKED), /origin/);
  });
});

describe("the scripts of a server", () => {
  const PATH = "/lead-form.js";
  const built = encodeScript(bytes(scriptWith(BAKED)), BAKED);
  const files = new Map([
    [PATH, built.identity],
    [`${PATH}.br`, built.br],
    [`${PATH}.gz`, built.gzip],
  ]);
  const asked: string[] = [];
  const asset = async (path: string): Promise<Response> => {
    asked.push(path);
    const file = files.get(path);
    return new Response(file, { status: file ? 200 : 404 });
  };
  /** As it comes, with brotli. */
  const get = async (scripts: ReturnType<typeof createScripts>): Promise<Buffer> => {
    const headers = { "accept-encoding": "br" };
    const answer = await scripts.serve(new Request(`http://x${PATH}`, { headers }), PATH, true);
    assert.ok(answer);
    return Buffer.from(await answer.arrayBuffer());
  };

  test("name its own origin, made once and not for each request", async () => {
    asked.length = 0;
    const origin = "https://leads.example.com";
    const scripts = createScripts({ asset, baked: BAKED, origin });
    for (let request = 0; request < 3; request++)
      assert.equal(brotliDecompressSync(await get(scripts)).toString(), scriptWith(origin));
    assert.deepEqual(asked, [`${PATH}.br`, PATH]);
  });

  test("of an older build, with another origin or another shape, stay as they were", async () => {
    for (const old of [scriptWith("https://old.example.com"), "export {}"]) {
      const kept = async (): Promise<Response> => new Response(old);
      const scripts = createScripts({ asset: kept, baked: BAKED, origin: "https://l.io" });
      assert.equal((await get(scripts)).toString(), old);
    }
  });

  test("are those of the build where the server has no origin, or the one that was baked in", async () => {
    for (const origin of [undefined, BAKED])
      assert.deepEqual(
        await get(createScripts({ asset, baked: BAKED, origin })),
        Buffer.from(built.br),
      );
  });
});
