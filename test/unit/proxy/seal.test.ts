/** What keeps stored leads unreadable without the key. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readLedgerKeys } from "../../../proxy/ledger-keys.ts";
import { createKeyring, hashes, open, seal } from "../../../proxy/ledger/seal.ts";

const key = (fill: number) => Buffer.alloc(32, fill).toString("base64");
const keyringOf = (keys: Record<string, string>) => {
  const read = readLedgerKeys(JSON.stringify(keys));
  if (typeof read === "string") throw new Error(read);
  return createKeyring(read);
};
const ID = "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f";

describe("a sealed lead", () => {
  test("opens with its key, under its id and target, and holds no trace of the text", async () => {
    const keyring = await keyringOf({ k1: key(1) });
    const box = await seal(keyring, ID, "t", "Mona Adel");
    assert.equal(await open(keyring, ID, "t", box), "Mona Adel");
    assert.ok(!Buffer.from(box.box, "base64").includes("Mona"));
  });

  test("is another each time", async () => {
    const keyring = await keyringOf({ k1: key(1) });
    const [a, b] = [await seal(keyring, ID, "t", "x"), await seal(keyring, ID, "t", "x")];
    assert.notEqual(a.box, b.box);
  });

  test("does not open when it was changed, moved, or its key is gone", async () => {
    const keyring = await keyringOf({ k1: key(1) });
    const box = await seal(keyring, ID, "t", "Mona Adel");
    const bytes = Buffer.from(box.box, "base64");
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    assert.equal(
      await open(keyring, ID, "t", { ...box, box: bytes.toString("base64") }),
      undefined,
    );
    assert.equal(await open(keyring, ID.replace("0", "1"), "t", box), undefined);
    assert.equal(await open(keyring, ID, "other", box), undefined);
    assert.equal(await open(await keyringOf({ k1: key(2) }), ID, "t", box), undefined);
    assert.equal(await open(await keyringOf({ k2: key(1) }), ID, "t", box), undefined);
    assert.equal(await open(keyring, ID, "t", { ...box, box: "no base64!" }), undefined);
  });

  test("stays readable after a new key was appended, which seals from then on", async () => {
    const old = await seal(await keyringOf({ k1: key(1) }), ID, "t", "x");
    const rotated = await keyringOf({ k1: key(1), k2: key(2) });
    assert.equal(await open(rotated, ID, "t", old), "x");
    assert.equal((await seal(rotated, ID, "t", "x")).keyId, "k2");
  });
});

describe("a keyed hash", () => {
  test("is found again under an older key, and tells purposes apart", async () => {
    const [before] = await hashes(await keyringOf({ k1: key(1) }), "phone", "+201012345678");
    const rotated = await keyringOf({ k1: key(1), k2: key(2) });
    const after = await hashes(rotated, "phone", "+201012345678");
    assert.equal(after[1], before);
    assert.notEqual(after[0], before);
    assert.notDeepEqual(await hashes(rotated, "content", "+201012345678"), after);
  });
});

describe("LEDGER_KEYS", () => {
  for (const [text, problem] of [
    [undefined, "is missing"],
    ["{", "must be JSON with keys in base64"],
    ["[]", "must be an object of keys by id"],
    ["{}", "holds no key"],
    ['{"k1":"c2hvcnQ="}', "must hold keys of 32 bytes in base64"],
  ] as const)
    test(`${text} ${problem}`, () => assert.equal(readLedgerKeys(text), problem));
});
