// Watches: one compile an edit, nothing starts another, and the codec follows.
import { afterEach, expect, jest, test } from "@jest/globals";
import { type Session, sensorFiles, TestProject, timeout, tsconfig } from "./project.testing.ts";

jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

const extra = "/** @wire */\nexport interface Extra {\n  readonly a: string;\n}\n";

/**
 * Makes one edit after another, each when the compile before is done.
 * @param watching what tspc says when its watchers are in place, and, where they are told of the codec that it has
 *   generated, when it has looked whether it must compile again
 */
async function edit(session: Session, compile: string, watching: RegExp): Promise<void> {
  const compiled = (errors: number): Promise<string> =>
    session.said(new RegExp(`${compile}[\\s\\S]*?Found ${errors} errors?\\. Watching for file changes\\.`));
  await session.said(/Found 0 errors\. Watching/);
  await session.said(watching);
  expect(project.list("dist")).toContain("sensor.codec.js");

  const started = session.count(new RegExp(compile));
  expect(started).toBe(session.count(/Building project/) && 1);

  project.edit("src/sensor.ts", "readonly id: string;", "readonly id: string;\n  readonly note?: string;");
  await compiled(0);
  expect(session.count(new RegExp(compile))).toBe(started + 1);
  expect(project.read("src/sensor.codec.ts")).toContain("note");

  project.remove("src/sensor.codec.ts");
  await compiled(0);
  expect(project.read("src/sensor.codec.ts")).toContain("note");

  project.edit("src/meta.ts", "label: string", "label: () => void");
  expect(await compiled(2)).toContain("HEWN1001");

  project.edit("src/meta.ts", "label: () => void", "label: string");
  await compiled(0);

  project.write({ "src/extra.ts": extra });
  await compiled(0);
  expect(project.has("src/extra.codec.ts")).toBe(true);

  project.edit("src/main.ts", 'id: "a"', 'id: "b"');
  await compiled(0);
}

// A watch looks for a deleted file twice, and a build tries again whatever had errors: one compile more for either.
const compiles = { least: 6, most: 7 };

test("tspc -w compiles once an edit", async () => {
  project = new TestProject({ "tsconfig.json": tsconfig(), ...sensorFiles });
  const session = project.watch("-w", "--preserveWatchOutput", "--extendedDiagnostics");
  await edit(session, "File change detected", /Reloading new file names[\s\S]*?Synchronizing program\n/);
  expect(session.count(/File change detected/)).toBeGreaterThanOrEqual(compiles.least);
  expect(session.count(/File change detected/)).toBeLessThanOrEqual(compiles.most);
});

test("tspc -b -w builds once an edit", async () => {
  project = new TestProject({ "tsconfig.json": tsconfig(), ...sensorFiles });
  const session = project.watch("-b", "-w", "-v", "--preserveWatchOutput", "--extendedDiagnostics");
  await edit(session, "Building project", /Watcher creation time/);
  const builds = session.count(/Building project/) - 1;
  expect(builds).toBeGreaterThanOrEqual(compiles.least);
  expect(builds).toBeLessThanOrEqual(compiles.most);
});
