/** Owns the functions of Hono that no code of the proxy calls. Must not be called. */

const uncalled = (): never => {
  throw new Error("The build has left this function out");
};

export const parseBody = uncalled;
export const createMountedRequest = uncalled;
export const routePath = uncalled;
