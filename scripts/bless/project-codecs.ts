// Rewrites the codecs of a project that commits them: those of the runtime's own messages, because the runtime is what
// codecs run on, and those of the workloads that benchmarks measure.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "@hewn/plugin";
import ts from "typescript";
import { type Golden, lockOf } from "./wire-fixtures.ts";

const root = join(import.meta.dirname, "../..");

/**
 * @param folder of the project, from the root of the repository
 * @returns how many files were written
 */
export function blessProject(folder: string): number {
  const codecs = projectCodecs(folder);
  for (const { file, text } of codecs) writeFileSync(file, text);
  return codecs.length;
}

/** What each codec of a project must say. Throws when one of its wire types has a diagnostic. */
export function projectCodecs(folder: string): readonly Golden[] {
  const directory = join(root, folder);
  const { config } = ts.readConfigFile(join(directory, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, directory);
  const program = ts.createProgram(fileNames, options);
  const lock = lockOf(directory);
  return program.getSourceFiles().flatMap((file) => {
    if (file.isDeclarationFile || !fileNames.includes(file.fileName)) return [];
    const generated = generate(ts, program, file, lock === undefined ? {} : { lock });
    if (generated === undefined) return [];
    const first = generated.diagnostics[0];
    if (first) throw new Error(`${file.fileName}: ${first.code} ${first.message}`);
    return [{ file: generated.codec, text: generated.text }];
  });
}
