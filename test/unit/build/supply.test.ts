/** What is installed and built in: exactly what the lockfile says, and no package runs a script to install itself. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import packageJson from "../../../package.json" with { type: "json" };

interface Locked {
  version: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
}
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, Locked>;
};
const { "": _, ...packages } = lock.packages;
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, "");

describe("a dependency", () => {
  test("is named by one exact version, everywhere", () => {
    const { dependencies, devDependencies, optionalDependencies, overrides } = packageJson;
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides };
    assert.ok(Object.keys(all).length > 30);
    assert.deepEqual(
      Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
      [],
    );
  });

  test("is locked by the hash of its content, and by no address", () => {
    const faulty = Object.entries(packages).filter(
      ([, { integrity = "", resolved }]) => !/^sha512-[\w+/]{86}==$/.test(integrity) || resolved,
    );
    assert.deepEqual(faulty, []);
    assert.match(readFileSync(".npmrc", "utf8"), /^omit-lockfile-registry-resolved=true$/m);
  });

  test("runs no script when it is installed: each that has one is refused by name", () => {
    const scripted = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path));
    assert.deepEqual(
      packageJson.allowScripts,
      Object.fromEntries(scripted.map((name) => [name, false])),
    );
  });

  test("has the hash of the lockfile in dist/sbom.json, if it is built in, and else is not there", () => {
    const bom = JSON.parse(readFileSync("dist/sbom.json", "utf8")) as {
      metadata: { component: { name: string; version: string } };
      components: { name: string; version: string; hashes: { alg: string; content: string }[] }[];
    };
    const listed = bom.components.map(({ name, version, hashes }) => {
      const hash = hashes.find(({ alg }) => alg === "SHA-512")?.content ?? "";
      return `${name}@${version} sha512-${Buffer.from(hash, "hex").toString("base64")}`;
    });
    const builtIn = Object.entries(packages)
      .filter(([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional)
      .map(([path, { version, integrity }]) => `${nameOf(path)}@${version} ${integrity}`);
    assert.deepEqual(listed.toSorted(), builtIn.toSorted());
    const { name, version } = bom.metadata.component;
    assert.deepEqual([name, version], [packageJson.name, packageJson.version]);
  });

  test("is named there without the time, the machine or its npm", () => {
    const text = readFileSync("dist/sbom.json", "utf8");
    assert.doesNotMatch(
      text,
      /timestamp|serialNumber|\d{4}-\d\d-\d\dT|"url": "(?!http:\/\/cyclonedx)/,
    );
    assert.ok(!text.includes(process.cwd()));
  });
});
