/** Owns the waits of a request. Must not end what it waits for. */

/** Undefined where the promise takes longer. */
export const within = async <T>(
  milliseconds: number,
  promise: Promise<T>,
): Promise<T | undefined> => {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
};

export const pause = (milliseconds: number): Promise<unknown> =>
  within(milliseconds, new Promise(() => {}));
