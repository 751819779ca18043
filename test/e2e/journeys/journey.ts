/**
 * Owns the one customer page, browser and Worker of the suites that need none of their own. Must not
 * hold a test. Each suite also runs alone: `node --test test/e2e/journeys/hosted.ts`.
 */
import { after, before, beforeEach } from "node:test";
import { startJourney } from "../harness.ts";
import type { Journey } from "../harness.ts";

export let journey: Journey;
before(async () => {
  journey = await startJourney();
});
after(() => journey.close());
beforeEach(() => {
  journey.vendors.sakneen.clear();
  journey.vendors.brainysoft.clear();
});
