import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { TestProject, timeout, tsconfig } from "./project.testing.ts";
import { isBuild } from "./stale-builds.ts";

jest.setTimeout(timeout);
const command = join(import.meta.dirname, "../../dist/tspc/command.js");
let project: TestProject;

const lock = `{
  "version": 1,
  "types": {
    "app/src/order#Order": {
      "type": { "struct": { "0": { "name": "name", "type": "string" }, "1": { "name": "count", "type": "number" } } },
      "fingerprint": "ca22293724d72a86"
    }
  }
}
`;

beforeEach(() => {
  const plain = { composite: true, rootDir: "src", outDir: "dist" };
  project = new TestProject({
    "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "app" }, { path: "plain" }] }),
    "app/tsconfig.json": tsconfig(
      { composite: true },
      { include: ["src"], references: [{ path: "../plain" }] },
    ),
    "app/src/order.ts":
      "/** @wire */\nexport interface Order { readonly count: number; readonly name: string }\n",
    "plain/tsconfig.json": JSON.stringify({ compilerOptions: { ...plain, types: [] }, include: ["src"] }),
    "plain/src/one.ts": "export const one: number = 1;\n",
    "wire.lock": lock,
  });
});

afterEach(() => project.close());

test("tsc takes these arguments for a build, and no others", () => {
  const builds = [["-b"], ["--build", "x"], ["-B"], ["--b"]];
  expect(builds.map(isBuild)).toEqual([true, true, true, true]);
  expect([[], ["-p", "."], ["x", "-b"], ["b"]].map(isBuild)).toEqual([false, false, false, false]);
});

test("a build of hewn-tspc notices that the lock changed, broke or went, and builds nothing else anew", async () => {
  const build = (): ReturnType<TestProject["run"]> => project.run(command, "-b", "-v");
  expect(await build()).toMatchObject({ code: 0 });
  const locked = project.read("app/dist/order.codec.js");
  expect((await build()).output).not.toMatch(/Building project/);

  project.remove("wire.lock");
  const { output } = await build();
  expect(output.match(/Building project '.*'/g)).toEqual([expect.stringMatching(/app\/tsconfig\.json'$/)]);
  const declared = project.read("app/dist/order.codec.js");
  expect(declared).not.toBe(locked);

  project.write({ "wire.lock": "{" });
  const broken = await build();
  expect([broken.code, broken.output]).toEqual([1, expect.stringContaining("HEWN9005")]);

  project.write({ "wire.lock": lock });
  expect((await build()).code).toBe(0);
  expect(project.read("app/dist/order.codec.js")).toBe(locked);
});

test("a build that is to be cleaned is not touched", async () => {
  const before = project.modified("app/tsconfig.json");
  expect((await project.run(command, "-b", "--clean")).code).toBe(0);
  expect(project.modified("app/tsconfig.json")).toBe(before);
});
