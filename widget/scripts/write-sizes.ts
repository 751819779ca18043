/** Owns the last step of `npm run generate`: the sizes of what was just built. Must not build. */
import { writeIfChanged } from "./generated-file.ts";
import { measuredSizes } from "./sizes.ts";

writeIfChanged(measuredSizes());
