/** Owns the defences of answers, pages, the log and the operator's side. Must not run anything. */
import type { Defence } from "../defence.ts";

const HEADERS = "proxy/http/headers.ts";
const HEADER_TESTS = ["test/proxy/answers.test.ts"];
const LOG = "proxy/log.ts";
const LOG_TESTS = ["test/unit/proxy/last-handler.test.ts"];
const AUTH = "proxy/operator/auth.ts";
const OPERATOR_TESTS = ["test/proxy/operator.test.ts"];
const CSV = "proxy/operator/csv.ts";
const CSV_TESTS = ["test/unit/proxy/csv.test.ts"];
const LIMITS = "proxy/http/node/limits.ts";
const SLOW_TESTS = ["test/proxy/slow-clients.test.ts"];

export const ANSWERS: readonly Defence[] = [
  {
    name: "nosniff",
    file: HEADERS,
    text: '  "x-content-type-options": "nosniff",\n',
    becomes: "",
    tests: LOG_TESTS,
  },
  {
    name: "the policy of answers to programs",
    file: HEADERS,
    text: "\"content-security-policy\": \"default-src 'none'; frame-ancestors 'none'\",",
    becomes: "",
    tests: HEADER_TESTS,
  },
  {
    name: "Vary on every answer about a lead",
    file: HEADERS,
    text: 'const VARY = "Origin";',
    becomes: 'const VARY = "Accept";',
    tests: HEADER_TESTS,
  },
  {
    name: "one origin may read an answer",
    file: HEADERS,
    text: '"access-control-allow-origin": origin,',
    becomes: '"access-control-allow-origin": origin && "*",',
    tests: HEADER_TESTS,
  },
  {
    name: "the policy of hosted pages",
    file: HEADERS,
    text: "default-src 'none'; ${SCRIPT_RIGHTS",
    becomes: "default-src *; ${SCRIPT_RIGHTS",
    tests: HEADER_TESTS,
  },
  {
    name: "what was typed is text in a hosted page",
    file: "proxy/hosted/form.ts",
    text: 'dir="${dir}"\n        value="${value(name)}"',
    becomes: 'dir="${dir}"\n        value="${raw(value(name))}"',
    tests: ["test/proxy/relay.test.ts"],
  },
  {
    name: "an error's message is not logged",
    file: LOG,
    text: 'ERROR_NAME.test(error.name) ? error.name : "unknown"',
    becomes: 'ERROR_NAME.test(error.name) ? error.stack : "unknown"',
    tests: LOG_TESTS,
  },
  {
    name: "an error's name is one of a library's",
    file: LOG,
    text: " && ERROR_NAME.test(error.name)",
    becomes: " && ERROR_NAME",
    tests: LOG_TESTS,
  },
  {
    name: "an error's stack is not answered",
    file: "proxy/app.ts",
    text: "logError(log, error);\n    return answer(c, BROKEN);",
    becomes:
      "logError(log, error);\n    return answer(c, { ...BROKEN, hint: String(error.stack) });",
    tests: LOG_TESTS,
  },
  {
    name: "a line of the log by its list",
    file: "proxy/lead/deliver.ts",
    text: "    outcome: outcome.kind,\n",
    becomes: "    outcome: outcome.kind,\n    ...({ phone: lead.phone } as object),\n",
    tests: ["test/unit/proxy/accept.test.ts"],
  },
  {
    name: "an operator's token",
    file: AUTH,
    text: "return difference === 0;",
    becomes: "return difference >= 0;",
    tests: ["test/unit/proxy/operator.test.ts"],
  },
  {
    name: "rights of an operator's token",
    file: AUTH,
    text: "return right === undefined || can.includes(right);",
    becomes: "return right === undefined || can.length > 0;",
    tests: OPERATOR_TESTS,
  },
  {
    name: "targets of an operator's token",
    file: "proxy/operator/lookup.ts",
    text: "operator.targets?.includes(key) ?? true;",
    becomes: "operator !== undefined && key !== undefined;",
    tests: OPERATOR_TESTS,
  },
  {
    name: "no operator's side without a token",
    file: "proxy/app.ts",
    text: "if (config.operators.length > 0) ",
    becomes: "",
    tests: ["test/proxy/relay.test.ts"],
  },
  {
    name: "only an operator tests a target in sight",
    file: "proxy/operator/test-lead.ts",
    text: "operator !== undefined && (operator.targets?.includes(key) ?? true);",
    becomes: "operator !== undefined && key !== undefined;",
    tests: ["test/proxy/test-lead.test.ts"],
  },
  {
    name: "no cell is run",
    file: CSV,
    text: 'guard(String(value ?? ""))',
    becomes: 'String(guard && (value ?? ""))',
    tests: CSV_TESTS,
  },
  {
    name: "no cell is run after another separator",
    file: CSV,
    text: String.raw`(?:^|[;,|\t\r\n"])`,
    becomes: "^",
    tests: CSV_TESTS,
  },
  {
    name: "the separator is named",
    file: CSV,
    text: "sep=,",
    becomes: "",
    tests: ["test/unit/proxy/operator.test.ts"],
  },
  {
    name: "an alert is signed",
    file: "proxy/alerts.ts",
    text: "${id}.${timestamp}.${body}",
    becomes: "${id}.${timestamp}.",
    tests: ["test/unit/proxy/alerts.test.ts"],
  },
  {
    name: "no redirect of a receiver is followed",
    file: "proxy/alerts.ts",
    text: 'redirect: "manual",',
    becomes: 'redirect: "follow",',
    tests: ["test/unit/proxy/alerts.test.ts"],
  },
  {
    name: "the time for a head",
    file: LIMITS,
    text: "headersTimeout: head,",
    becomes: "headersTimeout: head * 100,",
    tests: SLOW_TESTS,
  },
  {
    name: "the number of connections",
    file: LIMITS,
    text: "server.maxConnections = connections;",
    becomes: "server.maxConnections = connections * 100;",
    tests: SLOW_TESTS,
  },
  {
    name: "an orderly end waits for what has begun",
    file: "proxy/node.ts",
    text: "await Promise.race([drained([...generations]), setTimeout(LAST_REQUESTS)]);",
    becomes: "",
    tests: ["test/proxy/ended-export.test.ts"],
  },
];
