/**
 * Owns the second minifier, after the bundler's own: what it finds besides is not loaded by each page, and not read
 * at each start of the Worker. Must not change what the code does.
 */
import { minify } from "terser";
import type { Plugin } from "vite";

/** For the Worker, and for what a browser gets from it; the npm package goes through its page's minifier. */
const isMinified: NonNullable<Plugin["applyToEnvironment"]> = ({ name }) =>
  !["node", "module", "client"].includes(name);

export const minifiedAgain = (): Plugin => ({
  name: "minified-again",
  applyToEnvironment: isMinified,
  generateBundle: {
    order: "post",
    async handler({ format }, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk") {
          const { code } = await minify(file.code, {
            module: format === "es",
            ecma: 2020,
            compress: { ecma: 2020, passes: 2, negate_iife: false },
          });
          file.code = code ?? file.code;
        }
    },
  },
});
