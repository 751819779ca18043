/** Owns the start of the playground on a site without a proxy. Must not hold more: the playground is the same. */
import { startPlayground } from "../playground/workbench.ts";
import { createInPageBackend } from "./backend.ts";
import { hostProxy } from "./frame.ts";
import { createInPageProxy } from "./proxy.ts";

/** As the documents call it; nobody has the name (RFC 2606). */
const PROXY = "https://leads.example.com";

const proxy = createInPageProxy(PROXY, () => {});
hostProxy(proxy, PROXY);
startPlayground(createInPageBackend(proxy, PROXY));
