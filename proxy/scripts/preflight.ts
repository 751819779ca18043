/**
 * Owns `npm run preflight -- https://leads.example.com`: a list of what works there and what to do about the rest.
 * Must not print a token.
 */
import { parseArgs } from "node:util";
import { VERSION } from "../config/version.ts";
import { runPreflight } from "./preflight-checks.ts";

const { values, positionals } = parseArgs({
  options: {
    origin: { type: "string", multiple: true, default: [] },
    target: { type: "string", multiple: true, default: [] },
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
const checks = await runPreflight({
  fetch,
  origin: new URL(address).origin,
  pages: values.origin,
  targets: values.target,
  version: process.env["npm_package_version"] ?? VERSION,
  token: process.env["OPERATOR_TOKEN"],
});
for (const { what, problem } of checks)
  console.log(problem ? `✗ ${what}\n  ${problem}` : `✓ ${what}`);
const failed = checks.filter(({ problem }) => problem).length;
console.log(failed === 0 ? "\nReady." : `\n${failed} of ${checks.length} need a hand.`);
process.exit(failed === 0 ? 0 : 1);
