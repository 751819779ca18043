import assert from "node:assert/strict";
import { test } from "node:test";
import { isEmail, seenName } from "../../../proxy/shared/normalize.ts";
import { readPhone } from "../../widget-phone.ts";
import { checkField, type Rules, validate } from "../../../widget/fields/validate.ts";

const bare: Rules = {
  fields: ["name", "phone", "email"],
  isRequired: (field) => field === "name" || field === "phone",
  exact: undefined,
  phone: "unknown",
};
const full: Rules = { ...bare, exact: { seenName, isEmail } };
const withPhone = (raw: string): Rules => ({ ...full, phone: readPhone(raw, "EG") });

test("what is missing is named in the order of the fields", () => {
  assert.deepEqual(Object.entries(validate({}, bare)), [
    ["name", "name_missing"],
    ["phone", "phone_missing"],
  ]);
});

test("white space is nothing, and with the exact rules neither is what nobody sees", () => {
  assert.equal(checkField("name", " \u00A0 ", bare), "name_missing");
  assert.equal(checkField("name", "\u200E\u2066", full), "name_missing");
});

test("a name may have two hundred characters", () => {
  for (const rules of [bare, full]) {
    assert.equal(checkField("name", "я".repeat(200), rules), undefined);
    assert.equal(checkField("name", "я".repeat(201), rules), "name_too_long");
  }
});

test("an optional address may be empty, and is wrong when it is wrong", () => {
  for (const rules of [bare, full]) {
    assert.equal(checkField("email", "", rules), undefined);
    assert.equal(checkField("email", "mona@example.com", rules), undefined);
    for (const slip of ["mona", "mona@", "mona@example", "mona @example.com"])
      assert.equal(checkField("email", slip, rules), "email_invalid", slip);
  }
  assert.equal(checkField("email", ".mona@example.com", full), "email_invalid");
});

test("without the rules a phone number is the proxy's to judge", () => {
  assert.equal(checkField("phone", "12", bare), undefined);
  assert.equal(checkField("phone", "12", withPhone("12")), "phone_invalid");
  assert.equal(checkField("phone", "0101234567", withPhone("0101234567")), "phone_unlikely");
});

test("a field that is not shown is not asked for", () => {
  assert.deepEqual(validate({ name: "Mona" }, { ...full, fields: ["name"] }), {});
});
