/** A signature of a message, by the vector of the specification's own libraries, and by its library. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { createSigner } from "../../../proxy/alerts.ts";

/** https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries: in the test of each language. */
const VECTOR = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: `{"test": 2432232314}`,
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

describe("a signature", () => {
  test("is the one of the published vector, with and without the prefix of the secret", async () => {
    const { id, timestamp, body, signature } = VECTOR;
    for (const secret of [VECTOR.secret, VECTOR.secret.slice(6)])
      assert.equal(await createSigner(secret)(id, timestamp, body), signature);
  });

  test("is the library's for keys of 1 to 80 bytes and texts of any script, each time anew", async () => {
    const texts = ["", "a", "Мона عادل 🙂", "x".repeat(5000)];
    for (let length = 1; length <= 80; length++) {
      const secret = Buffer.alloc(length, length * 7).toString("base64");
      const sign = createSigner(secret);
      for (const [n, body] of texts.entries()) {
        const [id, timestamp] = [`id-${n}`, 1_700_000_000 + n];
        const expected = new Webhook(secret).sign(id, new Date(timestamp * 1000), body);
        assert.equal(await sign(id, timestamp, body), expected, `${length} ${n}`);
      }
    }
  });
});

describe("a secret", () => {
  for (const secret of ["", "whsec_", "-", "Y", "a-_b", "YW=I", "====", "é"])
    test(`that says ${JSON.stringify(secret)} cannot sign`, () => {
      assert.throws(() => createSigner(secret));
    });
});
