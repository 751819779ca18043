/** Owns the count of what is under way. Must not know what it is. */

export interface Pending {
  track: <T>(promise: Promise<T>) => Promise<T>;
  /** Resolves when nothing is under way any more, what was added meanwhile included. */
  drained: () => Promise<void>;
}

export const createPending = (): Pending => {
  const all = new Set<Promise<unknown>>();
  return {
    track: (promise) => {
      all.add(promise);
      const settled = () => all.delete(promise);
      promise.then(settled, settled);
      return promise;
    },
    drained: async () => {
      while (all.size > 0) await Promise.allSettled(all);
    },
  };
};
