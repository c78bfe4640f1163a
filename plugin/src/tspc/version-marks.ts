// Makes incremental builders ask again for the errors of a file whose own text did not change. They cache errors by
// file and version, but ours also depend on other files, on the disk and on the lock; under `isolatedModules` a
// builder does not even follow a change through a chain of type imports.
import type ts from "typescript";
import { internalsOf } from "./internals.ts";

const mark = "+hewn:";

/**
 * Adds a digest of its errors to the version of each file that has some, and takes away an earlier one. Returns what
 * restores the plain versions: by these a watch tells whether a file on the disk is newer, so they must come back
 * once the builder has read the marked ones.
 */
export function markVersions(
  files: readonly ts.SourceFile[],
  errorsOf: (file: ts.SourceFile) => readonly ts.Diagnostic[],
  digest: (text: string) => string,
): () => void {
  const plain = new Map<ts.SourceFile, string>();
  for (const file of files) {
    const { version } = internalsOf(file);
    const errors = errorsOf(file);
    if (version === undefined || errors.length === 0) continue;
    plain.set(file, version);
    internalsOf(file).version = version + mark + digest(JSON.stringify(errors.map(identityOf)));
  }
  return () => {
    for (const [file, version] of plain) internalsOf(file).version = version;
    plain.clear();
  };
}

function identityOf({ code, start, length, messageText }: ts.Diagnostic): readonly unknown[] {
  return [code, start, length, messageText];
}
