// Gate: the compiler, over the packages in build mode and over scripts and tests as one project.
import { isAbsolute, relative } from "node:path";
import type { Gate, Violation } from "./gate.ts";
import { runTool } from "./tool.ts";

const packages = ["packages/schema", "runtime", "plugin", "packages/cli"];

export const typesGate: Gate = {
  name: "types",
  about: "tsc over the packages, the scripts and the tests",
  run: async ({ root }) => {
    const violations: Violation[] = [];
    for (const args of [
      ["-b", ...packages],
      ["-p", "scripts"],
    ]) {
      const { code, stdout, stderr } = await runTool(root, "typescript/bin/tsc", [
        ...args,
        "--pretty",
        "false",
      ]);
      const found = violationsOfTsc(root, stdout);
      if (code !== 0 && found.length === 0) {
        found.push({ file: "tsconfig.json", line: 1, message: `tsc failed: ${stderr || stdout}` });
      }
      violations.push(...found);
    }
    return violations;
  },
};

/** Errors of `tsc --pretty false`; indented lines belong to the error above them. */
export function violationsOfTsc(root: string, output: string): Violation[] {
  const violations: { file: string; line: number; message: string }[] = [];
  for (const text of output.split("\n")) {
    const match = /^(?:(.+?)\((\d+),\d+\): )?error (TS\d+: .*)$/.exec(text.trimEnd());
    const last = violations.at(-1);
    if (match) {
      const file = match[1] ?? "tsconfig.json";
      violations.push({
        file: isAbsolute(file) ? relative(root, file) : file,
        line: Number(match[2] ?? 1),
        message: match[3] ?? "",
      });
    } else if (last && /^\s+\S/.test(text)) {
      last.message += ` ${text.trim()}`;
    }
  }
  return violations;
}
