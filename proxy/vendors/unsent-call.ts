/**
 * Owns the error of a call that never left: then the vendor cannot have the lead. Must not be thrown for what may have
 * arrived. Node can tell (`proxy/http/node/unsent.ts`); workerd says nothing.
 */

/** The vendor cannot be reached for now, or no safe connection to its address can be made. */
export type Unsent = "down" | "unsafe";

export class UnsentCall extends Error {
  readonly unsent: Unsent;
  constructor(unsent: Unsent, cause: unknown) {
    super("The call was not sent", { cause });
    this.unsent = unsent;
  }
}
