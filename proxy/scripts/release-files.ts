/**
 * Owns the contents of each archive of a release, read from a build. Must not take a setting of this checkout along:
 * what is built in is for any host.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path/posix";
import type { TarEntry } from "./tar.ts";

const SOURCES = "proxy/scripts/release";

interface RootPackage {
  version: string;
  license: string;
  devDependencies: { wrangler: string };
}

const fileAt = (path: string, from = path): TarEntry => ({ path, content: readFileSync(from) });

const textAt = (path: string, text: string): TarEntry => ({ path, content: Buffer.from(text) });

const jsonAt = (path: string, value: unknown): TarEntry =>
  textAt(path, `${JSON.stringify(value, null, 2)}\n`);

/** All files below a folder. The demo is for whoever builds: no public host serves it. */
const filesBelow = (folder: string): TarEntry[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath.replaceAll("\\", "/"), entry.name))
    .map((file) => fileAt(file.slice(folder.length + 1), file))
    .filter(({ path }) => !path.startsWith("public/demo/"));

const withVersion = (path: string, from: string, version: string): TarEntry =>
  textAt(path, readFileSync(from, "utf8").replaceAll("__VERSION__", version));

/** A folder from which an image is built, or in which Node runs as it is. */
export const nodeFiles = ({ version }: RootPackage): TarEntry[] => [
  ...filesBelow("dist/node"),
  fileAt("Dockerfile", "proxy/Dockerfile"),
  fileAt("compose.yaml", "proxy/compose.yaml"),
  fileAt("lead-form.env.example", `${SOURCES}/node/lead-form.env.example`),
  // A list of what may be sent to the builder: never the file with the secrets.
  textAt(".dockerignore", "*\n!server.js\n!public\n"),
  withVersion("README.md", `${SOURCES}/node/README.md`, version),
  fileAt("sbom.json", "dist/sbom.json"),
  fileAt("LICENSE"),
];

/** What a reader puts their own in the place of. */
const EXAMPLE_TARGETS = {
  sakneen: {
    vendor: "sakneen",
    baseUrl: "https://app.sakneen.com",
    country: "EG",
    origins: ["https://www.example.com"],
  },
};

/** Text in both: the page behind the button shows a line for each. */
const EXAMPLE_VARS = { PUBLIC_URL: "", TARGETS: JSON.stringify(EXAMPLE_TARGETS) };

/**
 * A folder that `wrangler deploy` ships as it is, and that is all which the button for it asks of a repository:
 * https://developers.cloudflare.com/workers/platform/deploy-buttons/
 */
export const workerFiles = ({ version, license, devDependencies }: RootPackage): TarEntry[] => {
  const built = JSON.parse(readFileSync("dist/worker/wrangler.json", "utf8")) as object;
  const bindings: unknown = JSON.parse(readFileSync(`${SOURCES}/worker/bindings.json`, "utf8"));
  return [
    ...filesBelow("dist/worker").filter(({ path }) => path !== "wrangler.json"),
    jsonAt("wrangler.jsonc", { ...built, vars: EXAMPLE_VARS }),
    jsonAt("package.json", {
      name: "lead-form-worker",
      version,
      private: true,
      license,
      type: "module",
      scripts: { deploy: "wrangler deploy", dev: "wrangler dev" },
      devDependencies: { wrangler: devDependencies.wrangler },
      cloudflare: { bindings },
    }),
    fileAt(".dev.vars.example", `${SOURCES}/worker/.dev.vars.example`),
    textAt(".gitignore", "node_modules\n.wrangler\n.dev.vars\n"),
    withVersion("README.md", `${SOURCES}/worker/README.md`, version),
    fileAt("sbom.json", "dist/sbom.json"),
    fileAt("LICENSE"),
  ];
};
