/** Owns the defences between the proxy and a vendor. Must not run anything. */
import type { Defence } from "../defence.ts";

const POST = "proxy/vendors/post.ts";
const CLASSIFY = "proxy/vendors/classify.ts";
const ANSWER_TESTS = ["test/unit/proxy/vendor-answers.test.ts"];
const KEY_TESTS = ["test/unit/proxy/key-complaints.test.ts"];
const BREAKER = "proxy/ledger/breaker.ts";
const LEDGER_TESTS = ["test/unit/proxy/ledger.test.ts"];
const RECOVERY_TESTS = ["test/unit/proxy/recovery.test.ts"];
const SCHEDULE = "proxy/ledger/schedule.ts";
const FIELDS = "proxy/vendors/fields.ts";

export const DELIVERY: readonly Defence[] = [
  {
    name: "no redirect is followed",
    file: POST,
    text: 'redirect: "manual",',
    becomes: 'redirect: "follow",',
    tests: ANSWER_TESTS,
  },
  {
    name: "a redirect is a fault of the settings",
    file: CLASSIFY,
    text: "if (status >= 300 && status < 400)",
    becomes: "if (status >= 300 && status < 300)",
    tests: ANSWER_TESTS,
  },
  {
    name: "64 KiB of an answer",
    file: POST,
    text: "if (bytes > MAX_ANSWER_BYTES) {",
    becomes: "if (bytes > 1e9) {",
    tests: ANSWER_TESTS,
  },
  {
    name: "the end of a call's time",
    file: POST,
    text: "expireAfter(io.left());",
    becomes: "expireAfter(io.left() + 10_000);",
    tests: ANSWER_TESTS,
  },
  {
    name: "a vendor's wish for a pause has an end",
    file: POST,
    text: "Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER);",
    becomes: "Math.max(seconds, 0);",
    tests: ANSWER_TESTS,
  },
  {
    name: "JSON of another shape is no lead",
    file: CLASSIFY,
    text: 'return { kind: "drift", reason: "no_lead", status };',
    becomes: 'return { kind: "created", ref: "", status };',
    tests: ANSWER_TESTS,
  },
  {
    name: "a page is no lead",
    file: CLASSIFY,
    text: 'return { kind: "drift", reason: answer.body === "text" ? "not_json" : answer.body, status };',
    becomes: 'return { kind: "created", ref: "", status };',
    tests: ANSWER_TESTS,
  },
  {
    name: "an answer that was cut off is a doubt",
    file: CLASSIFY,
    text: 'return { kind: "doubt", reason: "truncated", status };',
    becomes: 'return { kind: "created", ref: "", status };',
    tests: ANSWER_TESTS,
  },
  {
    name: "an id of Brainysoft's, or no lead",
    file: "proxy/vendors/brainysoft.ts",
    text: 'return ref ? { kind: "created", ref, status } : { kind: "drift", reason: "no_lead", status };',
    becomes: 'return { kind: "created", ref: ref ?? "", status };',
    tests: ANSWER_TESTS,
  },
  {
    name: "a page confirms nothing where nothing is stored",
    file: "proxy/http/reply.ts",
    text: 'outcome.reason === "no_lead"\n',
    becomes: 'outcome.kind === "drift"\n',
    tests: ["test/unit/proxy/accept.test.ts"],
  },
  {
    name: "what a visitor typed says nothing of Sakneen",
    file: "proxy/vendors/sakneen.ts",
    text: "said !== undefined && !isQuoted(said, lead);",
    becomes: "said !== undefined && isQuoted !== undefined;",
    tests: KEY_TESTS,
  },
  {
    name: "what a visitor typed says nothing of Brainysoft",
    file: "proxy/vendors/brainysoft.ts",
    text: ".filter((code) => !isQuoted(code, lead))",
    becomes: ".filter((code) => isQuoted !== undefined || code)",
    tests: KEY_TESTS,
  },
  {
    name: "no answer tells who is known to a vendor",
    file: "proxy/http/reply.ts",
    text: 'case "duplicate":\n      return { receipt, status: "created" };',
    becomes:
      'return { receipt, status: "created" };\n    case "duplicate":\n      return { receipt, status: "accepted" };',
    tests: ["test/unit/proxy/accept.test.ts"],
  },
  {
    name: "no answer tells who is known to a vendor, from a store",
    file: "proxy/ledger/finish.ts",
    text: 'arriveQuietly(id, attempt, outcome)) return { kind: "created", id };',
    becomes:
      'arriveQuietly(id, attempt, outcome)) return { kind: outcome.kind === "duplicate" ? "accepted" : "created", id };',
    tests: ["test/unit/proxy/suspects.test.ts"],
  },
  {
    name: "the breaker needs two leads that are refused",
    file: BREAKER,
    text: "const REFUSED_LEADS = 2;",
    becomes: "const REFUSED_LEADS = 1;",
    tests: RECOVERY_TESTS,
  },
  {
    name: "the breaker needs three leads that fail",
    file: BREAKER,
    text: "const OUTAGE_LEADS = 3;",
    becomes: "const OUTAGE_LEADS = 1;",
    tests: LEDGER_TESTS,
  },
  {
    name: "a success lies between two refusals",
    file: BREAKER,
    text: "failures: 0, failedLeads: [], refusedLeads: [] };",
    becomes: "failures: 0, failedLeads: [] };",
    tests: RECOVERY_TESTS,
  },
  {
    name: "a lone offender opens nothing",
    file: BREAKER,
    text: 'if (weight === "own") return breaker;',
    becomes: "",
    tests: RECOVERY_TESTS,
  },
  {
    name: "nobody's first try waits for another sender's lead",
    file: "proxy/ledger/begin.ts",
    text: "const isProbe = admitsFirstTry(breaker);",
    becomes: "const isProbe = admitsFirstTry(breaker) && !breaker;",
    tests: RECOVERY_TESTS,
  },
  {
    name: "a refused key opens the breaker at once",
    file: BREAKER,
    text: '  "key_refused",\n',
    becomes: "",
    tests: LEDGER_TESTS,
  },
  {
    name: "no call under a refused key",
    file: BREAKER,
    text: " && !isFatal(reason)",
    becomes: "",
    tests: LEDGER_TESTS,
  },
  {
    name: "no second call while a visitor's is under way",
    file: SCHEDULE,
    text: "visitor: CALL_WITH_VISITOR + REPORT,",
    becomes: "visitor: CALL_WITH_VISITOR - REPORT,",
    tests: LEDGER_TESTS,
  },
  {
    name: "no second call while one is under way",
    file: SCHEDULE,
    text: "alone: CALL_ALONE + REPORT,",
    becomes: "alone: CALL_ALONE - REPORT,",
    tests: LEDGER_TESTS,
  },
  {
    name: "no report but of the lease's holder",
    file: "proxy/ledger/finish.ts",
    text: ' && row["attempts"] === attempt;',
    becomes: ";",
    tests: LEDGER_TESTS,
  },
  {
    name: "a vendor that never says so does not get a lead for ever",
    file: "proxy/ledger/settle.ts",
    text: "if (doubts >= MAX_DOUBTS)",
    becomes: "if (doubts >= MAX_DOUBTS * 1_000)",
    tests: LEDGER_TESTS,
  },
  {
    name: "no test lead that a vendor would take",
    file: FIELDS,
    text: ".filter(([key]) => !leftOut.has(key))",
    becomes: "",
    tests: ["test/unit/proxy/vendor-check.test.ts"],
  },
  {
    name: "an id stands for a lead or a test",
    file: "proxy/ledger/test-leads.ts",
    text: "if (known.length > 0) return false;",
    becomes: "sql.all('DELETE FROM test_lead WHERE id = ?', s.id);",
    tests: ["test/unit/proxy/test-leads.test.ts"],
  },
];
