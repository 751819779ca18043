/** Owns what a page's tag manager is told: names of events, never a typed value. */

export interface DataLayerEntry {
  event: "lead_form_start" | "lead_form_submit" | "lead_form_error" | "generate_lead";
  target: string;
  receipt?: string;
  code?: string;
}

/** Appends to the global array of that name, made where it is missing; an empty name says no. */
export const pushToDataLayer = (name: string, entry: DataLayerEntry): void => {
  if (!name) return;
  const page = globalThis as unknown as Record<string, unknown>;
  const layer = (page[name] ??= []);
  if (Array.isArray(layer)) layer.push(entry);
};
