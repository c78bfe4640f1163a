// What is said of random modules that were spoiled does not depend on what the compiler has looked at before.
import { expect, test } from "@jest/globals";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import type { Files } from "../fix/mended-project.testing.ts";
import { moduleText } from "./module-text.testing.ts";
import { randomModules } from "./random-modules.testing.ts";
import { numbersFrom, spoiled } from "./spoiled-modules.testing.ts";

const seed = Number(process.env["HEWN_SEED"] ?? 20261123);
const projects = Number(process.env["HEWN_STABLE"] ?? 6);

/** Fields that hold nothing that can be proven, and fewer tags, so that types are reached on several paths. */
function withHoles(files: Files, random: () => number): Files {
  const holes = ["any", "() => void", "symbol", "Promise<string>", "string[] | (() => void)"];
  const hole = (): string => holes[Math.floor(random() * holes.length)] ?? "any";
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text
        .replace(/\/\*\* @wire \*\/\n/g, (tag) => (random() < 0.6 ? "" : tag))
        .replace(/: (?:string|boolean|number)(?=[;,])/g, (word) => (random() < 0.3 ? `: ${hole()}` : word)),
    ]),
  );
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** All diagnostics by file, asked for in the order of `names`. */
function said(files: Files, names: readonly string[]): ReadonlyMap<string, unknown> {
  const project = inMemoryProject(files);
  const found = new Map(names.map((name) => [name, project.analyze(name)]));
  return new Map(
    [...found.keys()].sort().map((name) => {
      const analysis = found.get(name);
      return [name, { diagnostics: analysis?.diagnostics, hidden: analysis?.hidden }];
    }),
  );
}

test("the order of files, the order of questions and files that do not matter change no diagnostic", () => {
  for (let project = 0; project < projects; project++) {
    const random = numbersFrom(seed + project);
    const modules = randomModules(seed + project, 4, 8);
    const whole = Object.fromEntries(
      modules.map((module) => [`module${module.index}.ts`, moduleText(module)]),
    );
    const files = withHoles(spoiled(whole, random), random);
    const names = Object.keys(files);
    const expected = said(files, names);
    expect(JSON.stringify([...expected.values()])).toContain("HEWN1");
    for (let round = 0; round < 3; round++) {
      const other = Object.fromEntries(shuffled(Object.entries(files), random));
      const names = shuffled(Object.keys(files), random);
      // Asks the compiler for the types of the others, backwards, before anybody else does.
      const reversed = Object.values(files).map((text) => text.split("\n").toReversed().join("\n"));
      const more = {
        "a.ts": reversed.map((text) => text.replace(/@wire|import.*/g, "")).join("\n"),
        ...other,
      };
      const result = said(round === 0 ? other : more, names);
      expect({ seed: seed + project, result }).toEqual({ seed: seed + project, result: expected });
    }
  }
}, 120_000);
