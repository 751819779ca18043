/** The figures of the site: those that a run has left, with its date, and no others. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { benchRun, crashRun, readRuns } from "../../../demo/site/figures.ts";
import { putBetween, toMarkdown } from "../../bench/report.ts";

const README = "# A\n\n<!-- bench: written by a command -->\n\n<!-- end of bench -->\n\nMore.\n";

/** As `npm run bench -- --write` leaves it. */
const measured = putBetween(
  README,
  "bench",
  toMarkdown({
    date: "2026-11-26T10:00:00.000Z",
    machine: "2 × some processor",
    rows: [
      {
        table: "Fast 4G, processor 4 times slower",
        name: "fast snippet",
        values: { "visible, ms": 1 },
      },
      {
        table: "Slow 4G, processor 4 times slower",
        name: "page alone",
        values: { "LCP, ms": 900 },
      },
      {
        table: "Slow 4G, processor 4 times slower",
        name: "fast snippet",
        values: { "visible, ms": 1234, "over plain HTML": 1.02, "layout shift": "0.000" },
      },
      {
        table: "50 requests a second, vendor 50 ms",
        name: "Worker, ledger",
        values: { "p50, ms": 60, "p50 over direct, ms": 9.87 },
      },
    ],
  }),
);

const folder = mkdtempSync(join(tmpdir(), "lead-form-figures-"));
after(() => rmSync(folder, { recursive: true, force: true }));

describe("the figures of the site", () => {
  test("are none while no run has left any", () => {
    assert.equal(benchRun(README), undefined);
    assert.equal(benchRun("no marks"), undefined);
    assert.deepEqual(readRuns(README, folder), []);
  });

  test("are read from the README's tables, with their date", () => {
    const run = benchRun(measured);
    assert.equal(run?.date, "2026-11-26");
    assert.deepEqual(
      run?.figures.map(({ value }) => value),
      ["1234 ms", "1.02 ×", "0.000", "9.87 ms"],
    );
  });

  test("of a crash run are lost, killed, doubled", () => {
    const crash = {
      date: "2026-11-26T10:00:00.000Z",
      acknowledged: 9_998,
      kills: 300,
      lost: 0,
      duplicated: 3,
      inFlight: 40,
    };
    writeFileSync(join(folder, "figures.json"), JSON.stringify({ crash }));
    const [run, ...others] = readRuns(README, folder);
    assert.deepEqual(others, []);
    assert.deepEqual(run, crashRun(crash));
    assert.deepEqual(
      run?.figures.map(({ value }) => value),
      ["0", "300"],
    );
    assert.match(run?.figures[0]?.what.en ?? "", /9,998/);
    for (const note of Object.values(run?.note ?? {})) assert.match(note, /40.*3/);
    assert.equal(Object.keys(run?.note ?? {}).length, 3);
  });
});
