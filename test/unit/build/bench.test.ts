/** Holds the benchmarks' way from rows to the README, and the answers that their load reads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { toRequest } from "../../bench/lead.ts";
import { createReport, joinReports, putBetween, toMarkdown, toText } from "../../bench/report.ts";
import { endOf } from "../../bench/wire.ts";

const ROWS = [
  { table: "Waits", name: "bare", values: { "p50, ms": 1.2345, "requests a second": 8226 } },
  { table: "Waits", name: "ours", values: { "p50, ms": 123.45, "over bare": 0.5 } },
  { table: "Bytes", name: "script", values: { kB: "10 or less" } },
];

describe("a report", () => {
  test("becomes one table for each heading, with a cell for each value that a row has", () => {
    const text = toMarkdown({ date: "2026-11-26T10:00:00.000Z", machine: "2 × CPU", rows: ROWS });
    assert.equal(
      text,
      [
        "Measured on 2026-11-26: 2 × CPU.",
        "",
        "| Waits | p50, ms | requests a second | over bare |",
        "| --- | ---: | ---: | ---: |",
        "| bare | 1.23 | 8226 |  |",
        "| ours | 123 |  | 0.50 |",
        "",
        "| Bytes | kB |",
        "| --- | ---: |",
        "| script | 10 or less |",
      ].join("\n"),
    );
  });

  test("is aligned on the terminal", () => {
    const [title, head = "", ...lines] = toText(ROWS.slice(0, 2)).trimEnd().split("\n");
    assert.equal(title, "Waits");
    assert.deepEqual(
      lines.map((line) => line.length),
      [head.length, head.length],
    );
  });

  test("of both halves holds the rows of both, and the date of the last", () => {
    const [first, last] = [createReport(ROWS.slice(0, 2)), createReport(ROWS.slice(2))];
    const joined = joinReports([first, { ...last, date: "2027-01-01T00:00:00.000Z" }]);
    assert.deepEqual(joined.rows, ROWS);
    assert.equal(joined.date, "2027-01-01T00:00:00.000Z");
  });

  test("takes the place of the one before, and of nothing else", () => {
    const page = "# A\n\n<!-- bench: how -->\n\nold\n\n<!-- end of bench -->\n\n## B\n";
    const once = putBetween(page, "bench", "new");
    assert.equal(once, page.replace("old", "new"));
    assert.equal(putBetween(once, "bench", "new"), once);
    assert.throws(() => putBetween("# A\n", "bench", "new"));
  });

  test("has its place in the README", () => {
    const page = readFileSync("README.md", "utf8");
    assert.match(putBetween(page, "bench", "THE TABLES"), /\nTHE TABLES\n/);
  });
});

describe("the load", () => {
  const whole = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
  const chunked = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

  for (const [name, message] of Object.entries({ whole, chunked })) {
    test(`reads an answer that is ${name}, and leaves the next one`, () => {
      assert.equal(endOf(message), message.length);
      assert.equal(endOf(message + whole), message.length);
    });

    test(`waits for the rest of an answer that is ${name}`, () => {
      for (let length = 0; length < message.length; length++)
        assert.equal(endOf(message.slice(0, length)), -1, message.slice(0, length));
    });
  }

  test("sends each lead with an id, a number and an address of its own", () => {
    const aim = { port: 80, path: "/v1/leads", target: "fast" };
    const requests = [toRequest(aim), toRequest(aim)];
    for (const name of [
      /&id=[^&]+/,
      /&phone=010\d{8}&/,
      /\r\ncf-connecting-ip: 10(?:\.\d+){3}\r\n/,
    ])
      assert.equal(new Set(requests.map((text) => name.exec(text)?.[0])).size, 2, String(name));
    for (const text of requests) assert.equal(endOf(text), text.length);
  });
});
