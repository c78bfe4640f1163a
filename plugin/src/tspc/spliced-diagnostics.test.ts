// Wire types that cannot cross a network fail the compile like any error of TypeScript.
import { afterEach, expect, jest, test } from "@jest/globals";
import { sensorFiles, TestProject, timeout, tsconfig } from "./project.testing.ts";

jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

function wrong(options: object = {}): TestProject {
  const made = new TestProject({ "tsconfig.json": tsconfig(options), ...sensorFiles });
  made.edit("src/meta.ts", "label: string", "label: () => void");
  made.edit("src/main.ts", 'label: "x"', "label: () => {}");
  return made;
}

test("an error stands in the tagged file, with the path, the fix and every hop, and importers are quiet", async () => {
  project = wrong();

  const { code, output } = await project.compile("-p", ".", "--pretty");
  expect(code).toBe(2);
  const text = output.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "");
  expect(text).toMatch(
    /^src\/sensor\.ts:6:12 - error TS901001: HEWN1001: 'Reading\.geo\.meta\.label' is a function/m,
  );
  expect(text).toContain("Send the data that the function works on");
  expect(text).toMatch(/^ +src\/sensor\.ts:4:/m);
  expect(text).toMatch(/^ +src\/geo\.ts:2:/m);
  expect(text).toMatch(/^ +src\/meta\.ts:1:/m);
  expect(text).toContain("Found 1 error");
});

test("with --noEmitOnError nothing is emitted and the exit code is 1, as it is in a build", async () => {
  project = wrong({ noEmitOnError: true });

  const { code, output } = await project.compile("-p", ".");
  expect(code).toBe(1);
  expect(output).toMatch(/^src\/sensor\.ts\(6,12\): error TS901001: [^\n]*\n$/);
  expect(project.has("dist")).toBe(false);

  expect(await project.compile("-b")).toEqual({ code: 1, output });
});
