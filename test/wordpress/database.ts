/** Owns a MariaDB for one run, in a temporary folder and on a socket. Must not listen on a network. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startServer } from "./child.ts";
import { MARIADB } from "./core.ts";

export interface Database {
  /** For `DB_HOST`. */
  host: string;
  /** Makes an empty database. */
  create: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

export const startDatabase = async (): Promise<Database> => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-db-"));
  const socket = join(folder, "socket");
  const server = await startServer(
    MARIADB ?? "mariadbd",
    [
      "--no-defaults",
      `--user=${userInfo().username}`,
      `--datadir=${folder}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, "pid")}`,
      // Only this user reaches the socket, so no network and no table of grants is needed.
      "--skip-networking",
      "--skip-grant-tables",
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-log-file-size=8M",
    ],
    /ready for connections/,
  );
  return {
    host: `localhost:${socket}`,
    create: async (name) => {
      const query = `CREATE DATABASE ${name} CHARACTER SET utf8mb4`;
      const code = `(new mysqli('localhost', 'root', '', '', 0, '${socket}'))->query('${query}');`;
      await promisify(execFile)("php", ["-r", code]);
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
