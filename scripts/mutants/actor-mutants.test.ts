// Whether random programs of actors find what they are for.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { build, type Plugin } from "esbuild";
import { editsOf, type PlantedBug, planted } from "../planted/planted-bugs.ts";
import { actorMutants } from "./actor-mutants.testing.ts";

const repository = join(import.meta.dirname, "../..");
const program = join(repository, "runtime/src/actors/random-program.testing.ts");
const seeds = 400;
/** The longest way that an endless program may take: then it was found as well. */
const patienceMs = 20_000;

function planting(bug: PlantedBug | undefined): Plugin {
  const edits = bug === undefined ? [] : editsOf(bug);
  return {
    name: "planting",
    setup({ onLoad }) {
      onLoad({ filter: /runtime\/src\/actors\/[\w-]+\.ts$/ }, ({ path }) => {
        const own = edits.filter(({ file }) => join(repository, file) === path);
        return {
          loader: "ts",
          contents: own.reduce((text, edit) => planted(text, edit), readFileSync(path, "utf8")),
        };
      });
    },
  };
}

/** What the first seed says that finds something. */
async function firstFinding(bug: PlantedBug | undefined): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "hewn-actors-"));
  try {
    const outfile = join(folder, "program.mjs");
    await build({
      ...{ entryPoints: [program], outfile, bundle: true, format: "esm", platform: "node" },
      ...{ alias: { "#text": join(repository, "runtime/src/codec/text.node.ts") } },
      plugins: [planting(bug)],
    });
    const { runProgram } = (await import(pathToFileURL(outfile).href)) as {
      readonly runProgram: (seed: number) => Promise<readonly string[]>;
    };
    const endMs = performance.now() + patienceMs;
    for (let seed = 1; seed <= seeds; seed++) {
      const found = await runProgram(seed).catch((error: unknown) => [String(error)]);
      if (found[0] !== undefined) return `seed ${seed}: ${found[0]}`;
      if (performance.now() > endMs) return undefined;
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("sound actors give no finding", async () => {
  expect(await firstFinding(undefined)).toBeUndefined();
});

test.each(actorMutants.map((bug) => [bug.name, bug] as const))("%s: found", async (_, bug) => {
  expect(await firstFinding(bug)).toMatch(/^seed \d+: /);
});
