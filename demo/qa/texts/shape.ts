/** Owns the shape of a step's texts. Must not hold more than types. */

/** One move of a step: what to do, and who sees what afterwards. */
export interface ActTexts {
  do: string;
  visitor?: string;
  vendor?: string;
  operator?: string;
}

export interface StepTexts {
  title: string;
  acts: readonly ActTexts[];
}
