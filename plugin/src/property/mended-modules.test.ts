// Random modules that were right, with some of what makes them right taken away: mending gives it back.
import { expect, test } from "@jest/globals";
import { entryOf } from "../diagnostic/catalog.ts";
import { mendableCodes } from "../fix/fix-of.ts";
import { type Files, mendProject } from "../fix/mended-project.testing.ts";
import { moduleText } from "./module-text.testing.ts";
import { randomModules } from "./random-modules.testing.ts";
import { numbersFrom, spoiled } from "./spoiled-modules.testing.ts";

const seed = Number(process.env["HEWN_SEED"] ?? 20261123);
const projects = Number(process.env["HEWN_MENDED"] ?? 6);

/** What no fix changes. */
function bare(files: Files): string {
  return Object.values(files)
    .join("\n")
    .replace(/readonly |Readonly|export |[<>()]/g, "");
}

test("after mending nothing mechanical is left, the compiler is content, and the rest of the text is as it was", () => {
  const limits = [entryOf("more").code, ...mendableCodes];
  for (let project = 0; project < projects; project++) {
    const modules = randomModules(seed + project, 4, 8);
    const whole = Object.fromEntries(
      modules.map((module, index) => [`module${index}.ts`, moduleText(module)]),
    );
    const files = spoiled(whole, numbersFrom(seed + project));
    const mended = mendProject(files);
    const told = `HEWN_SEED=${seed + project}`;
    const left = mended.left.filter((each) => limits.some((code) => each.startsWith(code)));
    expect({ told, left, errors: mended.errors }).toEqual({ told, left: [], errors: [] });
    expect(bare(mended.files)).toBe(bare(files));
    expect(mendProject(mended.files).rounds).toBe(0);
  }
}, 120_000);
