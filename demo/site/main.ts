/**
 * Owns `npm run site`: builds the static site into a folder that any server of files may serve, under any path.
 * Must not start a server.
 */
import { parseArgs } from "node:util";
import { buildSite } from "./build.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist-site" } } });
await buildSite(values.out);
console.log(`The site is in ${values.out}/, for any server of files and under any path.`);
