import { expect, test } from "@jest/globals";
import { catalogGaps } from "./catalog.ts";
import { projectOf } from "./project.ts";

const catalog =
  '// Codes.\nexport const catalog = {\n  HEWN1001: { text: "x" },\n  HEWN1002: { text: "y" },\n} as const;\n';

test("a code without a fixture and a fixture without a code are told", () => {
  const project = projectOf({
    "plugin/src/diagnostic/catalog.ts": catalog,
    "fixtures/reject/HEWN1001-function/input.ts": "",
    "fixtures/reject/HEWN1001-method/input.ts": "",
    "fixtures/reject/HEWN9999-gone/input.ts": "",
  });
  expect(catalogGaps(project)).toEqual([
    {
      file: "plugin/src/diagnostic/catalog.ts",
      line: 4,
      message: "HEWN1002 has no fixture fixtures/reject/HEWN1002-<slug>/",
    },
    {
      file: "fixtures/reject/HEWN9999-gone",
      line: 1,
      message: "HEWN9999 is no code of plugin/src/diagnostic/catalog.ts",
    },
  ]);
});

test("a catalog whose every code is shown passes", () => {
  const project = projectOf({
    "plugin/src/diagnostic/catalog.ts": catalog,
    "fixtures/reject/HEWN1001-function/input.ts": "",
    "fixtures/reject/HEWN1002-method/input.ts": "",
  });
  expect(catalogGaps(project)).toEqual([]);
});
