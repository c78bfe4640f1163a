import { type Lock, updateLock } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";
import { catalog } from "./catalog.ts";
import { type Sample, sampleText } from "./example.ts";
import { examples } from "./examples.ts";

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

function judge(sample: Sample): { readonly codes: readonly string[]; readonly errors: readonly string[] } {
  const { program, named, errors } = projectOf(sample);
  const lock = lockOf(sample);
  const generated = generate(ts, program, fileOf(program, named), {
    lock: lock && { path: "/project/wire.lock", lock },
  });
  if (!generated) throw new Error("the sample has no tag");
  return { codes: generated.diagnostics.map(({ code }) => code), errors: errors() };
}

describe("each code is taught by an example that earns it and a corrected one that earns nothing", () => {
  for (const { code } of catalog) {
    test(code, () => {
      const { wrong, right } = examples[code];
      const refused = judge(wrong);
      expect(refused.errors).toEqual([]);
      // The code that counts what is behind the limit never comes alone.
      const codes = code === "HEWN1999" ? refused.codes.filter((each) => each === code) : refused.codes;
      expect(codes).toEqual([code]);
      expect(judge(right)).toEqual({ codes: [], errors: [] });
    });
  }
});

test("what matters besides the text of a sample is shown above it", () => {
  expect(
    sampleText({ text: "x", file: "a.cts", beside: "a.ts", options: { strict: false, module: "es2022" } }),
  ).toBe('// a.cts, beside a.ts\n// tsconfig.json: "strict": false, "module": "es2022"\nx');
  expect(sampleText({ text: "x", locked: "y\nz" })).toBe("// wire.lock was written for:\n// y\n// z\nx");
  expect(sampleText({ text: "x", locked: "x" })).toBe("// wire.lock was written for this text\nx");
});
