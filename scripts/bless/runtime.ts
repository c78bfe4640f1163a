// Rewrites the codecs of the runtime's own messages: they are committed, because the runtime is what codecs run on.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "@hewn/plugin";
import ts from "typescript";
import { type Golden, lockOf } from "./wire-fixtures.ts";

const directory = join(import.meta.dirname, "../../runtime");

/** @returns how many files were written */
export function blessRuntime(): number {
  const codecs = runtimeCodecs();
  for (const { file, text } of codecs) writeFileSync(file, text);
  return codecs.length;
}

/** What each codec of the runtime must say. Throws when one of its wire types has a diagnostic. */
export function runtimeCodecs(): readonly Golden[] {
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
