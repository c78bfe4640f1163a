// What the plugin and the compiler say of a sample.
import { type Lock, updateLock } from "@hewn/schema";
import ts from "typescript";
import { judgeCalls } from "../analyze/calls/program-calls.ts";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Sample } from "./example.ts";

export interface Judgement {
  readonly diagnostics: readonly Diagnostic[];
  /** The compiler's own. */
  readonly errors: readonly string[];
}

export function judge(sample: Sample): Judgement {
  const { program, named, errors } = projectOf(sample);
  const lock = lockOf(sample);
  const generated = generate(ts, program, fileOf(program, named), {
    lock: lock && { path: "/project/wire.lock", lock },
  });
  if (!generated) throw new Error("the sample has no tag");
  const calls = judgeCalls(ts, program, fileOf(program, named));
  return { diagnostics: [...generated.diagnostics, ...calls], errors: errors() };
}

function projectOf({ text, file = "input.ts", beside, options = {} }: Sample) {
  const exact = options["strictNullChecks"] === false ? { exactOptionalPropertyTypes: false } : {};
  const converted = ts.convertCompilerOptionsFromJson({ ...exact, ...options }, "/project");
  if (converted.errors.length > 0) throw new Error("the options of the sample are wrong");
  const others = beside === undefined ? {} : { [beside]: "export {};\n" };
  return { ...inMemoryProject({ [file]: text, ...others }, converted.options), named: file };
}

function lockOf(sample: Sample): Lock | undefined {
  if (sample.locked === undefined) return undefined;
  const { program, named } = projectOf({ ...sample, text: sample.locked });
  const generated = generate(ts, program, fileOf(program, named));
  return generated && updateLock(undefined, [generated.schema], "/project").lock;
}

function fileOf(program: ts.Program, name: string): ts.SourceFile {
  const file = program.getSourceFile(`/project/${name}`);
  if (!file) throw new Error(`the project has no file ${name}`);
  return file;
}
