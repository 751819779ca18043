/** Owns what the subject of a commit looks like. Must not judge its body. */
import { readFileSync } from "node:fs";

const MOST = 60;
const [, , file = ""] = process.argv;
const subject = readFileSync(file, "utf8").split("\n", 1)[0] ?? "";
// Git writes these itself, and a later rebase removes the last two.
const isWrittenByGit = /^(Merge|Revert|fixup!|squash!) ?/.test(subject);
const faults = isWrittenByGit
  ? []
  : [
      [...subject].length > MOST && `has ${[...subject].length} characters, at most ${MOST}`,
      !/^[\w./-]+: \S/.test(subject) && "begins with no scope, such as `proxy: ` or `docs: `",
    ].filter(Boolean);
for (const fault of faults) console.error(`The subject ${fault}: ${subject}`);
process.exitCode = faults.length;
