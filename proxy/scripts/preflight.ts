/**
 * Owns `npm run preflight -- https://leads.example.com`: a list of what works there and what to do about the rest.
 * Must not print a token.
 */
import { parseArgs } from "node:util";
import { VERSION } from "../config/version.ts";
import { runPreflight } from "./preflight-checks.ts";
import { runTests } from "./preflight-test.ts";

const { values, positionals } = parseArgs({
  options: {
    origin: { type: "string", multiple: true, default: [] },
    target: { type: "string", multiple: true, default: [] },
    field: { type: "string", multiple: true, default: [] },
  },
  allowPositionals: true,
  strict: true,
});
const [address = ""] = positionals;
if (!/^https?:$/.test(URL.parse(address)?.protocol ?? "")) {
  console.error(
    "Say where: npm run preflight -- https://leads.example.com --origin https://www.example.com --target sakneen",
  );
  process.exit(2);
}
const deps = {
  fetch,
  origin: new URL(address).origin,
  pages: values.origin,
  targets: values.target,
  version: process.env["npm_package_version"] ?? VERSION,
  token: process.env["OPERATOR_TOKEN"],
};
const fields = Object.fromEntries(
  values.field.map((field) => {
    const [name = "", ...value] = field.split("=");
    return [name, value.join("=")];
  }),
);
const checks = [...(await runPreflight(deps)), ...(await runTests({ ...deps, fields }))];
for (const { what, problem, leftOut } of checks) {
  const mark = problem ? "✗" : leftOut ? "–" : "✓";
  const more = problem ?? (leftOut && `Left out. ${leftOut}`);
  console.log(more ? `${mark} ${what}\n  ${more}` : `${mark} ${what}`);
}
const failed = checks.filter(({ problem }) => problem).length;
console.log(failed === 0 ? "\nReady." : `\n${failed} of ${checks.length} need a hand.`);
process.exit(failed === 0 ? 0 : 1);
