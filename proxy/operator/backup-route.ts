/**
 * Owns the route that has all stores copied. Must not hand out a copy: whoever may read the server's files
 * takes it there.
 */
import { Hono } from "hono/tiny";
import { logError } from "../log.ts";
import { refuse } from "./auth.ts";
import { json } from "./context.ts";
import type { OperatorContext, OperatorEnv } from "./context.ts";

const ELSEWHERE =
  "This host keeps the history of its stores by itself; there is nothing to copy here.";

export const createBackupRoute = ({ backUp, storeFaults, log, note }: OperatorContext) => {
  const routes = new Hono<OperatorEnv>();

  routes.post("/backup", async function copy(c) {
    // A copy holds all targets.
    if (c.var.operator.targets) return refuse("forbidden");
    if (!backUp) return refuse("conflict", { detail: ELSEWHERE });
    note(c, "backup");
    try {
      const { name, stores } = await backUp();
      const missing = [...new Set(storeFaults().map(({ target }) => target))];
      return json({ backup: name, stores, ...(missing.length > 0 && { missing }) });
    } catch (error) {
      logError(log, error);
      return refuse("unavailable", { detail: "No copy was made. Is there room on the disk?" });
    }
  });

  return routes;
};
