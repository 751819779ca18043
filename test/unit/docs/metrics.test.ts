/** Holds the table of metrics, the dashboard and the alert rules against what the proxy measures. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { CALL_OUTCOMES, LEAD_EVENTS } from "../../../proxy/ledger/figures.ts";
import { toMetrics } from "../../../proxy/operator/metrics.ts";

const text = toMetrics({
  version: "1",
  targets: [{ key: "t", state: "working", figures: { totals: [] } }],
});
/** Of each sample the labels that it has. */
const labelsOf = new Map(
  [...text.matchAll(/^(lead_form_\w+)\{([^}]*)\}/gm)].map(([, name = "", labels = ""]) => [
    name,
    [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label),
  ]),
);

test("the page for operators lists every metric with its labels, and no other", () => {
  const page = readFileSync("proxy/README.md", "utf8");
  const table = page.slice(page.indexOf("<!-- table: metrics")).split("\n\n")[0] ?? "";
  const listed = [...table.matchAll(/^\| `(\w+)` \| `([\w ]+)` \|/gm)].map(
    ([, name, labels]) => `${name} ${labels}`,
  );
  const measured = [...labelsOf]
    .filter(([name]) => !/_(?:count|sum)$/.test(name))
    .map(([name, labels]) => `${name.replace(/_bucket$/, "")} ${labels.join(" ")}`);
  assert.ok(measured.length > 5);
  assert.deepEqual(listed.toSorted(), measured.toSorted());
});

for (const file of [
  "proxy/operator/monitoring/alerts.yml",
  "proxy/operator/monitoring/dashboard.json",
])
  describe(file, () => {
    const source = readFileSync(file, "utf8").replaceAll(String.raw`\"`, '"');

    test("asks for metrics that there are", () => {
      const named = [...source.matchAll(/\blead_form_\w+/g)].map(([name]) => name);
      assert.ok(named.length > 4);
      assert.deepEqual(
        named.filter((name) => !labelsOf.has(name)),
        [],
      );
    });

    test("asks for labels and outcomes that they have", () => {
      const outcomes: readonly string[] = [...CALL_OUTCOMES, ...LEAD_EVENTS];
      for (const [, name = "", selector = ""] of source.matchAll(/(lead_form_\w+)\{([^}]*)\}/g))
        for (const [, label, value = ""] of selector.matchAll(/(\w+)[!=~]+"([^"]*)"/g)) {
          assert.ok(labelsOf.get(name)?.includes(label), `${name} ${label}`);
          if (label === "outcome")
            for (const outcome of value.split("|")) assert.ok(outcomes.includes(outcome), outcome);
        }
    });
  });

test("the dashboard is JSON with a panel for each question of the page", () => {
  const { panels } = JSON.parse(
    readFileSync("proxy/operator/monitoring/dashboard.json", "utf8"),
  ) as {
    panels: { title: string }[];
  };
  assert.ok(panels.length >= 5);
});
