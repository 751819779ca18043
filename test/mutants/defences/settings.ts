/** Owns the defences of the settings, and of the widget. Must not run anything. */
import type { Defence } from "../defence.ts";

const UNFIT_TESTS = ["test/unit/proxy/unfit-settings.test.ts"];
const SERVICE_URL = "proxy/vendors/service-url.ts";
const SECRET = "proxy/vendors/secret.ts";
const PART_TESTS = ["test/widget/parts.test.ts"];

export const SETTINGS: readonly Defence[] = [
  {
    name: "no IP address gets a credential",
    file: SERVICE_URL,
    text: 'if (!isLoopback(hostname)) return "must name its host, not an IP address";',
    becomes: "",
    tests: UNFIT_TESTS,
  },
  {
    name: "no credential goes over plain http",
    file: SERVICE_URL,
    text: "if (!isHttps && !(",
    becomes: "if (!isHttps && isHttps && !(",
    tests: UNFIT_TESTS,
  },
  {
    name: "no credential stands in an address",
    file: SERVICE_URL,
    text: 'if (url.username || url.password || authority.includes("@"))',
    becomes: "if (!url)",
    tests: UNFIT_TESTS,
  },
  {
    name: "no address climbs",
    file: SERVICE_URL,
    text: 'if (CLIMBS.test(rest.replace(/[?#].*$/, ""))) return "must not hold a path that climbs";',
    becomes: "",
    tests: UNFIT_TESTS,
  },
  {
    name: "no line break in a secret",
    file: SECRET,
    text: String.raw`[/[\r\n\u0085\u2028\u2029]/, "must not hold a line break"],`,
    becomes: "",
    tests: UNFIT_TESTS,
  },
  {
    name: "length of an operator's token",
    file: "proxy/config/operators.ts",
    text: "const MIN_TOKEN_LENGTH = 32;",
    becomes: "const MIN_TOKEN_LENGTH = 1;",
    tests: ["test/unit/proxy/config.test.ts", ...UNFIT_TESTS],
  },
  {
    name: "no two names of one token",
    file: "proxy/config/operators.ts",
    text: "other.token === token)",
    becomes: "other.token !== other.token)",
    tests: ["test/unit/proxy/config.test.ts", ...UNFIT_TESTS],
  },
  {
    name: "a fault names a rule and no value",
    file: "proxy/config/faults.ts",
    text: "`must be ${issue.expected}`,",
    becomes: "`must be ${issue.expected}, not ${String(issue.input)}`,",
    tests: ["test/unit/proxy/config.test.ts", ...UNFIT_TESTS],
  },
  {
    name: "no wildcard of a whole registry",
    file: "proxy/config/origins.ts",
    text: String.raw`(?=[^.:/]+\.)`,
    becomes: "",
    tests: ["test/unit/proxy/config.test.ts", ...UNFIT_TESTS],
  },
  {
    name: "no vendor but a listed one",
    file: "proxy/config/target.ts",
    text: '.check(z.refine((name) => Object.hasOwn(VENDORS, name), "is not a known vendor")),',
    becomes: '.check(z.refine((name) => name in VENDORS, "is not a known vendor")),',
    tests: ["test/unit/proxy/config.test.ts", ...UNFIT_TESTS],
  },
  {
    name: "keys of 32 bytes",
    file: "proxy/config/ledger-keys.ts",
    text: "key.byteLength === KEY_BYTES)",
    becomes: "key.byteLength <= KEY_BYTES)",
    tests: ["test/unit/proxy/seal.test.ts"],
  },
  {
    name: "no markup names where script is run from",
    file: "widget/lazy/lazy-part.ts",
    text: "const address = `${parts.origin}/",
    becomes:
      "const address = `${document.querySelector('lead-form')?.getAttribute('endpoint') ?? parts.origin}/",
    tests: PART_TESTS,
  },
  {
    name: "a part is of this build",
    file: "widget/lazy/lazy-part.ts",
    text: "if (part.BUILD === BUILD) return part;",
    becomes: "return part;",
    tests: PART_TESTS,
  },
  {
    name: "no script in privacy-url",
    file: "widget/element/urls.ts",
    text: "return address && /^https?:$/.test(url.protocol) ? url : undefined;",
    becomes: "return address ? url : undefined;",
    tests: ["test/widget/checking.test.ts"],
  },
  {
    name: "only an origin is put into a script",
    file: "proxy/config/environment.ts",
    text: "const { origin, problem } = readOwnOrigin(given);",
    becomes: "const [origin, problem] = [`${given as string}`, undefined];",
    tests: ["test/unit/proxy/unfit-settings.test.ts"],
  },
  {
    name: "a script is told its origin at its end alone",
    file: "proxy/http/script-origin.ts",
    text: "if (kept < 0 || !from.every((byte, place) => content[kept + place] === byte)) return undefined;",
    becomes: "if (kept < 0) return undefined;",
    tests: ["test/unit/proxy/script-origin.test.ts"],
  },
];
