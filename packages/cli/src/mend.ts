// Mends a solution in memory: round by round, because what one round writes may show what the next can mend.
import { type Diagnostic, type Fix, fixAll, type Generated, menderOf } from "@hewn/plugin";
import type { LoadedProject } from "./loaded-project.ts";
import type { Solution } from "./solution.ts";

/** Types nest less deep than this in what people write; each round mends a level at least. */
const roundsMax = 50;

export interface MendedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Mend {
  /** In the order in which they were made. */
  readonly fixes: readonly Fix[];
  /** By name. */
  readonly files: readonly MendedFile[];
}

/**
 * Mends what was found in some files; the solution has the new texts afterwards, the disk has not.
 * @param isMeant whether what is reported in a file is to be mended; the fix may stand in another one
 */
export function mend(solution: Solution, isMeant: (file: string) => boolean): Mend {
  const sources = new Set(solution.projects.flatMap((project) => project.sources));
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const fixes: Fix[] = [];
  // Those come first that others reference: what they declare is mended in them, and not where it is used.
  for (const project of solution.projects) {
    for (let round = 0; round < roundsMax; round++) {
      const found = fixesIn(project, solution.generated, isMeant, (file) => sources.has(file));
      if (!found || found.texts.size === 0) break;
      for (const [file, text] of found.texts) {
        before.set(file, before.get(file) ?? project.textOf(file) ?? "");
        after.set(file, text);
      }
      fixes.push(...found.fixes);
      solution.retext(found.texts);
    }
  }
  const files = [...after].map(([file, text]) => ({ file, before: before.get(file) ?? "", after: text }));
  return { fixes, files: files.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

/** Whether anything that was found can be mended. */
export function canMend(solution: Solution): boolean {
  const sources = new Set(solution.projects.flatMap((project) => project.sources));
  return solution.projects.some((project) => {
    const found = fixesIn(
      project,
      solution.generated,
      () => true,
      (file) => sources.has(file),
    );
    return found !== undefined && found.texts.size > 0;
  });
}

function fixesIn(
  project: LoadedProject,
  generated: ReadonlyMap<string, Generated>,
  isMeant: (file: string) => boolean,
  canEdit: (file: string) => boolean,
): ReturnType<typeof fixAll> | undefined {
  const [first] = project.sources;
  const handed = first === undefined ? undefined : project.handed(first);
  if (!handed) return undefined;
  const diagnostics = project.sources.filter(isMeant).flatMap((source) => allOf(generated.get(source)));
  return fixAll(menderOf(handed.ts, handed.program, { canEdit }), diagnostics);
}

function allOf(generated: Generated | undefined): readonly Diagnostic[] {
  return generated ? [...generated.diagnostics, ...generated.hidden] : [];
}
