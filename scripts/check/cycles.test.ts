import { expect, test } from "@jest/globals";
import { importCycles } from "./cycles.ts";
import { projectOf } from "./project.ts";

test("a circle is told once, with the way around it", () => {
  const project = projectOf({
    "plugin/src/a.ts": '// A.\nimport { b } from "./b.ts";',
    "plugin/src/b.ts": 'import { c } from "./c.ts";\nimport type { A } from "./a.ts";',
    "plugin/src/c.ts": "",
  });
  expect(importCycles(project)).toEqual([
    {
      file: "plugin/src/a.ts",
      line: 2,
      message: "imports itself in a circle: plugin/src/a.ts -> plugin/src/b.ts -> plugin/src/a.ts",
    },
  ]);
});

test("a file that imports itself is a circle of one", () => {
  expect(importCycles(projectOf({ "plugin/src/a.ts": 'import { a } from "./a.ts";' }))).toHaveLength(1);
});

test("two ways to the same file are no circle", () => {
  const project = projectOf({
    "plugin/src/a.ts": 'import { b } from "./b.ts";\nimport { c } from "./c.ts";',
    "plugin/src/b.ts": 'import { c } from "./c.ts";',
    "plugin/src/c.ts": "",
  });
  expect(importCycles(project)).toEqual([]);
});
