import { afterEach, expect, jest, test } from "@jest/globals";
import { sensorFiles, TestProject, timeout, tsconfig } from "./project.testing.ts";

jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

const point = "export interface Point {\n  readonly x: number;\n}\n";

test("a main file that imports nothing but codecs brings in their sources, by path and by alias", async () => {
  const options = { module: "esnext", moduleResolution: "bundler", paths: { "@app/*": ["./src/*"] } };
  project = new TestProject({
    "tsconfig.json": tsconfig(options, { files: ["src/main.ts"] }),
    ...sensorFiles,
    "src/shape.ts": `/** @wire */\n${point}export { encodeFar } from "./far.codec";\n`,
    "src/far.ts": `/** @wire */\n${point.replace("Point", "Far")}`,
    "src/unused.ts": `/** @wire */\n${point}`,
    "src/main.ts":
      'export { encodeReading } from "./sensor.codec.js";\nexport { encodePoint } from "@app/shape.codec";\n',
  });

  expect(await project.compile("-b")).toEqual({ code: 0, output: "" });
  const codecs = ["far.codec.js", "sensor.codec.js", "shape.codec.js"];
  expect(project.list("dist").filter((file) => file.endsWith(".codec.js"))).toEqual(codecs);
  expect(project.has("src/unused.codec.ts")).toBe(false);

  const second = await project.compile("-b", "-v");
  expect(second.output).toMatch(/is up to date/);
});
