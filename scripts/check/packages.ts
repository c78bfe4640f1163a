// Gate: what would be published is whole and well-formed (publint), its types resolve for those who import it
// (are the types wrong), and the runtime stands alone: one package, small, importable on the oldest Node it names.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Gate, Violation } from "./gate.ts";
import { loneInstall } from "./lone-install.ts";
import { type Packed, packAll, packageFolders } from "./packed.ts";
import type { Project } from "./project.ts";
import { runTool } from "./tool.ts";

export const packagesGate: Gate = {
  name: "packages",
  about: "npm pack of each package: publint, types that resolve, files, and the runtime installed alone",
  run: async (project) => {
    const target = mkdtempSync(join(tmpdir(), "hewn-pack-"));
    try {
      await runTool(project.root, "typescript/bin/tsc", ["-b", ...packageFolders]);
      const packed = await packAll(project.root, target);
      const violations: Violation[] = [];
      for (const one of packed) {
        violations.push(...wrongFiles(project, one), ...(await lint(one)));
        violations.push(...(await wrongTypes(project.root, one)));
      }
      violations.push(...(await loneInstall(target, packed)));
      return violations;
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  },
};

function at(packed: Packed, message: string): Violation {
  return { file: `${packed.folder}/package.json`, line: 1, message };
}

/** What has to be in a package and what may not. */
export function wrongFiles(project: Project, packed: Packed): readonly Violation[] {
  const missing = ["LICENSE", "README.md"].filter((file) => !packed.files.includes(file));
  const leaked = packed.files.filter((file) => /\.test\.|\.testing\.|\/testing\/|\.tsbuildinfo$/.test(file));
  const violations = [
    ...missing.map((file) => at(packed, `the package lacks ${file}`)),
    ...leaked.map((file) => at(packed, `the package contains ${file}`)),
  ];
  const licence = `${packed.folder}/LICENSE`;
  if (project.files.includes(licence) && project.read(licence) !== project.read("LICENSE")) {
    violations.push({ file: licence, line: 1, message: "differs from the LICENSE of the repository" });
  }
  return violations;
}

async function lint(packed: Packed): Promise<readonly Violation[]> {
  const bytes = readFileSync(packed.tarball);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) =>
    at(packed, `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`),
  );
}

async function wrongTypes(root: string, packed: Packed): Promise<readonly Violation[]> {
  // A command has nothing to import, so there are no types to judge.
  if (!packed.files.includes("dist/index.d.ts")) return [];
  const args = [
    packed.tarball,
    "--profile",
    "esm-only",
    "--format",
    "json",
    "--exclude-entrypoints",
    "package.json",
  ];
  const { stdout, stderr } = await runTool(root, "@arethetypeswrong/cli/dist/index.js", args);
  if (!stdout.includes("{")) return [at(packed, `attw failed: ${stderr.trim()}`)];
  return problemsOfAttw(stdout).map((problem) => at(packed, `attw: ${problem}`));
}

interface AttwReport {
  readonly analysis: {
    readonly types: unknown;
    readonly problems?: readonly { readonly kind: string; readonly [detail: string]: unknown }[];
  };
}

/** How consumers resolve that are not asked to: no `exports` before Node 12.7, no `require` of a module. */
const notServed = new Set(["node10", "node16-cjs"]);

/** The problems in a report of `attw --format json`, each in one line. */
export function problemsOfAttw(report: string): readonly string[] {
  const { analysis } = JSON.parse(report.slice(report.indexOf("{"))) as AttwReport;
  if (!analysis.types) return ["the package has no types"];
  return (analysis.problems ?? [])
    .filter(({ resolutionKind }) => !notServed.has(String(resolutionKind)))
    .map(({ kind, ...details }) => `${kind} ${JSON.stringify(details)}`);
}
