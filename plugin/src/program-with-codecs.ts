// The program of a project with its codecs as they should be, whether or not they are on the disk: what is to be said of
// calls of actors is asked of it.
import type ts from "typescript";

/**
 * Files that were parsed are not parsed again.
 * @param codecs their texts, by path
 * @param host what is on the disk
 */
export function programWithCodecs(
  compiler: typeof ts,
  program: ts.Program,
  codecs: ReadonlyMap<string, string>,
  host: ts.CompilerHost,
): ts.Program {
  const over: ts.CompilerHost = {
    ...host,
    fileExists: (name) => codecs.has(name) || host.fileExists(name),
    readFile: (name) => codecs.get(name) ?? host.readFile(name),
    getSourceFile(name, target, ...rest) {
      const text = codecs.get(name);
      if (text !== undefined) return compiler.createSourceFile(name, text, target);
      return program.getSourceFile(name) ?? host.getSourceFile(name, target, ...rest);
    },
  };
  const rootNames = [...program.getRootFileNames(), ...codecs.keys()];
  return compiler.createProgram({ rootNames, options: program.getCompilerOptions(), host: over });
}
