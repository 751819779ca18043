/** Holds how the benchmark of the widget reads its visits: ratios, traces, and the pages that it compares. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pageOf, SUBJECTS } from "../../bench/widget-pages.ts";
import type { Subject } from "../../bench/widget-pages.ts";
import { tabulate } from "../../bench/widget-report.ts";
import { readTrace } from "../../bench/widget-trace.ts";

describe("the tables", () => {
  const visits = (values: (subject: Subject, round: number) => Record<string, number>) =>
    new Map(SUBJECTS.map((subject) => [subject, [0, 1, 2].map((round) => values(subject, round))]));
  const slowness = [1, 10, 2];
  const taken = new Map([
    [
      "Slow 4G",
      visits((subject, round) => ({
        visible: slowness[round]! * (subject === "one tag" ? 110 : 100),
        requestsSent: 4,
      })),
    ],
    ["work", visits(() => ({}))],
    [
      "keys",
      visits((subject, round) => ({ key: slowness[round]! * (subject === "one tag" ? 6 : 5) })),
    ],
    ["10 forms", visits(() => ({ heap: 10_000, nodes: 100 }))],
    [
      "100 forms",
      visits((subject) => ({ heap: 190_000, nodes: subject === "one tag" ? 13_600 : 0 })),
    ],
  ]);
  const { rows, limits } = tabulate(taken);

  test("compare what was measured in the same round", () => {
    const row = rows.find(({ table, name }) => table.startsWith("Slow 4G") && name === "one tag");
    assert.equal(row?.values["visible, ms"], 220);
    assert.equal(row?.values["over hand-written"], 1.1);
  });

  test("compare a key of visits of its own", () => {
    const row = rows.find(({ table, name }) => table.startsWith("A key") && name === "one tag");
    assert.equal(row?.values["over plain HTML"], 1.2);
  });

  test("say what a form costs beyond the tenth", () => {
    const row = rows.find(({ table, name }) => table.startsWith("100 forms") && name === "one tag");
    assert.equal(row?.values["nodes"], 150);
    assert.equal(row?.values["heap, kB"], 2);
  });

  test("say which limits hold, and none that was not measured", () => {
    const held = Object.fromEntries(limits.map(({ name, values }) => [name, values["holds"]]));
    assert.equal(held["an extra form's nodes, one tag"], "yes");
    assert.equal(held["requests until sent, one tag"], "no");
    assert.equal(held["layout shift, one tag"], "no");
    assert.equal(held["a key over plain HTML, one tag"], "yes");
  });
});

describe("a trace", () => {
  const task = (tid: number, tdur: number) => ({
    name: "ThreadControllerImpl::RunTask",
    pid: 1,
    tid,
    tdur,
  });
  const layout = (url: string) => ({
    name: "Layout",
    pid: 1,
    tid: 2,
    args: { beginData: { stackTrace: [{ url }] } },
  });
  const traceEvents = [
    { name: "thread_name", pid: 1, tid: 2, args: { name: "CrRendererMain" } },
    task(2, 60_000),
    task(2, 50_000),
    task(3, 90_000),
    layout("http://a.test/lead-form.js"),
    layout("http://a.test/page.js"),
    { ...layout(""), args: { beginData: {} } },
  ];

  test("has long tasks of the page's main thread, and the layouts that our script forced", () => {
    const json = new TextEncoder().encode(JSON.stringify({ traceEvents }));
    assert.deepEqual(readTrace(json), { longByCpu: 1, longByCpuMs: 60, forcedLayouts: 1 });
  });
});

describe("the pages", () => {
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

  test("have one script for any number of forms", async () => {
    for (const subject of SUBJECTS.filter((each) => each !== "page alone")) {
      const page = await pageOf(subject, "http://a.test", 3);
      assert.equal(count(page, /<script/g), subject === "plain HTML" ? 0 : 1, subject);
      assert.equal(
        count(page, /<(?:lead-form|hand-form)[ >]|<form method="post" action="\/v1/g),
        3,
        subject,
      );
      assert.equal(count(page, /<style>lead-form/g), subject === "one tag" ? 1 : 0, subject);
    }
  });

  test("differ in nothing else", async () => {
    const alone = await pageOf("page alone", "http://a.test");
    const end = alone.indexOf("</p>") + "</p>".length;
    const [before, after] = [alone.slice(0, end), alone.slice(end)];
    for (const subject of SUBJECTS) {
      const page = await pageOf(subject, "http://a.test");
      assert.ok(page.startsWith(before) && page.endsWith(after), subject);
    }
  });
});
