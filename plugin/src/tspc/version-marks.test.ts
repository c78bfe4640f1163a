// Incremental compiles: what they remember of earlier runs must never hide an error of ours, nor keep one alive.
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { sensorFiles, TestProject, timeout, tsconfig } from "./project.testing.ts";

const clean = { code: 0, output: "" };
const refused = /^src\/sensor\.ts\(6,12\): error TS901001: HEWN1001: .*Reading\.geo\.meta\.label/m;
jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

function incremental(options: object = {}): TestProject {
  const { "src/main.ts": _, ...files } = sensorFiles;
  return new TestProject({ "tsconfig.json": tsconfig({ incremental: true, ...options }), ...files });
}

describe("tspc --incremental", () => {
  test("sees an edit two files away in a type without a tag, and untagging, tagging and mending", async () => {
    project = incremental();
    expect(await project.compile("-p", ".")).toEqual(clean);
    const codec = project.read("src/sensor.codec.ts");

    project.edit("src/meta.ts", "label: string", "label: () => void");
    const broken = await project.compile("-p", ".");
    expect(broken).toEqual({ code: 2, output: expect.stringMatching(refused) });
    expect(await project.compile("-p", ".")).toEqual(broken);

    project.edit("src/sensor.ts", "@wire", "not tagged");
    expect(await project.compile("-p", ".")).toEqual(clean);

    project.edit("src/sensor.ts", "not tagged", "@wire");
    expect(await project.compile("-p", ".")).toEqual(broken);

    project.edit("src/meta.ts", "label: () => void", "label: string");
    project.remove("src/sensor.codec.ts");
    expect(await project.compile("-p", ".")).toEqual(clean);
    expect(project.read("src/sensor.codec.ts")).toBe(codec);
    expect(project.has("dist/sensor.codec.js")).toBe(true);
  });

  test("under isolatedModules does not stop on the way to the tagged type", async () => {
    project = incremental({ isolatedModules: true });
    expect(await project.compile("-p", ".")).toEqual(clean);

    project.edit("src/meta.ts", "label: string", "label: () => void");
    const broken = await project.compile("-p", ".");
    expect(broken).toEqual({ code: 2, output: expect.stringMatching(refused) });

    project.edit("src/meta.ts", "label: () => void", "label: string");
    expect(await project.compile("-p", ".")).toEqual(clean);
  });
});
