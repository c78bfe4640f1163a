import { expect, test } from "@jest/globals";
import type { Diagnostic } from "./diagnostic.ts";
import { formatDiagnostic } from "./format.ts";

const source =
  'import type { Place } from "./geo.js";\r\n\texport interface Reading {\r\n\treadonly place: Place;\r\n}';

function diagnosticAt(start: number, length: number): Diagnostic {
  const span = { file: "/project/reading.ts", start, length };
  return {
    code: "HEWN1201",
    path: "Reading.place",
    message: "'Reading.place' is 'any'",
    fix: "Say.",
    span,
    related: [],
  };
}

const read = (file: string): string | undefined => (file === "/project/reading.ts" ? source : undefined);

test("a squiggle stands under the span, also behind tabs and with CRLF", () => {
  const text = formatDiagnostic(diagnosticAt(source.indexOf("place:"), 5), { read });
  expect(text.split("\n")).toEqual([
    "/project/reading.ts:3:11 - error HEWN1201: 'Reading.place' is 'any'",
    "",
    "3  \treadonly place: Place;",
    "   \t         ~~~~~",
    "",
    "  fix: Say.",
  ]);
});

test("a span over several lines is underlined to the end of its first", () => {
  const text = formatDiagnostic(diagnosticAt(source.indexOf("Reading"), 100), { read });
  expect(text.split("\n")[3]).toBe("   \t                 ~~~~~~~~~");
});

test("an empty span still shows where it is", () => {
  expect(formatDiagnostic(diagnosticAt(0, 0), { read }).split("\n")[3]).toBe("   ~");
});

test("a file that cannot be read leaves the message without an excerpt", () => {
  const text = formatDiagnostic(diagnosticAt(3, 4), { read: () => undefined });
  expect(text).toBe("/project/reading.ts - error HEWN1201: 'Reading.place' is 'any'\n\n\n  fix: Say.");
});

test("hops are shown with their own lines, and files as the caller displays them", () => {
  const at = source.indexOf("Reading");
  const related = [
    { span: { file: "/project/reading.ts", start: at, length: 7 }, message: "'Reading' is tagged" },
  ];
  const options = { read, display: (file: string) => file.replace("/project/", "") };
  const text = formatDiagnostic({ ...diagnosticAt(source.indexOf("place:"), 5), related }, options);
  expect(text).toContain(
    "\n\n  reading.ts:2:19 - 'Reading' is tagged\n    2  \texport interface Reading {\n",
  );
});

test("colours surround words and never change the text", () => {
  const diagnostic = diagnosticAt(source.indexOf("place:"), 5);
  const coloured = formatDiagnostic(diagnostic, { read, colour: true });
  expect(coloured).toContain("\u001b[91merror\u001b[0m");
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(formatDiagnostic(diagnostic, { read }));
});
