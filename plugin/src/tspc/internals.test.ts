import { expect, test } from "@jest/globals";
import ts from "typescript";
import { isBuildHost, isLanguageServiceHost, isWatchHost } from "./internals.ts";
import { createTransformer } from "./transform.ts";

const release = { onReleaseOldSourceFile: () => {} };
const files = ts.createCompilerHost({});

test("a host is one of a run, a build, a watch or a language service", () => {
  const { createHash: _, ...plain } = files;
  const hosts = {
    run: files,
    build: { ...files, getParsedCommandLine: () => undefined },
    watch: { ...files, ...release, getParsedCommandLine: () => undefined },
    service: { ...plain, ...release },
  };
  const kinds = Object.values(hosts).map((host) => [
    isBuildHost(host),
    isWatchHost(host),
    isLanguageServiceHost(host),
  ]);
  expect(kinds).toEqual([
    [false, false, false],
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});

test("language services and single-file transpilers get their program back untouched", () => {
  const transform = createTransformer(() => {
    throw new Error("generated");
  });
  const program = ts.createProgram({ rootNames: [], options: { noLib: true }, host: files });
  const { createHash: _, ...plain } = files;
  const semantic = program.getSemanticDiagnostics;
  expect(transform(program, { ...plain, ...release }, {}, { ts })).toBe(program);
  const transpiled = ts.createProgram({
    rootNames: [],
    options: { noLib: true, noResolve: true },
    host: files,
  });
  expect(transform(transpiled, files, {}, { ts })).toBe(transpiled);
  expect(program.getSemanticDiagnostics).toBe(semantic);
});

test("a compiler without program transformers is refused in one line", () => {
  const transform = createTransformer(() => undefined);
  const program = ts.createProgram({ rootNames: [], options: { noLib: true }, host: files });
  expect(() => transform(program, files, {}, { ts: { ...ts, version: "7.0.2" } })).toThrow(
    /^hewn: tspc needs TypeScript 5 or 6, and this project has 7\.0\.2\./,
  );
});
