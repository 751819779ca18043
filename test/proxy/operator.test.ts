/** Owns which suites share one Worker with an operator. Must not hold a test of its own. */
import "./operator/leads.ts";
import "./operator/moves.ts";
import "./operator/receipts.ts";
import "./operator/tokens.ts";
