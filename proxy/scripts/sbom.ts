/**
 * Owns the list of what is built in (CycloneDX), as `npm sbom` reads it from the lockfile. Must not name the time, this
 * machine or its npm: the same sources give the same bytes.
 */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

interface Component {
  "bom-ref": string;
  name: string;
  scope: string;
  properties: { name: string }[];
}

interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; tools?: { version?: string }[]; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** It runs in a browser or on a server. The tools of the build, and Node itself, are in the lockfile alone. */
const isBuiltIn = ({ scope, properties }: Component): boolean =>
  scope === "required" &&
  !properties.some((property) => property.name === "cdx:npm:package:development");

/**
 * All of it, also where `NODE_ENV` says production, as a build does: without the tools npm leaves out what one of them
 * needs as well (11.19: zod).
 */
const ARGUMENTS = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--include=dev"];

export const writeSbom = async ({ name }: { name: string }): Promise<void> => {
  const { stdout } = await promisify(execFile)("npm", ARGUMENTS, {
    // npm is a script of the shell there.
    shell: process.platform === "win32",
    env: { ...process.env, npm_config_update_notifier: "false" },
    maxBuffer: 64 * 1024 * 1024,
  });
  const bom = JSON.parse(stdout) as Bom;
  delete bom.serialNumber;
  delete bom.metadata.timestamp;
  for (const tool of bom.metadata.tools ?? []) delete tool.version;
  // npm takes the name of the folder.
  bom.metadata.component.name = name;
  bom.components = bom.components.filter(isBuiltIn);
  const known = new Set([bom.metadata.component, ...bom.components].map((each) => each["bom-ref"]));
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => known.has(ref))
    .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => known.has(ref)) }));
  await mkdir("dist", { recursive: true });
  await writeFile("dist/sbom.json", `${JSON.stringify(bom, null, 2)}\n`);
};
