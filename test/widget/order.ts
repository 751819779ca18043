/** Owns the order of the tests within a file that runs in a browser. Must not change what a test does. */
import { shuffle } from "../shuffle.ts";

const shuffleSuite = (suite: Mocha.Suite, seed: number): void => {
  suite.tests = shuffle(suite.tests, seed);
  suite.suites = shuffle(suite.suites, seed);
  for (const inner of suite.suites) shuffleSuite(inner, seed);
};

// Mocha reads the lists after the hooks of the root, so that a hook can still order them.
before(function () {
  const { testSeed } = window as { testSeed?: number };
  if (testSeed !== undefined) shuffleSuite(this.test!.parent!, testSeed);
});
