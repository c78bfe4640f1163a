// The bounded part of `npm run real-types`: three packages, of the largest one a few types of each domain.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readPackages } from "./package-config.ts";
import { type Trial, troublesOf, tryPackage } from "./trial.ts";

async function trialOf(name: string, typesMax?: number): Promise<Trial> {
  const config = readPackages().find((each) => each.package === name);
  if (!config) throw new Error(`${name} is not among the packages`);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-real-types-")));
  try {
    // The command is what was last built, which a test of the sources must not look at.
    const options = { folder, seed: 7, values: 4, ...(typesMax === undefined ? {} : { typesMax }) };
    return await tryPackage({ ...config, withCommand: false }, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("types that nobody here wrote", () => {
  test.each([
    ["@types/geojson", undefined],
    ["@types/estree", undefined],
    ["devtools-protocol", 60],
  ])(
    "accepted types of %s compile, come back, and are judged as by tsc",
    async (name, typesMax) => {
      const trial = await trialOf(name, typesMax);
      expect(troublesOf(trial)).toEqual([]);
      expect(trial.accepted).toBeGreaterThan(0);
      expect(trial.values.accepted).toBeGreaterThan(trial.accepted);
      expect(trial.types - trial.accepted).toBe(trial.refused.length);
      expect(trial.refused.filter((line) => line.endsWith(": "))).toEqual([]);
    },
    60_000,
  );
});
