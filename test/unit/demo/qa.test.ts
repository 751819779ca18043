/** Holds QA's list: it covers what the README promises, in each language, and judges by what is seen. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { AUDIENCES, isMet, judge, REQUEST_ANSWERS } from "../../../demo/qa/expect.ts";
import type { Expected, Seen } from "../../../demo/qa/model.ts";
import { countsOf, Keeper, readProgress } from "../../../demo/qa/progress.ts";
import { writeReport } from "../../../demo/qa/report.ts";
import { CHAPTERS, STEPS } from "../../../demo/qa/steps/index.ts";
import { TEXTS } from "../../../demo/qa/texts/index.ts";
import { makeVisitor } from "../../../demo/qa/visitor.ts";
import { readPhone } from "../../read-phone.ts";
import { LANGUAGES } from "../../../proxy/shared/contract.ts";

const readme = readFileSync("README.md", "utf8");
const covered = STEPS.flatMap(({ covers }) => covers);

describe("the list covers", () => {
  test("each row of the README's table of answers, and nothing else", () => {
    const [, table = ""] = /<!-- table: statuses[^]*?\n\n?((?:\|.*\n)+)/.exec(readme) ?? [];
    const codes = [...table.matchAll(/^\| \d+ \| `(\w+)`/gm)].map(([, code]) => code ?? "");
    assert.ok(codes.length > 12, table);
    const outcomes = outcomesOfReadme();
    for (const code of codes) assert.ok(covered.includes(code), code);
    for (const name of covered) assert.ok([...codes, ...outcomes].includes(name), name);
  });

  const outcomesOfReadme = (): string[] => {
    const [, names = ""] = /`outcome` is one of `([\w ]+)`/.exec(readme) ?? [];
    return names.split(" ");
  };

  test("each outcome of a delivery", () => {
    const outcomes = outcomesOfReadme();
    assert.ok(outcomes.length > 6);
    for (const outcome of outcomes) assert.ok(covered.includes(outcome), outcome);
  });

  test("what an operator does, and each raw request by its own answer", () => {
    const moves = STEPS.flatMap(({ acts }) =>
      acts.flatMap(({ move }) => ("operator" in move ? [move.operator] : [])),
    );
    for (const move of ["replay", "release", "erase", "resume", "correct", "test", "remove_test"])
      assert.ok(
        moves.some((each) => each === move),
        move,
      );
    for (const code of Object.keys(REQUEST_ANSWERS)) assert.ok(covered.includes(code), code);
  });
});

describe("the texts", () => {
  for (const lang of LANGUAGES)
    test(`say in ${lang} what is done, and what each sees of it`, () => {
      const { steps, chapters } = TEXTS[lang];
      assert.deepEqual(Object.keys(steps).toSorted(), STEPS.map(({ id }) => id).toSorted());
      assert.deepEqual(
        Object.keys(chapters),
        CHAPTERS.map(({ id }) => id),
      );
      for (const { id, acts } of STEPS) {
        const texts = steps[id as keyof typeof steps];
        assert.equal(texts.acts.length, acts.length, id);
        for (const [at, { sees }] of acts.entries())
          for (const audience of AUDIENCES) {
            const isJudged = sees[audience] ?? (audience === "visitor" && sees.requests);
            assert.equal(
              Boolean(texts.acts[at]?.[audience]),
              Boolean(isJudged),
              `${id} ${at} ${audience}`,
            );
          }
      }
    });

  test("fill in the same values in each language", () => {
    const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
    for (const [key, text] of Object.entries(TEXTS.en.ui))
      for (const lang of LANGUAGES)
        assert.deepEqual(
          gaps(TEXTS[lang].ui[key as keyof typeof TEXTS.en.ui]),
          gaps(text),
          `${lang} ${key}`,
        );
  });
});

test("each step has an id of its own, and visitors whose number can be called", () => {
  const ids = STEPS.map(({ id }) => id);
  assert.deepEqual([...new Set(ids)], ids);
  for (const step of STEPS)
    for (const seed of [0, 7, 1_795_733_222_574, Number.MAX_SAFE_INTEGER]) {
      const { phone } = makeVisitor(step, "en", seed);
      assert.equal(readPhone(phone, step.form["country"] ?? "")?.likely, true, phone);
    }
});

describe("the judgement", () => {
  const seen: Seen = {
    form: { status: "accepted", invalid: [], text: "Thank you, Mona. We will call", dir: "ltr" },
    answers: ["503 unavailable", "201 created"],
    vendor: [{ name: "Mona" }],
    operator: [
      {
        id: "1",
        target: "qa",
        state: "delivered",
        reason: null,
        in_doubt: false,
        attempts: 1,
        created_at: "",
        phone: null,
      },
    ],
    requests: REQUEST_ANSWERS,
  };

  test("takes what is as described", () => {
    const all: Expected = {
      visitor: {
        status: "accepted",
        answer: "201 created",
        invalid: [],
        shows: ["thanks"],
      },
      vendor: { leads: 1, holds: "Mona" },
      operator: { leads: 1, state: "delivered", in_doubt: false },
    };
    assert.deepEqual(judge(all, seen), { visitor: true, vendor: true, operator: true });
    assert.ok(isMet({ requests: true }, seen));
  });

  const wrong: readonly Expected[] = [
    { visitor: { status: "error" } },
    { visitor: { answer: "202 accepted" } },
    { visitor: { invalid: ["phone"] } },
    { visitor: { shows: ["network"] } },
    { visitor: { dir: "rtl" } },
    { vendor: { leads: 0 } },
    { vendor: { leads: 1, holds: "Palm Hills" } },
    { operator: { leads: 2, state: "delivered" } },
    { operator: { leads: 1, state: "held" } },
    { operator: { leads: 1, reason: "key_refused" } },
    { operator: { leads: 1, in_doubt: true } },
    { operator: { leads: 1, test: true } },
  ];
  for (const expected of wrong)
    test(`does not take ${JSON.stringify(expected)}`, () => assert.ok(!isMet(expected, seen)));

  test("does not take a request that was answered otherwise", () => {
    const requests = { ...REQUEST_ANSWERS, malformed: "201 created" };
    assert.ok(!isMet({ requests: true }, { ...seen, requests }));
  });
});

describe("progress", () => {
  const IDS = ["a", "b", "c"];

  /** As a browser has it, or as one that forbids it. */
  const makeStorage = (text: string | null) => {
    const kept = new Map(text === null ? [] : [["lead-form-qa", text]]);
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    } as unknown as Storage;
  };

  test("is kept, and brought back whole after it was removed", () => {
    const storage = makeStorage(null);
    const keeper = new Keeper(IDS, () => storage);
    keeper.set("a", { result: "passed" });
    keeper.set("a", { note: "slow" });
    keeper.set("b", { result: "failed" });
    assert.deepEqual(new Keeper(IDS, () => storage).progress, {
      a: { result: "passed", note: "slow" },
      b: { result: "failed" },
    });
    const before = keeper.replace({});
    assert.deepEqual(new Keeper(IDS, () => storage).counts, { passed: 0, failed: 0, open: 3 });
    keeper.replace(before);
    assert.deepEqual(new Keeper(IDS, () => storage).counts, { passed: 1, failed: 1, open: 1 });
  });

  test("leaves out what an older list or a stranger has stored", () => {
    for (const text of [
      "",
      "7",
      "null",
      "{",
      "[]",
      '{"a":7}',
      '{"a":{"result":"maybe"}}',
      '{"gone":{"result":"passed"}}',
      '{"a":{"note":7}}',
    ])
      assert.deepEqual(readProgress(text, IDS), {}, text);
    assert.deepEqual(countsOf({}, IDS), { passed: 0, failed: 0, open: 3 });
  });

  test("is held for the page where the browser forbids storage", () => {
    const keeper = new Keeper(IDS, () => {
      throw new Error("SecurityError");
    });
    keeper.set("c", { result: "passed" });
    assert.equal(keeper.counts.passed, 1);
  });
});

test("the report is one line for each step, and takes no Markdown from a note", () => {
  const { ui } = TEXTS.en;
  const report = writeReport(
    {
      version: "0.1.0",
      date: "2026-11-26T23:00:00.000Z",
      browser: "Mozilla/5.0",
      window: "1280 × 900",
      language: "en",
      counts: { passed: 1, failed: 1, open: 1 },
      chapters: [
        {
          title: "One",
          steps: [
            { id: "a", title: "First" },
            { id: "b", title: "Second" },
          ],
        },
        { title: "Two", steps: [{ id: "c", title: "Third" }] },
      ],
      progress: {
        a: { result: "passed" },
        b: { result: "failed", note: "late\n# |by| <b>3</b> s" },
      },
    },
    { ...ui, title: ui.report_title },
  );
  assert.equal(
    report,
    String.raw`# Lead Form: QA report

- Version: 0.1.0
- Date: 2026-11-26T23:00:00.000Z
- Browser: Mozilla/5.0
- Window: 1280 × 900
- Language: en
- As described: 1, Not as described: 1, Open: 1

## One

1. ✅ First (As described)
2. ❌ Second (Not as described): late \# \|by\| \<b\>3\</b\> s

## Two

3. ⬜ Third (Open)
`,
  );
});
