import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Failure,
  isRetryable,
  send,
  sleep,
  type Tools,
} from "../../../widget/sending/send.ts";

const MAIN = "https://a.example";
const SECOND = "https://b.example";
const BODY = "target=sakneen";
const receipt = { receipt: "r1", status: "created" };

/** A world in which time passes at once; `fetch` answers in turn. */
const world = (...answers: (Response | Error | "never")[]) => {
  const urls: string[] = [];
  const bodies: unknown[] = [];
  const pauses: number[] = [];
  const stop = new AbortController();
  const tools: Tools = {
    fetch: (input, init) => {
      urls.push(input as string);
      bodies.push(init?.body);
      const answer = answers.shift() ?? new TypeError("fetch failed");
      if (answer instanceof Response) return Promise.resolve(answer);
      if (answer instanceof Error) return Promise.reject(answer);
      return new Promise((_, reject) =>
        init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    },
    random: () => 0.5,
    isKnown: () => true,
    sleep: (ms, signal) => {
      // The time-out of an attempt is over at once only for an answer that never comes.
      if (ms === 15_000)
        return new Promise((resolve) => {
          if (answers[0] === "never" || urls.length === 0) setImmediate(resolve);
          signal.addEventListener("abort", () => resolve());
        });
      pauses.push(ms);
      return Promise.resolve();
    },
    signal: stop.signal,
  };
  const progress: string[] = [];
  const run = (fallback = "") =>
    send([MAIN, fallback], BODY, tools, (status, attempt) => progress.push(`${status} ${attempt}`));
  return { run, tools, urls, bodies, pauses, progress, stop };
};

const json = (status: number, body: unknown) => Response.json(body, { status });
const problem = (status: number, code: string, more: object = {}) =>
  json(status, { code, ...more });

test("a receipt under a status that is no success is none", async () => {
  for (const status of [404, 422])
    assert.deepEqual(await world(json(status, receipt)).run(), { code: "unavailable", status });
});

test("a receipt ends the sending", async () => {
  const { run, urls, progress } = world(json(201, receipt));
  assert.deepEqual(await run(), receipt);
  assert.deepEqual(urls, [`${MAIN}/v1/leads`]);
  assert.deepEqual(progress, ["sending 0"]);
});

test("a lost connection is tried three times, after about one and three seconds", async () => {
  const { run, bodies, pauses, progress } = world();
  assert.deepEqual(await run(), { code: "network", status: 0 });
  assert.deepEqual(pauses, [1000, 3000]);
  assert.deepEqual(progress, ["sending 0", "retrying 1", "retrying 2"]);
  assert.deepEqual(bodies, [BODY, BODY, BODY]);
});

test("the pauses are spread, so that a crowd does not return as one", async () => {
  for (const [random, first] of [
    [0, 800],
    [1, 1200],
  ] as const) {
    const { run, tools, pauses } = world();
    tools.random = () => random;
    await run();
    assert.equal(Math.round(pauses[0]!), first);
  }
});

test("a failing server is tried again, a refusing one is not", async () => {
  const failing = world(problem(503, "unavailable"), json(201, receipt));
  assert.deepEqual(await failing.run(), receipt);
  const refusing = world(problem(403, "origin_refused"));
  assert.deepEqual(await refusing.run(), { code: "origin_refused", status: 403 });
  assert.equal(refusing.urls.length, 1);
});

test("a page of HTML with a server's status is tried again, and is never a success", async () => {
  const html = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  const { run, urls } = world(html(), html(), html());
  assert.deepEqual(await run(), { code: "unavailable", status: 502 });
  assert.equal(urls.length, 3);
});

test("a short Retry-After is obeyed, a long one left to the visitor", async () => {
  const short = world(problem(429, "rate_limited", { retry_after: 2 }), json(201, receipt));
  await short.run();
  assert.deepEqual(short.pauses, [2000]);
  const long = world(problem(429, "rate_limited", { retry_after: 60 }));
  assert.deepEqual(await long.run(), { code: "rate_limited", status: 429, retry_after: 60 });
  assert.deepEqual(long.pauses, []);
  const longDown = world(problem(503, "unavailable", { retry_after: 60 }));
  await longDown.run();
  assert.equal(longDown.urls.length, 1);
});

test("the fallback is tried once, and only where the endpoint gave no answer", async () => {
  const lost = () => new TypeError("fetch failed");
  const reached = world(lost(), lost(), lost(), json(201, receipt));
  assert.deepEqual(await reached.run(SECOND), receipt);
  assert.deepEqual(reached.urls.at(-1), `${SECOND}/v1/leads`);
  assert.equal(reached.urls.length, 4);
  const refused = world(problem(404, "unknown_target"));
  await refused.run(SECOND);
  assert.equal(refused.urls.length, 1);
});

test("fields come back with the code", async () => {
  const { run } = world(problem(422, "invalid", { fields: { phone: "phone_not_mobile" } }));
  assert.deepEqual(await run(), {
    code: "invalid",
    fields: { phone: "phone_not_mobile" },
    status: 422,
  });
});

test("a connection that breaks while the answer comes is no answer", async () => {
  const broken = () =>
    new Response(new ReadableStream({ pull: (c) => c.error(new Error("reset")) }));
  const { run } = world(broken(), broken(), broken());
  assert.deepEqual(await run(), { code: "network", status: 0 });
});

test("an attempt without an answer ends after its time", async () => {
  const { run } = world("never", "never", "never");
  const outcome = (await run()) as Failure;
  assert.equal(outcome.status, 0);
});

test("a connection that is known to be missing is waited for", async () => {
  const { run, tools, progress, urls } = world(
    new TypeError("Failed to fetch"),
    json(201, receipt),
  );
  let there = false;
  tools.connection = {
    isThere: () => there,
    wait: () => {
      there = true;
      return Promise.resolve();
    },
  };
  assert.deepEqual(await run(), receipt);
  assert.deepEqual(progress, ["sending 0", "offline 0", "sending 0"]);
  assert.equal(urls.length, 2);
});

test("a connection that is said to be missing, and is there, sends at the first try", async () => {
  const { run, tools, progress } = world(json(201, receipt));
  tools.connection = { isThere: () => false, wait: () => assert.fail("no wait") };
  assert.deepEqual(await run(), receipt);
  assert.deepEqual(progress, ["sending 0"]);
});

test("nothing more is sent after a stop", async () => {
  const { run, tools, urls, stop } = world();
  tools.sleep = () => {
    stop.abort();
    return Promise.resolve();
  };
  assert.equal(await run(), undefined);
  assert.ok(urls.length <= 1);
});

test("what may get through later is told apart from what will not", () => {
  const rows = [
    ["network", 0, true],
    ["timeout", 0, true],
    ["rate_limited", 429, true],
    ["unavailable", 503, true],
    ["stamp_refused", 403, true],
    ["id_reused", 422, true],
    ["origin_refused", 403, false],
    ["unknown_target", 404, false],
  ] as const;
  for (const [code, status, retryable] of rows)
    assert.equal(isRetryable({ code, status }), retryable, code);
});

test("a sleep ends early when it is told to", async () => {
  const stop = new AbortController();
  const slept = sleep(60_000, stop.signal);
  stop.abort();
  await slept;
});
