/**
 * Owns `npm run deploy`: the check, the build, the upload of `dist/worker/`. Must not ship a build
 * that could not work.
 */
import { spawnSync } from "node:child_process";
import { TARGETS_FOLDER, readTargetsFolder } from "../config/node/files.ts";
import { checkDeploy, findVars } from "./deploy-check.ts";
import { readWrangler } from "./known-settings.ts";

const args = process.argv.slice(2);

const run = (command: string, rest: readonly string[]): void => {
  const { status } = spawnSync(command, rest, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
};

const { obstacles, secrets } = checkDeploy({
  endpoint: process.env["LEAD_FORM_ENDPOINT"] ?? "",
  vars: findVars(readWrangler().vars ?? {}, args),
  files: readTargetsFolder(TARGETS_FOLDER),
  keepVars: args.includes("--keep-vars"),
});
if (obstacles.length > 0) {
  console.error(`Nothing was shipped.\n\n${obstacles.join("\n")}`);
  if (obstacles.some((obstacle) => /^(?:TARGETS|targets\/)/.test(obstacle)))
    console.error(
      "\nTARGETS stands in proxy/wrangler.jsonc under vars, or each target in a file proxy/targets/<key>.json\n" +
        "(README.md, Configure). Where it is set at Cloudflare instead: npm run deploy -- --keep-vars",
    );
  process.exit(1);
}

run("npm", ["run", "-s", "build"]);
run("npx", ["wrangler", "deploy", "--config", "dist/worker/wrangler.json", ...args]);
if (secrets.length > 0)
  console.log(
    `\nThe targets need these secrets, each set once with\nnpx wrangler secret put NAME --config proxy/wrangler.jsonc:\n${secrets.join("\n")}`,
  );
