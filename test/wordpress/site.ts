/**
 * Owns one real WordPress: files in a temporary folder, tables, users, PHP's own web server. Must not
 * share a table with another.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { mo } from "gettext-parser";
import { startServer } from "./child.ts";
import { CACHE } from "./core.ts";
import type { Version } from "./core.ts";
import type { Database } from "./database.ts";

export const ROLES = ["administrator", "editor", "author", "contributor"] as const;
export type Role = (typeof ROLES)[number];

/** For every user; the login is the role. */
export const PASSWORD = "correct horse battery staple";

const run = promisify(execFile);

export interface Post {
  id: number;
  link: string;
  content: { raw: string; rendered: string };
}

export interface Site {
  version: Version;
  origin: string;
  /** Saves a post through REST as that user, so with that user's rights; published where they may. */
  post: (role: Role, content: string, title?: string) => Promise<Post>;
  useTheme: (name: string) => Promise<void>;
  /** Runs PHP inside WordPress, and reads what it prints. */
  php: (code: string) => Promise<string>;
  /** What PHP complained about. */
  complaints: () => Promise<string>;
  close: () => Promise<void>;
}

const config = (database: string, host: string, origin: string): string => {
  const constants: Record<string, string | boolean> = {
    DB_NAME: database,
    DB_USER: "root",
    DB_PASSWORD: "",
    DB_HOST: host,
    DB_CHARSET: "utf8mb4",
    DB_COLLATE: "",
    WP_HOME: origin,
    WP_SITEURL: origin,
    // Application passwords are for https, or for a machine of one's own.
    WP_ENVIRONMENT_TYPE: "local",
    WP_DEBUG: true,
    WP_DEBUG_DISPLAY: false,
    WP_DEBUG_LOG: true,
    WP_HTTP_BLOCK_EXTERNAL: true,
    DISABLE_WP_CRON: true,
    AUTOMATIC_UPDATER_DISABLED: true,
    FS_METHOD: "direct",
    ...Object.fromEntries(
      ["AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"].flatMap((name) => [
        [`${name}_KEY`, `${name} key of a test`],
        [`${name}_SALT`, `${name} salt of a test`],
      ]),
    ),
  };
  const lines = Object.entries(constants).map(
    ([name, value]) => `define( '${name}', ${JSON.stringify(value)} );`,
  );
  return `<?php\n${lines.join("\n")}
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
`;
};

/** WordPress takes a language only if it is there itself: here with one text, by which it knows the direction. */
const writeLanguages = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const [locale, direction] of [
    ["ru_RU", "ltr"],
    ["ar", "rtl"],
  ] as const) {
    const text = { msgctxt: "text direction", msgid: "ltr", msgstr: [direction] };
    const catalog = {
      charset: "utf-8",
      headers: {},
      translations: { [text.msgctxt]: { ltr: text } },
    };
    await writeFile(join(folder, `${locale}.mo`), mo.compile(catalog));
  }
};

export const startSite = async (
  version: Version,
  database: Database,
  port: number,
): Promise<Site> => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-site-"));
  const origin = `http://localhost:${port}`;
  await cp(join(CACHE, version), folder, { recursive: true });
  const name = `wordpress_${port}`;
  await writeFile(join(folder, "wp-config.php"), config(name, database.host, origin));
  await writeLanguages(join(folder, "wp-content/languages"));
  await database.create(name);
  const seed = join(import.meta.dirname, "seed.php");
  const { stdout } = await run("php", [seed, folder, PASSWORD, ...ROLES]);
  const tokens = JSON.parse(stdout) as Record<Role, string>;
  // OPcache, since otherwise each of the three hundred files is read anew at every request.
  const server = await startServer(
    "php",
    ["-d", "opcache.enable=1", "-S", `127.0.0.1:${port}`, "-t", folder],
    /Development Server .* started/,
    { PHP_CLI_SERVER_WORKERS: "4" },
  );
  const php = async (code: string): Promise<string> => {
    const load = `$_SERVER['HTTP_HOST'] = 'localhost:${port}'; require 'wp-load.php'; ${code}`;
    return (await run("php", ["-r", load], { cwd: folder })).stdout;
  };
  let theme = "";
  return {
    version,
    origin,
    post: async (role, content, title = "A post") => {
      const response = await fetch(`${origin}/?rest_route=/wp/v2/posts&context=edit`, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`${role}:${tokens[role]}`).toString("base64")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({
          title,
          content,
          status: role === "contributor" ? "pending" : "publish",
        }),
      });
      if (response.status !== 201) throw new Error(`${role}: ${await response.text()}`);
      return (await response.json()) as Post;
    },
    useTheme: async (name) => {
      if (theme !== name) await php(`switch_theme('${name}');`);
      theme = name;
    },
    php,
    complaints: () => readFile(join(folder, "wp-content/debug.log"), "utf8").catch(() => ""),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
