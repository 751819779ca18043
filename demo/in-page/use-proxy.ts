/** Owns the moment at which a frame turns to its host: with its import, before those that follow. Must not do more. */
import { useProxyOfHost } from "./frame.ts";

useProxyOfHost();
