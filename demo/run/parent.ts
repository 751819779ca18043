/**
 * Owns the notice that npm, which started this process, has ended. Must not end anything itself.
 */

/** A signal to npm ends npm and its shell and is never passed on, so the parent is looked at. */
const PARENT_CHECK_MS = 500;

export const onParentGone = (stop: () => void): void => {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref();
};
