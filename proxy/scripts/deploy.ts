/**
 * Owns `npm run deploy`: the check, the build, the upload of `dist/worker/`. Must not ship a build
 * that could not work.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import stripJsonComments from "strip-json-comments";
import { checkDeploy, findTargets } from "./deploy-check.ts";

const args = process.argv.slice(2);

const run = (command: string, rest: readonly string[]): void => {
  const { status } = spawnSync(command, rest, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
};

const text = readFileSync("proxy/wrangler.jsonc", "utf8");
const { vars = {} } = JSON.parse(stripJsonComments(text, { trailingCommas: true })) as {
  vars?: Record<string, unknown>;
};
const { obstacles, secrets } = checkDeploy(
  process.env["LEAD_FORM_ENDPOINT"] ?? "",
  findTargets(vars, args),
);
if (obstacles.length > 0) {
  console.error(`Nothing was shipped.\n\n${obstacles.join("\n")}`);
  if (obstacles.some((obstacle) => obstacle.startsWith("TARGETS")))
    console.error(
      "\nTARGETS stands in proxy/wrangler.jsonc under vars (README.md, Configure). Where it is set at\n" +
        "Cloudflare instead, deploy with: npm run deploy -- --keep-vars",
    );
  process.exit(1);
}

run("npm", ["run", "-s", "build"]);
run("npx", ["wrangler", "deploy", "--config", "dist/worker/wrangler.json", ...args]);
if (secrets.length > 0)
  console.log(
    `\nThe targets need these secrets, each set once with\nnpx wrangler secret put NAME --config proxy/wrangler.jsonc:\n${secrets.join("\n")}`,
  );
