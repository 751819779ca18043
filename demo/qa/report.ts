/** Owns the report of a tester's run, as Markdown. Must not hold what was typed into a form. */
import type { Counts, Progress } from "./progress.ts";

export interface ReportWords {
  title: string;
  version: string;
  date: string;
  browser: string;
  window: string;
  language: string;
  passed: string;
  failed: string;
  open: string;
}

export interface ReportFacts {
  version: string;
  /** ISO 8601. */
  date: string;
  browser: string;
  window: string;
  language: string;
  counts: Counts;
  chapters: readonly { title: string; steps: readonly { id: string; title: string }[] }[];
  progress: Progress;
}

/** One line, and nothing that Markdown would read as more than text. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);

export const writeReport = (facts: ReportFacts, words: ReportWords): string => {
  const { counts, progress } = facts;
  let number = 0;
  const lineOf = ({ id, title }: { id: string; title: string }): string => {
    const { result, note = "" } = progress[id] ?? {};
    const mark = { passed: "✅", failed: "❌", open: "⬜" }[result ?? "open"];
    const said = plain(note);
    return `${++number}. ${mark} ${plain(title)} (${words[result ?? "open"]})${said && `: ${said}`}`;
  };
  return [
    `# ${words.title}`,
    "",
    `- ${words.version}: ${plain(facts.version)}`,
    `- ${words.date}: ${facts.date}`,
    `- ${words.browser}: ${plain(facts.browser)}`,
    `- ${words.window}: ${facts.window}`,
    `- ${words.language}: ${facts.language}`,
    `- ${words.passed}: ${counts.passed}, ${words.failed}: ${counts.failed}, ${words.open}: ${counts.open}`,
    ...facts.chapters.flatMap(({ title, steps }) => [
      "",
      `## ${plain(title)}`,
      "",
      ...steps.map(lineOf),
    ]),
    "",
  ].join("\n");
};
