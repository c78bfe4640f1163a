import { describe, expect, test } from "@jest/globals";
import { installedPackages } from "./lone-install.ts";
import { problemsOfAttw, wrongFiles } from "./packages.ts";
import { projectOf } from "./project.ts";

describe("wrongFiles", () => {
  const packed = { name: "@hewn/x", folder: "x", tarball: "/x.tgz", unpackedBytes: 1 };
  const project = projectOf({ LICENSE: "Apache", "x/LICENSE": "Apache" });

  test("licence and readme belong into each package", () => {
    expect(wrongFiles(project, { ...packed, files: ["LICENSE", "README.md", "dist/a.js"] })).toEqual([]);
    expect(wrongFiles(project, { ...packed, files: ["dist/a.js"] })).toHaveLength(2);
  });

  test("tests, their support and build notes stay at home", () => {
    const files = ["LICENSE", "README.md", "src/a.test.ts", "dist/testing/b.js", "dist/c.testing.d.ts"];
    expect(wrongFiles(project, { ...packed, files: [...files, "dist/tsconfig.tsbuildinfo"] })).toHaveLength(
      4,
    );
  });

  test("the licences are the same", () => {
    const changed = projectOf({ LICENSE: "Apache", "x/LICENSE": "another" });
    expect(wrongFiles(changed, { ...packed, files: ["LICENSE", "README.md"] })).toHaveLength(1);
  });
});

test("what attw finds is told, except for ways of importing that are not served", () => {
  const report = (problems: readonly unknown[]): string =>
    JSON.stringify({ analysis: { types: { kind: "included" }, problems } });
  expect(problemsOfAttw(report([]))).toEqual([]);
  const wrong = { kind: "NoResolution", entrypoint: ".", resolutionKind: "node16-esm" };
  expect(problemsOfAttw(report([wrong]))).toEqual([
    'NoResolution {"entrypoint":".","resolutionKind":"node16-esm"}',
  ]);
  expect(problemsOfAttw(report([{ ...wrong, resolutionKind: "node10" }]))).toEqual([]);
  expect(problemsOfAttw(JSON.stringify({ analysis: { types: false } }))).toHaveLength(1);
});

test("every package of an installation is found, however deep", () => {
  const tree = { dependencies: { a: { dependencies: { b: {} } }, c: {} } };
  expect(installedPackages(JSON.stringify(tree))).toEqual(["a", "b", "c"]);
  expect(installedPackages("{}")).toEqual([]);
});
