/**
 * Owns what stands beside the bundled Worker and the Node server: the files they serve, and the
 * settings that wrangler runs and deploys. No secret and no path of the machine is written.
 */
import { copyFile, cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import stripJsonComments from "strip-json-comments";

interface Settings {
  assets: object;
}

const WIDGET = "dist/widget";
const PUBLIC = "dist/worker/public";

export const writeWorkerPackage = async ({ version }: { version: string }): Promise<void> => {
  const scripts = (await readdir(WIDGET)).filter((name) => /^lead-form[\w.-]*\.js$/.test(name));
  // Under its version a script never changes, so a page may pin it with an integrity hash.
  for (const folder of [PUBLIC, `${PUBLIC}/v/${version}`]) {
    await mkdir(folder, { recursive: true });
    await Promise.all(scripts.map((name) => copyFile(`${WIDGET}/${name}`, `${folder}/${name}`)));
  }
  // The same files for a host of one's own.
  await cp(PUBLIC, "dist/node/public", { recursive: true });
  const text = await readFile("proxy/wrangler.jsonc", "utf8");
  const settings = JSON.parse(stripJsonComments(text, { trailingCommas: true })) as Settings;
  const built = {
    ...settings,
    $schema: undefined,
    main: "index.js",
    no_bundle: true,
    assets: { ...settings.assets, directory: "./public" },
  };
  await writeFile("dist/worker/wrangler.json", `${JSON.stringify(built, null, 2)}\n`);
};
