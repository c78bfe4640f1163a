// Codecs that nothing generates any more: the source lost its last tag, or was deleted or renamed.
import type ts from "typescript";
import { bearsHeader, isCodecPath, sourcePathOf } from "../codec-path.ts";
import type { Compile } from "./compile.ts";
import { type Failure, reasonOf } from "./failure.ts";

export interface Removal {
  /** Keys of the codecs that are gone. */
  readonly removed: ReadonlySet<string>;
  readonly failures: readonly Failure[];
}

/**
 * Removes the orphaned codecs among the files of a program from the disk.
 * @param kept keys of the sources that have a codec, or may have one
 */
export function removeOrphans(compile: Compile, kept: ReadonlySet<string>): Removal {
  const { compiler, program, keyOf } = compile;
  const removed = new Set<string>();
  const failures: Failure[] = [];
  for (const { fileName } of program.getSourceFiles().filter((file) => isOurs(program, file))) {
    if (!isOrphan(compile, kept, fileName)) continue;
    try {
      compiler.sys.deleteFile?.(fileName);
      removed.add(keyOf(fileName));
    } catch (error) {
      failures.push({ kind: "orphan", at: fileName, file: fileName, reason: reasonOf(error) });
    }
  }
  return { removed, failures };
}

function isOurs(program: ts.Program, file: ts.SourceFile): boolean {
  return (
    isCodecPath(file.fileName) && bearsHeader(file.text) && !program.isSourceFileFromExternalLibrary(file)
  );
}

/** A source that exists but is not part of this program belongs to another project, which answers for its codec. */
function isOrphan({ program, host, keyOf }: Compile, kept: ReadonlySet<string>, codec: string): boolean {
  const source = sourcePathOf(codec, (file) => host.fileExists(file));
  if (kept.has(keyOf(source))) return false;
  const parsed = program.getSourceFile(source);
  if (parsed !== undefined && keyOf(parsed.fileName) === keyOf(source)) return true;
  return !host.fileExists(source);
}
