// Runs the core over the sources of a project and collects what it says.
import { type Generated, type GenerateOptions, generate } from "@hewn/plugin";
import type { LoadedProject } from "./loaded-project.ts";
import type { Progress } from "./progress.ts";

export interface Generation {
  /** By source file, in the order of the project; only files that have a tag. */
  readonly generated: ReadonlyMap<string, Generated>;
  /** The sources that were looked at and have no tag. */
  readonly untagged: ReadonlySet<string>;
}

/** @param files some of the project's sources */
export function generateFiles(
  project: LoadedProject,
  files: readonly string[],
  options: GenerateOptions,
  progress: Progress,
): Generation {
  const generated = new Map<string, Generated>();
  const untagged = new Set<string>();
  files.forEach((file, index) => {
    progress.step(`${index + 1} of ${files.length} files:`, file);
    const result = generateFile(project, file, options);
    if (result) generated.set(file, result);
    else untagged.add(file);
  });
  return { generated, untagged };
}

function generateFile(project: LoadedProject, file: string, options: GenerateOptions): Generated | undefined {
  try {
    const handed = project.handed(file);
    return handed && generate(handed.ts, handed.program, handed.file, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`while working on ${file}: ${reason}`, { cause: error });
  }
}
