import { expect, test } from "@jest/globals";
import { badNames } from "./names.ts";
import { projectOf } from "./project.ts";

function messages(file: string, text = "// What it is.\n"): readonly string[] {
  return badNames(projectOf({ [file]: text })).map(({ message }) => message);
}

test("files are named in kebab-case", () => {
  expect(messages("plugin/src/emit/code-file.ts")).toEqual([]);
  expect(messages("runtime/src/codec/text.node.ts")).toEqual([]);
  expect(messages("plugin/src/emit/codeFile.ts")).toHaveLength(1);
  expect(messages("plugin/src/emit/code_file.ts")).toHaveLength(1);
});

test("names that mean nothing are refused", () => {
  for (const name of ["utils", "string-utils", "helper", "session-manager", "helpers.test"]) {
    expect(messages(`plugin/src/${name}.ts`)).toEqual([
      "the name says nothing; name the file for its one idea",
    ]);
  }
});

test("a file begins by saying what it is", () => {
  expect(messages("plugin/src/a.ts", "export {};\n")).toHaveLength(1);
  expect(messages("plugin/src/a.ts", "/** What it is. */\nexport {};\n")).toEqual([]);
  expect(messages("packages/cli/src/main.ts", "#!/usr/bin/env node\n// What it is.\n")).toEqual([]);
  expect(messages("plugin/src/a.test.ts", "test();\n")).toEqual([]);
});
