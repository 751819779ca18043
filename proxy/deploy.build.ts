/** Owns `npm run deploy`: refuses a build that could not work, then ships `dist/worker/`. */
import { spawnSync } from "node:child_process";

const endpoint = process.env["LEAD_FORM_ENDPOINT"] ?? "";

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const run = (command: string, args: readonly string[]): void => {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
};

if (!URL.canParse(endpoint) || new URL(endpoint).protocol !== "https:")
  fail(
    "The script must know the public address of this Worker before it ships.\n" +
      "Set it and deploy again: LEAD_FORM_ENDPOINT=https://leads.example.com npm run deploy",
  );

run("npm", ["run", "-s", "build"]);
run("npx", [
  "wrangler",
  "deploy",
  "--config",
  "dist/worker/wrangler.json",
  ...process.argv.slice(2),
]);
