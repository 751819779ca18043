/**
 * Owns what a machine needs for the suite: PHP, MariaDB and the cached WordPresses. Must not fetch what is
 * missing.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The oldest that the plugin supports, which has neither deferred scripts nor an HTML API, and a newer one. */
export const VERSIONS = ["6.6", "6.1"] as const;
export type Version = (typeof VERSIONS)[number];

/** A classic theme and a block theme, as each WordPress has them. */
export const THEMES: Readonly<Record<Version, { classic: string; block: string }>> = {
  "6.6": { classic: "twentytwentyone", block: "twentytwentyfour" },
  "6.1": { classic: "twentytwentyone", block: "twentytwentythree" },
};

export const CACHE = join(import.meta.dirname, "../../node_modules/.cache/lead-form/wordpress");

export const isFetched = (version: Version): boolean =>
  existsSync(join(CACHE, version, "wp-load.php"));

/** Without these a page of WordPress is an error. */
const EXTENSIONS = ["mysqli", "mbstring", "xml"];

/** Debian puts the server into a folder that is not in a user's PATH. */
export const MARIADB = ["/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd"].find((path) =>
  existsSync(path),
);

/** What is missing, in one line; "" where the suite can run. */
export const missing = (): string => {
  const { stdout, error } = spawnSync("php", ["-m"], { encoding: "utf8" });
  const modules = error ? [] : stdout.split("\n");
  const lacks = [
    ...(error ? ["php"] : EXTENSIONS.filter((name) => !modules.includes(name))),
    ...(MARIADB ? [] : ["mariadbd"]),
    ...VERSIONS.filter((version) => !isFetched(version)).map((version) => `WordPress ${version}`),
  ];
  return lacks.length === 0 ? "" : `no ${lacks.join(", ")}; see widget/wordpress/README.md`;
};
