/**
 * Owns `npm run backup`: a running Node server copies its stores, and the exit code says whether it did. Must not
 * print the token.
 */
import { argv, env, exit } from "node:process";

const [url = `http://127.0.0.1:${env["PORT"] || "8787"}`] = argv.slice(2);
const token = env["OPERATOR_TOKEN"];

const fail = (text: string): never => {
  console.error(text);
  return exit(1);
};

if (!token) fail("Set OPERATOR_TOKEN to a token that may export, of all targets.");
const response = await fetch(new URL("/operator/backup", url), {
  method: "POST",
  headers: { authorization: `Bearer ${token}` },
}).catch(() => fail("The server does not answer. Its address is the first argument."));
const answer = (await response.json().catch(() => ({}))) as {
  backup?: string;
  stores?: number;
  missing?: string[];
  title?: string;
  detail?: string;
};
if (!response.ok) fail(`No copy was made: ${answer.detail ?? answer.title ?? response.status}`);
console.log(`Copied and checked: ${answer.stores} stores, in DATA_DIR/backups/${answer.backup}`);
if (answer.missing) fail(`Without the stores that are down: ${answer.missing.join(", ")}`);
