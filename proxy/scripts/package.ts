/**
 * Owns the files beside the bundled Worker and the Node server, and the settings of wrangler. Must
 * not write a secret or a path of this machine.
 */
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { operatorPage } from "../operator/page/html.ts";
import { readWrangler } from "./known-settings.ts";

const WIDGET = "dist/widget";
const PUBLIC = "dist/worker/public";

/** What `proxy/http/script-files.ts` answers with, as small as it gets: made here once, not for each browser. */
const ENCODERS: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  "": (content) => content,
  ".br": (content) =>
    brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  ".gz": (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
};

const writeScript = async (name: string, folders: readonly string[]): Promise<void> => {
  const content = await readFile(`${WIDGET}/${name}`);
  for (const [suffix, encode] of Object.entries(ENCODERS)) {
    const encoded = encode(content);
    for (const folder of folders) await writeFile(`${folder}/${name}${suffix}`, encoded);
  }
};

/** @param vars of the Worker */
export const writeWorkerPackage = async (
  { version }: { version: string },
  vars: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const scripts = (await readdir(WIDGET)).filter((name) => /^lead-form[\w.-]*\.js$/.test(name));
  // Under its version a script never changes, so a page may pin it with an integrity hash.
  const folders = [PUBLIC, `${PUBLIC}/v/${version}`];
  for (const folder of folders) await mkdir(folder, { recursive: true });
  for (const name of scripts) await writeScript(name, folders);
  await cp("proxy/operator/page/client", `${PUBLIC}/operator`, {
    recursive: true,
    filter: (path) => !/\.\w+$/.test(path) || /\.(?:js|css)$/.test(path),
  });
  // Without an ending: the platform answers one in .html with a redirect.
  await writeFile(`${PUBLIC}/operator/page`, String(await operatorPage()));
  // The same files for the Node server.
  await cp(PUBLIC, "dist/node/public", { recursive: true });
  const settings = readWrangler();
  const built = {
    ...settings,
    $schema: undefined,
    main: "index.js",
    no_bundle: true,
    vars,
    assets: { ...settings.assets, directory: "./public" },
  };
  await writeFile("dist/worker/wrangler.json", `${JSON.stringify(built, null, 2)}\n`);
};
