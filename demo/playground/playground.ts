/** Owns the start of the playground as `npm start` serves it. Must not hold more: pages with another backend start it too. */
import { createLoopback } from "./loopback.ts";
import { startPlayground } from "./workbench.ts";

startPlayground(createLoopback(location));
