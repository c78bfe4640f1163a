// Builds of several projects: each is generated once, sees the codecs of the ones it refers to as declarations, and
// is up to date afterwards.
import { afterEach, expect, jest, test } from "@jest/globals";
import { TestProject, timeout, tsconfig } from "./project.testing.ts";

jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

const geoSource =
  "/** @wire */\nexport interface Geo {\n  readonly lat: number;\n  readonly lon: number;\n}\n";

test("tspc -b on a clean checkout with references builds, and then finds every project up to date", async () => {
  const options = { composite: true };
  project = new TestProject({
    "tsconfig.json": JSON.stringify({
      files: [],
      references: [{ path: "a" }, { path: "b" }, { path: "a/tsconfig.check.json" }],
    }),
    "a/tsconfig.json": tsconfig(options, { include: ["src"], exclude: ["src/*.check.ts"] }),
    "a/tsconfig.check.json": tsconfig(
      { ...options, outDir: "checked" },
      { include: ["src/*.check.ts"], references: [{ path: "." }] },
    ),
    "a/src/geo.ts": geoSource,
    "a/src/index.ts": 'export { encodeGeo } from "./geo.codec.js";\n',
    "a/src/geo.check.ts":
      'import { encodeGeo } from "./geo.codec.js";\nexport const bytes: Uint8Array = encodeGeo({ lat: 1, lon: 2 });\n',
    "b/tsconfig.json": tsconfig(options, { include: ["src"], references: [{ path: "../a" }] }),
    "b/src/sensor.ts":
      'import type { Geo } from "../../a/src/geo.js";\n/** @wire */\nexport interface Reading {\n  readonly id: string;\n  readonly geo: Geo;\n}\n',
    "b/src/main.ts":
      'import { encodeGeo } from "../../a/src/geo.codec.js";\nimport { encodeReading } from "./sensor.codec.js";\nexport const all = [encodeReading({ id: "a", geo: { lat: 1, lon: 2 } }), encodeGeo({ lat: 1, lon: 2 })];\n',
  });

  expect(await project.compile("-b")).toEqual({ code: 0, output: "" });
  expect(project.list("a/src")).toEqual(["geo.check.ts", "geo.codec.ts", "geo.ts", "index.ts"]);
  expect(project.list("b/src")).toEqual(["main.ts", "sensor.codec.ts", "sensor.ts"]);
  expect(project.list("a/dist")).toContain("geo.codec.d.ts");
  expect(project.list("b/dist").filter((file) => file.includes("codec"))).toContain("sensor.codec.js");

  const second = await project.compile("-b", "-v");
  expect(second.output.match(/is up to date/g)).toHaveLength(3);
  expect(second.output).not.toContain("is out of date");

  project.edit("a/src/geo.ts", "readonly lon: number;", "readonly lon: number;\n  readonly up?: number;");
  expect(await project.compile("-b")).toEqual({ code: 0, output: "" });
  expect(project.read("a/src/geo.codec.ts")).toContain("up");
});
