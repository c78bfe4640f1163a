// Random modules whose tags ask for one format: their codecs compile under every strict flag, have the functions of that
// format only, and write what those with both formats write.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Workspace } from "../bundler/workspace.testing.ts";
import { codecNames } from "../codec-names.ts";
import { type CompiledModules, compileModules } from "./compiled-modules.testing.ts";
import { randomModules } from "./random-modules.testing.ts";
import type { Named } from "./shape.testing.ts";
import { valuesOf } from "./shape-values.testing.ts";

const seed = Number(process.env["HEWN_SEED"] ?? 20261123);
const modules = randomModules(seed, Number(process.env["HEWN_MODULES"] ?? 5), 8);
const tagged = modules.flatMap(({ declarations }) => declarations.filter((each) => each.tagged));

type Anything = (...values: unknown[]) => unknown;

const workspaces = { both: new Workspace(), binary: new Workspace(), json: new Workspace() };
const compiled: Partial<Record<keyof typeof workspaces, CompiledModules>> = {};

beforeAll(async () => {
  compiled.both = await compileModules(workspaces.both, modules);
  compiled.binary = await compileModules(workspaces.binary, modules, "binary");
  compiled.json = await compileModules(workspaces.json, modules, "json");
}, 120_000);

afterAll(() => {
  for (const workspace of Object.values(workspaces)) workspace[Symbol.dispose]();
});

function functionsOf(which: keyof typeof workspaces, { module }: Named): Readonly<Record<string, Anything>> {
  return compiled[which]?.codecs[module] as Readonly<Record<string, Anything>>;
}

/** What `call` gives, or the error's text. */
function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return String(error);
  }
}

describe.each([
  ["binary", /^(?:encode|decode|write|read|try)|Codec$/, "encode"],
  ["json", /^(?:stringify|parse|json|fromJson|attempt)/, "stringify"],
] as const)("@wire %s", (format, own, encode) => {
  test("is accepted, and compiles under every strict flag", () => {
    expect(compiled[format]).toMatchObject({ refusals: [], errors: [] });
  });

  test("has the functions of that format, and those of both", () => {
    for (const named of tagged) {
      const has = (which: typeof format | "both", name: string) => name in functionsOf(which, named);
      const kinds = codecNames("");
      codecNames(named.name).forEach((name, index) => {
        const kind = kinds[index] ?? "";
        const isShared = /^(?:is|explain|mismatch|clone|copy)/.test(kind);
        expect([name, has(format, name)]).toEqual([name, has("both", name) && (isShared || own.test(kind))]);
      });
    }
  });

  test("writes what a codec of both formats writes", () => {
    for (const named of tagged) {
      const [one, both] = [functionsOf(format, named), functionsOf("both", named)];
      const name = encode + named.name;
      for (const value of fc.sample(valuesOf(named.shape), { seed, numRuns: 10 }))
        expect(outcome(() => one[name]?.(value))).toEqual(outcome(() => both[name]?.(value)));
    }
  });
});
