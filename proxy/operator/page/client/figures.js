/**
 * Owns the figures of each target that the page knows, and the choice of those it shows. Must not ask for them
 * with each refresh: they change by the hour.
 */
import { ask } from "./api.js";
import { figuresView } from "./charts.js";

/** Milliseconds between two looks at the figures. */
const READ_EVERY = 120_000;

/** By target. */
const figures = new Map();
const views = new Map();
let readAt = -Infinity;

const viewOf = (key) => views.get(key) ?? { span: "hours", tableOpen: false };

/** Of all targets that have a store; of one that does not answer the last ones stay. */
export const readFigures = async (targets) => {
  if (performance.now() - readAt < READ_EVERY) return;
  readAt = performance.now();
  await Promise.all(
    targets
      .filter((target) => "counts" in target)
      .map(async ({ target }) => {
        const { ok, body } = await ask("GET", `/targets/${encodeURIComponent(target)}/figures`);
        if (ok) figures.set(target, body);
      }),
  );
};

/** Changes with anything that is drawn. */
export const figuresState = () => [...figures, ...views];

/** @param {string} key of the target */
export const drawFigures = (key, redraw) =>
  figuresView(key, figures.get(key), {
    ...viewOf(key),
    onSpan: (span) => {
      views.set(key, { ...viewOf(key), span });
      redraw();
    },
    // The table is open already: nothing has to be drawn again.
    onTable: (tableOpen) => views.set(key, { ...viewOf(key), tableOpen }),
  });
