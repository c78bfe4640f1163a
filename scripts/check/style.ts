// Gate: format and lint, both biome's; biome.json says by which rules.
import type { Gate, Violation } from "./gate.ts";
import { runTool } from "./tool.ts";

export const styleGate: Gate = {
  name: "style",
  about: "format and lint (biome.json); `npx biome check --write <paths>` mends most of it",
  run: async ({ root }) => {
    const args = ["check", "--reporter=json", "--max-diagnostics=none", "--error-on-warnings", "."];
    const { code, stdout, stderr } = await runTool(root, "@biomejs/biome/bin/biome", args);
    const violations = violationsOfBiome(stdout);
    if (code === 0 || violations.length > 0) return violations;
    return [{ file: "biome.json", line: 1, message: `biome failed: ${stderr.trim() || stdout.trim()}` }];
  },
};

/** What is read here of one entry of biome's JSON report. */
interface BiomeDiagnostic {
  readonly category?: string;
  readonly severity: string;
  readonly message: string;
  readonly location?: { readonly path?: string; readonly start?: { readonly line: number } };
}

export function violationsOfBiome(report: string): readonly Violation[] {
  const begin = report.indexOf("{");
  if (begin < 0) return [];
  const { diagnostics } = JSON.parse(report.slice(begin)) as { diagnostics: readonly BiomeDiagnostic[] };
  return diagnostics
    .filter(({ severity }) => severity !== "information" && severity !== "hint")
    .map(({ category = "biome", message, location }) => ({
      file: location?.path ?? "biome.json",
      line: location?.start?.line || 1,
      message: `${category}: ${message}`,
    }));
}
