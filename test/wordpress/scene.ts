/** Owns what a case receives: the version it runs in, and the servers. Must not start them. */
import type { Page } from "puppeteer-core";
import type { Version } from "./core.ts";
import type { Site } from "./site.ts";
import type { World } from "./world.ts";

export interface Stage {
  world: World;
  site: Site;
  /** The proxy's origin, as the settings hold it. */
  endpoint: string;
  /** A browser in which the administrator has logged in. */
  admin: Page;
}

export interface Scene {
  version: Version;
  /** Inside of a test only. */
  now: () => Stage;
}

/** Runs PHP that returns a value. @returns that value */
export const evaluate = async <Value>(site: Site, expression: string): Promise<Value> =>
  JSON.parse(await site.php(`echo wp_json_encode( ${expression} );`)) as Value;

/** As PHP writes it, whatever is in it. */
export const quote = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
