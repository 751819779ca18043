/**
 * Owns the files beside the bundled Worker and the Node server, and the settings of wrangler. Must
 * not write a secret or a path of this machine.
 */
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { operatorPage } from "../operator/page/html.ts";
import { FOREIGN_PLANS } from "../phone/plans.generated.ts";
import { plansPath } from "../http/phone-plans.ts";
import { encodeScript, integrityOf } from "./encode-script.ts";
import { readWrangler } from "./known-settings.ts";

const WIDGET = "dist/widget";
const PUBLIC = "dist/worker/public";

/** What `proxy/http/script-files.ts` looks for. */
const SUFFIXES = { identity: "", br: ".br", gzip: ".gz" } as const;

const writeScript = async (
  name: string,
  origin: string,
  folders: readonly string[],
): Promise<readonly [name: string, integrity: string]> => {
  const content = new Uint8Array(await readFile(`${WIDGET}/${name}`));
  const encoded = encodeScript(content, origin);
  for (const encoding of ["identity", "br", "gzip"] as const)
    for (const folder of folders)
      await writeFile(`${folder}/${name}${SUFFIXES[encoding]}`, encoded[encoding]);
  return [name, integrityOf(content)];
};

/**
 * @param origin of the endpoint that is baked in
 * @param vars of the Worker
 */
export const writeWorkerPackage = async (
  { version }: { version: string },
  origin: string,
  vars: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const scripts = (await readdir(WIDGET)).filter((name) => /^lead-form[\w.-]*\.js$/.test(name));
  // Under its version a script never changes, so a page may pin it with an integrity hash.
  const folders = [PUBLIC, `${PUBLIC}/v/${version}`];
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const hashes = [];
  for (const name of scripts) hashes.push(await writeScript(name, origin, folders));
  await writeFile(
    `${PUBLIC}/v/${version}/integrity.json`,
    `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`,
  );
  await writeFile(PUBLIC + plansPath(version), FOREIGN_PLANS);
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
