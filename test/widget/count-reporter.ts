/** Owns the closing lines by which `npm test` counts this suite. Must not decide whether the run failed. */
import type { Reporter, TestSession, TestSuiteResult } from "@web/test-runner";

const testsOf = (suite: TestSuiteResult): { passed: boolean; skipped: boolean }[] => [
  ...suite.tests,
  ...suite.suites.flatMap(testsOf),
];

/** A file that did not load, or an engine that did not start, has no tests and counts as one failure. */
const count = (session: TestSession) => {
  const tests = session.testResults ? testsOf(session.testResults) : [];
  const passed = tests.filter((test) => test.passed).length;
  const failed = tests.filter((test) => !test.passed && !test.skipped).length;
  return { passed, failed: session.passed ? failed : Math.max(failed, 1) };
};

/** @param seed of the order that the tests ran in, if they were shuffled */
export const countReporter = (seed?: number | string): Reporter => ({
  onTestRunFinished({ sessions }) {
    const byEngine = Map.groupBy(sessions, ({ browser }) => browser.name);
    const all = sessions.map(count);
    const sum = (counts: typeof all, key: "passed" | "failed") =>
      counts.reduce((total, each) => total + each[key], 0);
    for (const [engine, own] of byEngine)
      console.log(`${engine}: ${sum(own.map(count), "passed")} tests passed`);
    if (typeof seed === "number") console.log(`Order of TEST_SEED=${seed}`);
    console.log(`ℹ pass ${sum(all, "passed")}`);
    console.log(`ℹ fail ${sum(all, "failed")}`);
  },
});
