/** What keeps stored leads unreadable without the key. */
import assert from "node:assert/strict";
import { createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { describe, test } from "node:test";
import { readLedgerKeys } from "../../../proxy/config/ledger-keys.ts";
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

/** What is stored today has to be readable by every later version: these were written by this one. */
describe("what version 0.1.0 has written", () => {
  const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
  const keyring = () => keyringOf({ k1: KEY.toString("base64") });
  const TEXT = '{"name":"منى","phone":"+201012345678"}';
  const BOXES = {
    lead: "6EktmcTcxAVjEqBssK2ywxS+AF78LRIyG7kcLD6QnqVjzqrXqw2Ahqfkb5eNvFJovR+90mfcwXqz/VJwoNIiad4z/9Wg",
    kept: "z9Lzh+Dh2ljSgAxy1tokq04ro7UI732/UTNzuFOIONTaaem5FPnfuYd7ITHN1GSNmjMiRoiewFFLXhYpbqs1vx6v/3Dc",
    ref: "Tmwbm1YbAUpl5ED6d7lMKaR7EfWYuB1ixY4B3RUw2ORwdua0h5SNDl1/8mqfRd8OWACGSTksVXkYohm3PtKdHGdHEeGx",
  } as const;
  const HASHES = {
    phone: "X/OLPQKscfQJfsn1b2wAwD6ugMyY8GnuwsnK0QjtTL0=",
    content: "mO8VJDncYhX1k5Cr9zSRvSt6wUcBDQgHpBq9GOGe8CY=",
    address: "5swetZja7ZLFMwiQVEZ/ANpaQ98IrML4PA7Q/pjntxI=",
  } as const;

  for (const [part, box] of Object.entries(BOXES) as [keyof typeof BOXES, string][])
    test(`opens: the box of the ${part}`, async () => {
      const opened = await open(await keyring(), ID, "t", { keyId: "k1", box }, part);
      assert.equal(opened, TEXT);
    });

  for (const [purpose, hash] of Object.entries(HASHES))
    test(`is found: the hash for ${purpose}`, async () =>
      assert.deepEqual(await hashes(await keyring(), purpose, "+201012345678"), [hash]));

  // The same by another library, from RFC 5869, NIST SP 800-38D and RFC 2104 alone.
  const derived = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", KEY, "", `lead-form ${purpose}`, 32));

  test("is sealed under a key of its own, bound to its row", () => {
    const bytes = Buffer.from(BOXES.lead, "base64");
    const decipher = createDecipheriv("aes-256-gcm", derived("seal"), bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(`${ID}|t`)).setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    assert.equal(text.toString(), TEXT);
  });

  test("is hashed under another key than it is sealed with", () => {
    const hmac = (key: Buffer) =>
      createHmac("sha256", key).update("phone|+201012345678").digest("base64");
    assert.equal(hmac(derived("mac")), HASHES.phone);
    for (const other of [KEY, derived("seal")]) assert.notEqual(hmac(other), HASHES.phone);
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
