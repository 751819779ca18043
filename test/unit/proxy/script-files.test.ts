/** Which encoding a browser gets, by what it says it takes (RFC 9110, 12.5.3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseEncoding } from "../../../proxy/http/script-files.ts";

const CASES: readonly [accepted: string, encoding: string][] = [
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["GZip", "gzip"],
  ["", "identity"],
  ["zstd", "identity"],
  ["identity", "identity"],
  ["*", "br"],
  ["*;q=0", "identity"],
  ["br;q=0, *", "gzip"],
  ["br;q=0.5, gzip;q=0.8", "gzip"],
  ["br;q=1.0, gzip;q=1", "br"],
  ["gzip;q=0.001", "gzip"],
  ["gzip;q=0.2, identity", "identity"],
  ["gzip;q=0.2, identity;q=0.5, *;q=0.1", "identity"],
  ["br ; q=0 , gzip ; q=0", "identity"],
  ["br;q=much", "identity"],
  // Nothing is left to choose from; what everyone can read is better than no script.
  ["identity;q=0", "identity"],
];

for (const [accepted, encoding] of CASES)
  test(`"${accepted}" gets ${encoding}`, () => assert.equal(chooseEncoding(accepted), encoding));
