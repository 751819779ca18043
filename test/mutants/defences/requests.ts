/** Owns the defences between a request and a checked lead. Must not run anything. */
import type { Defence } from "../defence.ts";

const GUARD = "proxy/http/guard.ts";
const GUARD_TESTS = ["test/unit/proxy/guard.test.ts"];
const ADDRESS = "proxy/http/address.ts";
const ADDRESS_TESTS = ["test/unit/proxy/address.test.ts"];
const GATE = "proxy/http/gate.ts";
const GATE_TESTS = ["test/unit/proxy/gate.test.ts"];
const APP = "proxy/app.ts";
const LEADS = "proxy/leads.ts";
const LEAD = "proxy/lead/lead.ts";
const LEAD_TESTS = ["test/unit/proxy/lead.test.ts"];
const OWN_ORIGIN_TESTS = ["test/proxy/own-origin.test.ts"];

export const REQUESTS: readonly Defence[] = [
  {
    name: "origins by a list",
    file: GUARD,
    text: "patterns.some((pattern) => matches(origin, pattern));",
    becomes: "patterns.length > 0;",
    tests: GUARD_TESTS,
  },
  {
    name: "a wildcard's star is a label",
    file: GUARD,
    text: String.raw`return /^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/.test(origin.slice(scheme.length, -suffix.length));`,
    becomes: "return true;",
    tests: GUARD_TESTS,
  },
  {
    name: "a wildcard ends the origin",
    file: GUARD,
    text: "!origin.endsWith(suffix)",
    becomes: "!origin.includes(suffix)",
    tests: GUARD_TESTS,
  },
  {
    name: "the target's own list of origins",
    file: LEADS,
    text: "if (!isTest && !isAllowedOrigin(origin, [...own, ...target.origins])) return refuseOrigin();",
    becomes: "",
    tests: ["test/proxy/relay.test.ts"],
  },
  {
    name: "Sec-Fetch-Site",
    file: LEADS,
    text: "!contradictsOrigin(c.req.raw, origin, own);",
    becomes: "contradictsOrigin !== undefined;",
    tests: OWN_ORIGIN_TESTS,
  },
  {
    name: "an own origin that no request names",
    file: LEADS,
    text: "const own = config.ownOrigins;",
    becomes: "const own = [...config.ownOrigins, new URL(c.req.url).origin];",
    tests: OWN_ORIGIN_TESTS,
  },
  {
    name: "no demo for any Host",
    file: "proxy/http/file-routes.ts",
    text: "isLoopback(new URL(url).hostname) &&\n  !",
    becomes: "url !== '' && !",
    tests: OWN_ORIGIN_TESTS,
  },
  {
    name: "methods by a list",
    file: APP,
    text: "isRefused ? {",
    becomes: "isRefused && !isRefused ? {",
    tests: ["test/proxy/refusals.test.ts", "test/proxy/answers.test.ts"],
  },
  {
    name: "size of a body",
    file: GUARD,
    text: "if (length + value.byteLength > MAX_BODY_BYTES) {",
    becomes: "if (length + value.byteLength > 1e9) {",
    tests: GUARD_TESTS,
  },
  {
    name: "media types by a list",
    file: GUARD,
    text: '(!json && type !== "application/x-www-form-urlencoded") || ',
    becomes: "",
    tests: GUARD_TESTS,
  },
  {
    name: "no other charset than UTF-8",
    file: GUARD,
    text: "foreignCharset || encoded)",
    becomes: "(foreignCharset && encoded) || encoded)",
    tests: GUARD_TESTS,
  },
  {
    name: "no compressed body",
    file: GUARD,
    text: "foreignCharset || encoded)",
    becomes: "foreignCharset || (foreignCharset && encoded))",
    tests: GUARD_TESTS,
  },
  {
    name: "no bytes that are not UTF-8",
    file: GUARD,
    text: "fatal: true",
    becomes: "fatal: false",
    tests: GUARD_TESTS,
  },
  {
    name: "flat strings in JSON",
    file: GUARD,
    text: 'typeof entry[1] === "string")',
    becomes: "entry.length === 2)",
    tests: GUARD_TESTS,
  },
  {
    name: "an object in JSON",
    file: GUARD,
    text: " || Array.isArray(parsed)",
    becomes: "",
    tests: GUARD_TESTS,
  },
  {
    name: "no name reaches a prototype",
    file: "proxy/config/routes.ts",
    text: "Object.hasOwn(routes, project) ? routes[project] : undefined;",
    becomes: "routes[project];",
    tests: ["test/unit/proxy/routes.test.ts"],
  },
  {
    name: "an id is a UUID v4",
    file: LEAD,
    text: " || (id !== undefined && !UUID_V4.test(id))",
    becomes: "",
    tests: LEAD_TESTS,
  },
  {
    name: "length of a name",
    file: LEAD,
    text: 'return name.length > maxNameLength ? { code: "name_too_long" } : { value: name };',
    becomes: "return maxNameLength > 0 ? { value: name } : undefined;",
    tests: LEAD_TESTS,
  },
  {
    name: "length of a project",
    file: LEAD,
    text: "project.length <= MAX_PROJECT_LENGTH && ",
    becomes: "",
    tests: LEAD_TESTS,
  },
  {
    name: "length of the campaign",
    file: LEAD,
    text: "cutText(readName(typed), MAX_ATTRIBUTION_LENGTH)",
    becomes: "readName(typed)",
    tests: LEAD_TESTS,
  },
  {
    name: "nothing invisible in a text",
    file: "proxy/shared/invisible.ts",
    text: '.replace(/(?!\\s)\\p{Cc}|(?!\\u200C|\\u200D|[\\uFE00-\\uFE0F])[\\p{DI}\\uFFF9-\\uFFFC\\u2800]/gu, "")',
    becomes: "",
    tests: ["test/unit/proxy/normalize.test.ts"],
  },
  {
    name: "an IPv6 address is its /64",
    file: ADDRESS,
    text: "groups.slice(0, 4).map",
    becomes: "groups.slice(0, 8).map",
    tests: ADDRESS_TESTS,
  },
  {
    name: "a mapped IPv4 address is itself",
    file: ADDRESS,
    text: "return mappedOf(groups) ?? ",
    becomes: "return ",
    tests: ADDRESS_TESTS,
  },
  {
    name: "a port is no part of an address",
    file: ADDRESS,
    text: "inBrackets ?? beforePort ?? plain",
    becomes: "inBrackets ?? plain",
    tests: ADDRESS_TESTS,
  },
  {
    name: "the last entry of the proxy's header",
    file: ADDRESS,
    text: '?.split(",").at(-1)',
    becomes: '?.split(",").at(0)',
    tests: ["test/proxy/front.test.ts"],
  },
  {
    name: "X-Forwarded-For only where it is asked for",
    file: "proxy/node.ts",
    text: "proxyHeader === undefined ? undefined : readAddress(request.headers, proxyHeader);",
    becomes: 'readAddress(request.headers, proxyHeader ?? "x-forwarded-for");',
    tests: ["test/proxy/front.test.ts"],
  },
  {
    name: "the gate stands before the body",
    file: LEADS,
    text: "if (!(await gate(address)))",
    becomes: "if (!gate)",
    tests: GATE_TESTS,
  },
  {
    name: "the gate's own count",
    file: GATE,
    text: "if (n > limit) return false;",
    becomes: "",
    tests: GATE_TESTS,
  },
  {
    name: "the gate's memory",
    file: GATE,
    text: "if (n > 1 || counts.size < MAX_ADDRESSES) ",
    becomes: "",
    tests: GATE_TESTS,
  },
  {
    name: "the platform's count",
    file: GATE,
    text: "return platform && n > USUAL ? askPlatform(platform, address, { limit, random }) : true;",
    becomes: "return true;",
    tests: GATE_TESTS,
  },
];
