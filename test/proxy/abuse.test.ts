/**
 * What a robot gets through, with every kind of storage: no more than the limits, no call to the vendor beyond them,
 * and never the place of a visitor who brings a proof of work.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { VendorHandle } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, startProxy } from "./harness.ts";
import type { Proxy } from "./harness.ts";
import { stampFor } from "./stamp.ts";
import { startTargets } from "./targets.ts";
import type { Targets } from "./targets.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
/** Cloudflare writes this header, and a proxy in front of the Node server that one. */
const HEADER = onNode ? "x-forwarded-for" : "cf-connecting-ip";
const FLOOD = 1_000;
const SMALL_FLOOD = 120;
const AT_ONCE = 50;
const LIMITS = { perAddressPerMinute: 12, perTargetPerMinute: 40, perPhonePerDay: 3 };
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

const STORAGES = {
  "in a store": { storage: "ledger" },
  "in four shards": { storage: "ledger", shards: 4 },
  "without a store": { storage: "none" },
} as const;

let phones = 0;
/** A number that nobody had. */
const newPhone = (): string => `010${String(10_000_000 + phones++)}`;
let networks = 0;
const newAddress = (): string => `2001:db8:${(++networks).toString(16)}:1::1`;

for (const [name, storage] of Object.entries(STORAGES))
  describe(`${name}, a flood`, () => {
    /** The local runner of the Worker is slow: once is enough. */
    const isWhole = onNode || name === "in a store";
    const size = isWhole ? FLOOD : SMALL_FLOOD;
    const crowd = isWhole ? 500 : SMALL_FLOOD;
    let proxy: Proxy;
    let targets: Targets;
    let target: string;
    let vendor: VendorHandle;
    before(async () => {
      targets = await startTargets(11);
      proxy = await startProxy({
        targets: () => targets.settings({ ...storage, limits: LIMITS }),
        secrets: () => ({ ...SECRETS, LEDGER_KEYS, TRUSTED_PROXY_HEADER: HEADER }),
      });
    });
    after(async () => {
      await proxy.close();
      await targets.close();
    });
    beforeEach(() => {
      ({ target, vendor } = targets.take());
    });

    const ask = async (values: Record<string, string>, address: string) => {
      const response = await proxy.fetch("/v1/leads", {
        method: "POST",
        headers: { origin: ORIGIN, accept: "application/json", [HEADER]: address },
        body: new URLSearchParams({ ...LEADS.sakneen, target, phone: newPhone(), ...values }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    /** The local runner closes connections that rest, and answers lost ones with a plain text. */
    const post = async (
      values: Record<string, string>,
      address: string,
      tries = 3,
    ): ReturnType<typeof ask> => {
      try {
        return await ask(values, address);
      } catch (error) {
        if (tries === 0) throw error;
        return post(values, address, tries - 1);
      }
    };
    const anyone = () => ({});
    const visit = async (address: string, values: Record<string, string> = {}) => {
      const id = crypto.randomUUID();
      return post({ id, stamp: stampFor(target, id), ...values }, address);
    };
    /** @returns how many were thanked */
    const flood = async (
      addressOf: (n: number) => string,
      valuesOf: (n: number) => Record<string, string> = anyone,
      count = size,
    ): Promise<number> => {
      let [begun, thanked] = [0, 0];
      const robot = async (): Promise<void> => {
        while (begun < count) {
          const n = begun++;
          const { status } = await post(valuesOf(n), addressOf(n));
          assert.ok([201, 202, 429].includes(status), String(status));
          if (status !== 429) thanked++;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, robot));
      return thanked;
    };
    const calls = () => vendor.requests().length;

    test(`of ${size} from one address gets its share, and a visitor behind it gets through`, async () => {
      const address = newAddress();
      assert.equal(await flood(() => address), 3);
      assert.equal(calls(), 3);
      assert.equal((await visit(address)).status, 201);
    });

    test("from one /64 gets no more than one address", async () => {
      const network = newAddress().replace(/::1$/, "");
      assert.equal(
        await flood((n) => `${network}:${n.toString(16)}::${n.toString(16)}`, anyone, SMALL_FLOOD),
        3,
      );
      assert.equal(calls(), 3);
      assert.equal((await visit(`${network}::77`)).status, 201);
    });

    test(`from ${crowd} addresses gets a share of the target's limit, and visitors the rest`, async () => {
      const addresses = Array.from({ length: crowd }, newAddress);
      assert.equal(await flood((n) => addresses[n] ?? "", anyone, crowd), 10);
      assert.equal(calls(), 10);
      for (let n = 0; n < 3; n++) assert.equal((await visit(newAddress())).status, 201);
    });

    test("under one proof of work gets one lead", async () => {
      const id = crypto.randomUUID();
      const proof = { id, stamp: stampFor(target, id) };
      assert.equal((await post(proof, newAddress())).status, 201);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => post(proof, newAddress())),
      );
      assert.ok(answers.every(({ status }) => status === 422));
      assert.equal(calls(), 1);
    });

    test("of one number reaches the vendor as often as a day allows, and is answered all alike", async () => {
      const phone = newPhone();
      const ids = Array.from({ length: 12 }, () => crypto.randomUUID());
      const robots = ids.map((id, n) =>
        visit(newAddress(), { id, phone, name: `Mona ${n}`, stamp: stampFor(target, id) }),
      );
      const answers = await Promise.all(robots);
      assert.deepEqual(
        answers.map(({ status, body }) => [status, body["receipt"]]),
        ids.map((id) => [201, id]),
      );
      assert.equal(calls(), 3);
    });

    test("of robots that fill in the honeypot reaches nobody, and is answered as leads are", async () => {
      vendor.setFaults({ mode: "slow", ms: 300, count: 1 });
      assert.equal((await visit(newAddress())).status, 201);
      const started = performance.now();
      const id = crypto.randomUUID();
      const robot = await post({ id, lf_hp: "x" }, newAddress());
      const ms = performance.now() - started;
      assert.deepEqual(robot, { status: 201, body: { receipt: id, status: "created" } });
      assert.ok(ms >= 290, `${ms} ms`);
      assert.equal(await flood(newAddress, () => ({ lf_hp: "x" }), 100), 9);
      assert.equal(calls(), 1);
    });

    test("of one address's retries leaves an honest repeat its answer", async () => {
      const address = newAddress();
      const id = crypto.randomUUID();
      const lead = { id, phone: newPhone(), stamp: stampFor(target, id) };
      assert.equal((await post(lead, address)).status, 201);
      await flood(() => address, anyone, 100);
      assert.equal((await post(lead, address)).status, 201);
      assert.equal(calls(), 4);
    });

    test("from the campus behind one address is not refused below its limit", async () => {
      const address = "203.0.113.9";
      for (let n = 0; n < 12; n++) assert.equal((await visit(address)).status, 201, String(n));
      assert.equal((await visit(`::ffff:${address}`)).status, 429);
      assert.equal((await visit("203.0.113.10")).status, 201);
    });
  });
