/** Owns which suites share one Worker without a store. Must not hold a test of its own. */
import "./relay/wire.ts";
import "./relay/country.ts";
import "./relay/pages.ts";
import "./relay/own-fields.ts";
import "./relay/script.ts";
import "./relay/vendors.ts";
import "./relay/oauth.ts";
import "./relay/closed.ts";
import "./relay/slow.ts";
