/**
 * Owns the least that a forwarder can be which asks a Durable Object first, or stores a row in one and settles it.
 * Must not check anything.
 */
import { DurableObject } from "cloudflare:workers";

/** As long as what is stored of a lead. */
const BOX = "b".repeat(700);

export class Store extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS lead (id TEXT UNIQUE, state TEXT, box TEXT)");
  }
  ask(id) {
    return { kind: "granted", id };
  }
  begin(id, box) {
    this.ctx.storage.sql.exec("INSERT INTO lead VALUES (?, 'sending', ?)", id, box);
    return { kind: "lease", attempt: 1 };
  }
  finish(id) {
    this.ctx.storage.sql.exec("UPDATE lead SET state = 'delivered', box = NULL WHERE id = ?", id);
    return { kind: "created", id };
  }
}

export default {
  async fetch(request, env) {
    const id = crypto.randomUUID();
    const store = env.STORE.getByName("store");
    const body = await request.text();
    await (env.STORES === "1" ? store.begin(id, BOX) : store.ask(id));
    const answer = await fetch(env.VENDOR + new URL(request.url).pathname, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": env.KEY },
      body,
    });
    if (env.STORES === "1") await store.finish(id);
    return answer;
  },
};
