/**
 * Owns `npm run bench:widget`: the form beside plain HTML and a hand-written element, in one run and taking turns,
 * so that the ratios hold on a busy machine. Must not judge: limits are printed beside the figures.
 *
 * `--visits 3` makes fewer than nine of each; `--json <file>` for the rows.
 */
import { writeFile } from "node:fs/promises";
import { optionOf } from "./options.ts";
import { createReport, toText } from "./report.ts";
import { launch, NETWORKS } from "./widget-browser.ts";
import type { Network } from "./widget-browser.ts";
import { SUBJECTS } from "./widget-pages.ts";
import type { Subject } from "./widget-pages.ts";
import { FEW, MANY, tabulate } from "./widget-report.ts";
import { startBenchServer } from "./widget-server.ts";
import { keysOf, manyOf, visitOver, workOf } from "./widget-visit.ts";
import type { Values } from "./widget-visit.ts";

const VISITS = Number(optionOf("--visits") ?? 9);

const taken = new Map<string, Map<Subject, Values[]>>();
const note = (kind: string, subject: Subject, values: Values): void => {
  const visits = taken.get(kind) ?? new Map<Subject, Values[]>();
  taken.set(kind, visits.set(subject, [...(visits.get(subject) ?? []), values]));
};

/** Each round begins with another, so that none always follows the heaviest. */
const turn = (round: number): Subject[] =>
  SUBJECTS.map((_, index) => SUBJECTS[(index + round) % SUBJECTS.length]!);

const server = await startBenchServer();
const browser = await launch();
try {
  // The first visit of a browser is slower than any other.
  await workOf(browser, server, "page alone");
  for (let round = 0; round < VISITS; round++)
    for (const subject of turn(round)) {
      for (const network of Object.keys(NETWORKS) as Network[])
        note(network, subject, await visitOver(browser, server, subject, network));
      note("work", subject, await workOf(browser, server, subject));
      if (subject === "page alone") continue;
      note("keys", subject, await keysOf(browser, server, subject));
      for (const forms of [FEW, MANY])
        note(`${forms} forms`, subject, await manyOf(browser, server, subject, forms));
    }
} finally {
  await browser.close();
  await server.close();
}

const { rows, limits } = tabulate(taken);
console.log(toText([...rows, ...limits]));
const file = optionOf("--json");
if (file) await writeFile(file, JSON.stringify(createReport(rows), null, 2));
