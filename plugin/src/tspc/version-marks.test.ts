// Incremental compiles: what they remember of earlier runs must never hide an error of ours, nor keep one alive.
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { sensorFiles, TestProject, timeout, tsconfig } from "./project.testing.ts";

const clean = { code: 0, output: "" };
const refused = /^src\/sensor\.ts\(6,12\): error TS901001: HEWN1001: .*Reading\.geo\.meta\.label/m;
jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

describe("tspc --incremental", () => {
  test.each([false, true])(
    "sees an edit in an untagged type two files away, and its mending (isolatedModules %s)",
    async (isolatedModules) => {
      const { "src/main.ts": _, ...files } = sensorFiles;
      const options = { incremental: true, isolatedModules };
      project = new TestProject({ "tsconfig.json": tsconfig(options), ...files });
      expect(await project.compile("-p", ".")).toEqual(clean);

      project.edit("src/meta.ts", "label: string", "label: () => void");
      const first = await project.compile("-p", ".");
      expect(first).toEqual({ code: 2, output: expect.stringMatching(refused) });
      expect(await project.compile("-p", ".")).toEqual(first);

      project.edit("src/meta.ts", "label: () => void", "label: string");
      expect(await project.compile("-p", ".")).toEqual(clean);
      expect(await project.compile("-p", ".")).toEqual(clean);
    },
  );

  test("sees tagging, untagging and the deletion of a codec", async () => {
    const { "src/main.ts": _, ...files } = sensorFiles;
    project = new TestProject({ "tsconfig.json": tsconfig({ incremental: true }), ...files });
    project.edit("src/meta.ts", "label: string", "label: () => void");
    project.edit("src/sensor.ts", "@wire", "not tagged");
    expect(await project.compile("-p", ".")).toEqual(clean);

    project.edit("src/sensor.ts", "not tagged", "@wire");
    expect(await project.compile("-p", ".")).toEqual({ code: 2, output: expect.stringMatching(refused) });

    project.edit("src/sensor.ts", "@wire", "not tagged");
    expect(await project.compile("-p", ".")).toEqual(clean);

    project.edit("src/sensor.ts", "not tagged", "@wire");
    project.edit("src/meta.ts", "label: () => void", "label: string");
    expect(await project.compile("-p", ".")).toEqual(clean);
    const codec = project.read("src/sensor.codec.ts");
    project.remove("src/sensor.codec.ts");
    project.remove("dist/sensor.codec.js");
    expect(await project.compile("-p", ".")).toEqual(clean);
    expect(project.read("src/sensor.codec.ts")).toBe(codec);
  });
});
