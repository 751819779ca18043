/** Owns the page in the playground's frame on a site without a proxy. Must not hold more: the page is the same. */
import "./use-proxy.ts";
import "../stage/stage.ts";
