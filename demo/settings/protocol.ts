/** Owns the messages between the playground and the page in its frame. Must not hold more than types. */

/** Settings of the playground by the name of their control; a default is left out. */
export type Settings = Readonly<Record<string, string>>;

export type Order =
  | { kind: "settings"; settings: Settings; endpoint: string; definitions: string }
  | { kind: "fill"; values: Readonly<Record<string, string>> }
  | { kind: "show" }
  | { kind: "reset" };

/** What went over the wire between the form and the proxy. */
export interface Exchange {
  /** Counts up from the page's start. */
  id: number;
  method: string;
  url: string;
  body: string;
  /** Milliseconds; absent while it is open. */
  took?: number;
  /** Absent where no answer came. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  answer?: string;
  /** Why no answer came. */
  failure?: string;
}

export type Report =
  | { kind: "ready"; defined: boolean }
  | { kind: "event"; name: string; detail: unknown; status: string }
  | { kind: "status"; status: string }
  | { kind: "exchange"; exchange: Exchange }
  | { kind: "height"; pixels: number };
