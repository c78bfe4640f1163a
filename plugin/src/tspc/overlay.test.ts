// Watches: each edit is one compile, nothing starts a second one, and the codec follows.
import { afterEach, expect, test } from "@jest/globals";
import { type Session, sensorFiles, TestProject, tsconfig } from "./project.testing.ts";

let project: TestProject;

afterEach(() => project.close());

async function watched(session: Session): Promise<void> {
  const found = async (errors: number): Promise<string> =>
    session.said(new RegExp(`Found ${errors} errors?\\. Watching for file changes\\.`));
  await found(0);
  expect(project.has("dist/sensor.codec.js")).toBe(true);

  project.edit("src/sensor.ts", "readonly id: string;", "readonly id: string;\n  readonly note?: string;");
  await found(0);
  expect(project.read("src/sensor.codec.ts")).toContain("note");

  project.remove("src/sensor.codec.ts");
  await found(0);
  expect(project.read("src/sensor.codec.ts")).toContain("note");

  project.edit("src/meta.ts", "label: string", "label: () => void");
  expect(await found(2)).toContain("HEWN1001");

  project.edit("src/meta.ts", "label: () => void", "label: string");
  await found(0);

  project.write({ "src/extra.ts": "/** @wire */\nexport interface Extra {\n  readonly a: string;\n}\n" });
  await found(0);
  expect(project.has("src/extra.codec.ts")).toBe(true);

  project.edit("src/main.ts", 'id: "a"', 'id: "b"');
  await found(0);
}

test.each([["-w"], ["-b", "-w"]])("tspc %s %s follows edits with one compile each", async (...args) => {
  project = new TestProject({ "tsconfig.json": tsconfig(), ...sensorFiles });
  const session = project.watch(...args, "--preserveWatchOutput");
  await watched(session);
  expect(session.count(/File change detected/)).toBe(6);
});
