// The declarations that the compiler would emit for one source, without writing them.
import type ts from "typescript";

/** @returns undefined when the compiler makes none: its options must allow it to emit */
export function declarationText(program: ts.Program, source: string): string | undefined {
  let declarations: string | undefined;
  const keep = (file: string, text: string): void => {
    if (/\.d\.[mc]?ts$/.test(file)) declarations = text;
  };
  const file = program.getSourceFile(source);
  // Without a file the compiler would emit all.
  if (file) program.emit(file, keep, undefined, true);
  return declarations;
}
