/** Owns the walk of a visitor who sees nothing: which key comes next, and what is waited for. Must not judge what is heard. */
import type { Messages } from "../../proxy/shared/messages/en.ts";
import type { Desktop } from "./desktop.ts";
import { plain, type Listener } from "./speech.ts";

export interface Step {
  /** A key of xdotool, or `type:` and letters. */
  key: string;
  /** Words without which the step is not over; "" where nothing needs to be said. */
  until: string;
  /** What is said here is not held: it depends on how busy the machine is, with any native dialog. */
  loose?: true;
}

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  plain(text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));

const NAME = "Mona Adel";
const PHONE = "+20 100 123 4567";

/** @param dialog the link that opens the second form */
export const stepsFor = (texts: Messages, dialog: string): readonly Step[] => {
  const understood = fill(texts.understood, { phone: PHONE });
  return [
    // Every field, its name and state; a number that is too short, a box that stays empty.
    { key: "Tab", until: texts.name },
    { key: `type:${NAME}`, until: "" },
    { key: "Tab", until: texts.phone },
    { key: "type:0100", until: "" },
    { key: "Tab", until: "+20" },
    { key: "Tab", until: texts.email },
    { key: "Tab", until: texts.consent },
    { key: "Tab", until: texts.privacy },
    { key: "Tab", until: texts.submit },
    // The summary, the first mistake, and mending it.
    { key: "Return", until: texts.consent_missing },
    { key: "Tab", until: "+20" },
    { key: "Return", until: texts.error },
    { key: "End", until: "" },
    { key: "type:1234567", until: "" },
    { key: "shift+Tab", until: texts.name },
    { key: "Tab", until: understood },
    // The country picker: another country and back by its first letters.
    { key: "Tab", until: "+20" },
    { key: "Down", until: "+" },
    { key: "Up", until: "+20" },
    { key: "Tab", until: texts.email },
    { key: "Tab", until: texts.consent_missing },
    { key: "space", until: "" },
    { key: "Tab", until: texts.privacy },
    { key: "Tab", until: texts.submit },
    // The thanks, and what is behind them.
    { key: "Return", until: fill(texts.success, { phone: PHONE }) },
    { key: "Tab", until: texts.another },
    // The second form, in a dialog.
    { key: "Tab", until: dialog },
    { key: "Return", until: texts.name, loose: true },
    { key: "Tab", until: texts.phone },
    { key: "Escape", until: dialog, loose: true },
  ];
};

/**
 * Goes through the form.
 * @param passing what is told at times alone: a fast answer leaves no time for it, and where the reader stood
 * before decides whether it names the form that it enters
 * @returns the transcript: each key, and below it what was said
 */
export const walk = async (
  { press, type }: Desktop,
  ear: Listener,
  steps: readonly Step[],
  passing: readonly string[],
): Promise<string> => {
  const lines: string[] = [];
  for (const { key, until, loose } of steps) {
    await (key.startsWith("type:") ? type(key.slice("type:".length)) : press(key));
    const heard = await ear.hear(until);
    const held = loose ? [] : heard.filter((line) => !passing.includes(line));
    lines.push(key, ...held.map((line) => `  ${line}`));
  }
  return `${lines.join("\n")}\n`;
};
