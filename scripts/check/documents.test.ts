import { expect, test } from "@jest/globals";
import { brokenLinks, documentsGate, forbiddenWords, sharedNumbers } from "./documents.ts";
import { projectOf } from "./project.ts";

function words(text: string, file = "README.md"): readonly string[] {
  return forbiddenWords(projectOf({ [file]: text })).map(({ line, message }) => `${line} ${message}`);
}

test("unfinished words are found in documents and in code", () => {
  expect(words("Fine.\nTODO: more.")).toEqual(["2 says 'TODO': do it, or open an issue"]);
  for (const text of ["FIXME", "This does For Now.", "a stub", "Not implemented", "not yet implemented"]) {
    expect(words(text)).toHaveLength(1);
    expect(words(`// ${text}`, "runtime/src/a.ts")).toHaveLength(1);
  }
});

test("words that only contain them are fine", () => {
  expect(words("stubborn, todo, numTodoTests, for nowhere")).toEqual([]);
});

test("suppressed findings are found", () => {
  expect(words("// @ts-ignore", "plugin/src/a.ts")).toHaveLength(1);
  expect(words("// biome-ignore lint: x", "plugin/src/a.ts")).toHaveLength(1);
});

test("lock files and data are not read", () => {
  expect(words("TODO", "package-lock.json")).toEqual([]);
  expect(words("TODO", "fixtures/apps/sensors/readings.json")).toEqual([]);
});

test("a relative link leads to a file or folder of the repository", () => {
  const text = "[a](docs/a.md#part) [b](docs/) [c](https://x.y) [d](#here)\n[e](missing.md) [f](../out.md)";
  const found = brokenLinks(projectOf({ "README.md": text, "docs/a.md": "[up](../README.md)" }));
  expect(found.map(({ line, message }) => `${line} ${message}`)).toEqual([
    "2 links to 'missing.md', which is not there",
    "2 links to '../out.md', which is not there",
  ]);
});

test("the architecture has at most 200 lines", async () => {
  const run = (lines: number): ReturnType<typeof documentsGate.run> =>
    documentsGate.run(projectOf({ "docs/ARCHITECTURE.md": "line\n".repeat(lines) }));
  expect(await run(200)).toEqual([]);
  expect(await run(201)).toHaveLength(1);
});

test("no two decisions have the same number", () => {
  const records = { "docs/adr/0001-a.md": "", "docs/adr/0002-b.md": "", "docs/adr/0002-c.md": "" };
  expect(sharedNumbers(projectOf(records))).toEqual([
    { file: "docs/adr/0002-c.md", line: 1, message: "has the number of docs/adr/0002-b.md" },
  ]);
});
