/**
 * Owns the likeness of answers, which are those of a target at this moment: what is kept from the vendor is answered likewise, so
 * that no answer tells one from the other. Must not hold anything of a lead.
 */

export interface Seen<Answer> {
  answer: Answer;
  /** Milliseconds from the lead to its answer. */
  ms: number;
}

/** So many answers back is this moment. */
const REMEMBERED = 8;

export type Likeness<Answer> = ReturnType<typeof createLikeness<Answer>>;

/** @param random 0 to 1: any of the last answers, since a vendor's times vary */
export const createLikeness = <Answer>(random: () => number) => {
  const last: Seen<Answer>[] = [];
  return {
    note: (answer: Answer, ms: number): void => {
      last.push({ answer, ms: Math.max(Math.round(ms), 0) });
      if (last.length > REMEMBERED) last.shift();
    },
    /** Undefined where nothing was answered yet. */
    pick: (): Seen<Answer> | undefined => last[Math.floor(random() * last.length)],
  };
};
