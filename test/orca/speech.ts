/** Owns what Orca said: the lines of its debug file. Must not judge them. */
import { existsSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Milliseconds without a word or an event after which Orca has said what it had to say. */
const SILENCE_MS = 800;
/** Milliseconds between two looks at the file. */
const LOOK_EVERY_MS = 50;
/** Milliseconds after which a wait for words is given up. */
const PATIENCE_MS = 15_000;

const SPOKEN = /^[\d:.]+ - SPEECH OUTPUT: '(.*)'(?: voice=\w+)?\{'/;

/** Of the reader's own state, and told at no fixed time. */
const OWN_WORDS = /^(?:Browse mode|Focus mode|opens menu|Text unselected\.|leaving form\.)$/;

/** Isolates and spaces are heard by nobody; a text keeps its words. */
export const plain = (text: string): string =>
  text
    .replace(/[\u200B-\u200F\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();

export interface Listener {
  /**
   * Waits until these words were said, then until Orca is silent.
   * @returns what it said since the last call, a line for each utterance
   */
  hear: (words?: string) => Promise<string[]>;
}

export const listenTo = (file: string): Listener => {
  let read = 0;
  const text = (): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const said = (): string[] =>
    text()
      .slice(read)
      .split("\n")
      .map((line) => plain(SPOKEN.exec(line)?.[1] ?? ""))
      .filter((line) => line !== "" && !OWN_WORDS.test(line));
  const silence = async (): Promise<void> => {
    let length = -1;
    for (let since = Date.now(); Date.now() - since < SILENCE_MS;) {
      await setTimeout(LOOK_EVERY_MS);
      const now = text().length;
      if (now !== length) since = Date.now();
      length = now;
    }
  };
  return {
    hear: async (words = "") => {
      const giveUp = Date.now() + PATIENCE_MS;
      while (!said().join(" ").includes(words) && Date.now() < giveUp)
        await setTimeout(LOOK_EVERY_MS);
      await silence();
      const lines = said();
      read = text().length;
      return lines;
    },
  };
};
