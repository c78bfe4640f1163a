// Gate: a file is named in kebab-case after its one idea, and its first lines say what it is.
import { posix } from "node:path";
import type { Gate, Violation } from "./gate.ts";
import type { Project } from "./project.ts";
import { isGenerated, isSource, isTest } from "./source-file.ts";

export const namesGate: Gate = {
  name: "names",
  about: "files in kebab-case, none named for nothing in particular, each with a header comment",
  run: badNames,
};

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
const empty = /(?:^|[-.])(?:utils?|helpers?|manager|misc|common)(?:[-.]|$)/;

export function badNames(project: Project): readonly Violation[] {
  return project.files.filter(isSource).flatMap((file) => {
    const name = posix.basename(file);
    const violations: Violation[] = [];
    const say = (message: string): void => void violations.push({ file, line: 1, message });
    if (!kebab.test(name)) say("a file is named in kebab-case");
    if (empty.test(name)) say("the name says nothing; name the file for its one idea");
    if (!isTest(file) && !isGenerated(project, file) && !/^(?:#!.*\n)?\/[/*]/.test(project.read(file))) {
      say("begins without a comment that says what the file is");
    }
    return violations;
  });
}
