import { expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { toTsDiagnostic } from "./typescript.ts";

const project = inMemoryProject({
  "reading.ts":
    'import type { Place } from "./geo.js";\n/** @wire */\nexport interface Reading {\n  readonly place: Place;\n}\n',
  "geo.ts": "export interface Place {\n  readonly name: any;\n}\n",
});

test("a diagnostic becomes one of the compiler's, with place, code, fix and hops", () => {
  const [diagnostic] = project.analyze("reading.ts")?.diagnostics ?? [];
  if (!diagnostic) throw new Error("the fixture is refused");
  const made = toTsDiagnostic(ts, project.program, diagnostic);
  expect(made.code).toBe(901201);
  expect(made.category).toBe(ts.DiagnosticCategory.Error);
  expect(made.file?.text.slice(made.start, (made.start ?? 0) + (made.length ?? 0))).toBe("place");
  expect(made.messageText).toBe(
    "HEWN1201: 'Reading.place.name' is 'any', which says nothing about the value. " +
      "Fix: Declare the type that the value has.",
  );
  expect(made.relatedInformation?.map(({ file, messageText }) => [file?.fileName, messageText])).toEqual([
    ["/project/reading.ts", "'Reading' is tagged @wire here"],
    ["/project/geo.ts", "'Reading.place.name' is declared here"],
  ]);
});

test("a place in a file that the program does not know is left out", () => {
  const span = { file: "/elsewhere.ts", start: 1, length: 2 };
  const diagnostic = {
    code: "HEWN1201",
    path: "X",
    message: "'X' is 'any'",
    fix: "Say.",
    span,
    related: [],
  } as const;
  const made = toTsDiagnostic(ts, project.program, diagnostic);
  expect([made.file, made.start, made.length]).toEqual([undefined, undefined, undefined]);
});
