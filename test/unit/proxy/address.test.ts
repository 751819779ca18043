/** By what a visitor's address is counted: each way to write one is one. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readAddress, toAddress } from "../../../proxy/http/address.ts";

const CASES: readonly (readonly [text: string, address: string | undefined])[] = [
  ["203.0.113.7", "203.0.113.7"],
  [" 203.0.113.7 ", "203.0.113.7"],
  ["203.0.113.7:4711", "203.0.113.7"],
  ['"203.0.113.7:4711"', "203.0.113.7"],
  ["0.0.0.0", "0.0.0.0"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:203.0.113.7", "203.0.113.7"],
  ["::ffff:cb00:7107", "203.0.113.7"],
  ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"],
  ["[::ffff:203.0.113.7]:4711", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["[2001:db8::1]", "2001:db8:0:0::/64"],
  ["[2001:db8::1]:443", "2001:db8:0:0::/64"],
  ['"[2001:db8::1]:443"', "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["[fe80::1%25en1]:80", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["1::", "1:0:0:0::/64"],
  ["", undefined],
  ["unknown", undefined],
  ["_hidden", undefined],
  ["256.0.0.1", undefined],
  ["1.2.3", undefined],
  ["1.2.3.4.", undefined],
  ["1.2.3.4.5", undefined],
  ["010.0.0.1", undefined],
  ["3405803783", undefined],
  ["2001:db8::1::2", undefined],
  ["2001:db8:1:2:3:4:5", undefined],
  ["1:2:3:4:5:6:7:8:9", undefined],
  ["[2001:db8::1", undefined],
  ["localhost", undefined],
  ["203.0.113.7]@evil.example/[", undefined],
];

describe("an address", () => {
  for (const [text, address] of CASES)
    test(`written ${JSON.stringify(text)} is ${address ?? "none"}`, () => {
      assert.equal(toAddress(text), address);
    });

  test("that is not known is none", () => assert.equal(toAddress(undefined), undefined));
});

describe("a header of the trusted proxy", () => {
  const read = (name: string, value?: string) =>
    readAddress(new Headers(value === undefined ? {} : { [name]: value }), name);

  for (const [name, value, address] of [
    ["x-forwarded-for", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["x-forwarded-for", "198.51.100.1,[2001:db8::1]:443", "2001:db8:0:0::/64"],
    ["x-forwarded-for", "203.0.113.7:52000", "203.0.113.7"],
    ["x-real-ip", "2001:db8::1", "2001:db8:0:0::/64"],
    ["x-forwarded-for", "198.51.100.1,", undefined],
    ["x-forwarded-for", "unknown", undefined],
    ["x-real-ip", undefined, undefined],
    ["forwarded", "for=198.51.100.1, for=203.0.113.7;proto=https;by=10.0.0.1", "203.0.113.7"],
    ["Forwarded", 'proto=https; For="[2001:db8:1:2::17]:4711"', "2001:db8:1:2::/64"],
    ["forwarded", 'for="203.0.113.7:80"', "203.0.113.7"],
    ["forwarded", "for=unknown", undefined],
    ["forwarded", "by=203.0.113.7", undefined],
    ["forwarded", "203.0.113.7", undefined],
  ] as const)
    test(`${name}: ${value ?? "(none)"} names ${address ?? "nobody"}`, () => {
      assert.equal(read(name, value), address);
    });
});
