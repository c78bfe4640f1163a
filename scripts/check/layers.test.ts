import { describe, expect, test } from "@jest/globals";
import { type Layer, layerOf, layers, reach } from "./layer-table.ts";
import { brokenLayers } from "./layers.ts";
import { projectOf } from "./project.ts";

const manifests = {
  "package.json": JSON.stringify({ name: "workspace", devDependencies: { jest: "1" } }),
  "packages/schema/package.json": JSON.stringify({
    name: "@hewn/schema",
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  }),
  "plugin/package.json": JSON.stringify({
    name: "@hewn/plugin",
    dependencies: { "@hewn/schema": "1", typescript: "6" },
  }),
  "runtime/package.json": JSON.stringify({
    name: "@hewn/runtime",
    imports: { "#text": { node: "./dist/codec/text.node.js", default: "./dist/codec/text.portable.js" } },
    exports: { "./codec": "./dist/codec/index.js" },
  }),
};

/** Messages of the real table about one planted file, beside some that are there. */
function judged(file: string, text: string): readonly string[] {
  const project = projectOf({
    ...manifests,
    "packages/schema/src/index.ts": "export const schema = 1;",
    "plugin/src/emit/binary.ts": "export const emit = 1;",
    "plugin/src/generate.ts": "export const generate = 1;",
    "runtime/src/codec/index.ts": "export const codec = 1;",
    "runtime/src/codec/text.node.ts": "export const text = 1;",
    "runtime/src/codec/text.portable.ts": "export const text = 1;",
    "runtime/src/node/host.ts": "export const host = 1;",
    "runtime/src/codec/order.testing.ts": "export const order = 1;",
    [file]: text,
  });
  return brokenLayers(project, layers).map((found) => `${found.file}:${found.line}: ${found.message}`);
}

describe("the layer table", () => {
  test("names each layer once, stands only on layers it has, and has no circle", () => {
    const names = layers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const layer of layers) {
      expect(names).toEqual(expect.arrayContaining(layer.on.map((on) => on.replace(/^type /, ""))));
      const beneath = layer.on.flatMap((on) => [
        ...reach(layers, layers.find(({ name }) => name === on) ?? layer),
      ]);
      if (layer.on.every((on) => names.includes(on))) expect(beneath).not.toContain(layer.name);
    }
  });

  test("keeps transport, membership and actors apart, and node from simulation", () => {
    const of = (name: string): ReadonlySet<string> =>
      reach(layers, layers.find((layer) => layer.name === name) as Layer);
    const siblings = ["runtime transport", "runtime membership", "runtime actors"];
    for (const one of siblings) {
      expect(siblings.filter((other) => of(one).has(other))).toEqual([one]);
    }
    expect(of("runtime node")).not.toContain("runtime simulation");
    expect(of("runtime simulation")).not.toContain("runtime node");
  });

  test("puts a file where its longest entry says", () => {
    expect(layerOf(layers, "plugin/src/index.ts")?.name).toBe("plugin fronts");
    expect(layerOf(layers, "plugin/src/generate.ts")?.name).toBe("plugin core");
    expect(layerOf(layers, "plugin/src/emit/binary/string.ts")?.name).toBe("plugin emit");
    expect(layerOf(layers, "elsewhere/x.ts")).toBeUndefined();
  });
});

describe("layers", () => {
  test("imports downwards are fine", () => {
    expect(judged("runtime/src/node/socket.ts", 'import { codec } from "../codec/index.ts";')).toEqual([]);
    expect(judged("plugin/src/emit/json.ts", 'import { schema } from "@hewn/schema";')).toEqual([]);
    expect(
      judged("runtime/src/transport/hello.codec.ts", 'import { codec } from "@hewn/runtime/codec";'),
    ).toEqual([]);
    expect(judged("runtime/src/codec/string.ts", 'import { text } from "#text";')).toEqual([]);
  });

  test("an import upwards is told with file, line and rule", () => {
    expect(
      judged("runtime/src/codec/bad.ts", '// A codec.\nimport { host } from "../node/host.ts";'),
    ).toEqual(["runtime/src/codec/bad.ts:2: runtime codec may not import runtime node ('../node/host.ts')"]);
  });

  test("an erased import upwards is no better", () => {
    expect(judged("plugin/src/emit/bad.ts", 'import type { generate } from "../generate.ts";')).toHaveLength(
      1,
    );
    expect(judged("plugin/src/emit/bad.ts", 'type T = typeof import("../generate.ts");')).toHaveLength(1);
    expect(judged("plugin/src/emit/bad.ts", 'export * from "../generate.ts";')).toHaveLength(1);
    expect(judged("plugin/src/emit/bad.ts", 'await import("../generate.ts");')).toHaveLength(1);
  });

  test("the emitter may know the runtime's names and nothing more", () => {
    expect(judged("plugin/src/emit/symbols.ts", 'type R = typeof import("@hewn/runtime/codec");')).toEqual(
      [],
    );
    expect(judged("plugin/src/emit/symbols.ts", 'import { codec } from "@hewn/runtime/codec";')).toHaveLength(
      1,
    );
  });

  test("the runtime imports no other package", () => {
    expect(judged("runtime/src/codec/bad.ts", 'import { schema } from "@hewn/schema";')).toHaveLength(1);
    expect(judged("runtime/src/node/bad.ts", 'import { generate } from "@hewn/plugin";')).toHaveLength(1);
    expect(judged("runtime/src/node/bad.ts", 'import type { Foo } from "ts-morph";')).toHaveLength(1);
  });

  test("the plugin's core takes only types from the compiler", () => {
    expect(judged("plugin/src/analyze/ok.ts", 'import type ts from "typescript";')).toEqual([]);
    expect(judged("plugin/src/analyze/bad.ts", 'import ts from "typescript";')).toHaveLength(1);
    expect(judged("plugin/src/generate.ts", 'import { type Node } from "typescript";')).toHaveLength(1);
    expect(judged("plugin/src/emit/bad.ts", 'const ts = require("typescript");')).toHaveLength(1);
    expect(judged("plugin/src/transformer.ts", 'import ts from "typescript";')).toEqual([]);
  });

  test("modules of Node belong to hosts, fronts, the command and scripts", () => {
    expect(judged("plugin/src/analyze/bad.ts", 'import { readFileSync } from "node:fs";')).toHaveLength(1);
    expect(judged("runtime/src/transport/bad.ts", 'import type { Socket } from "node:net";')).toHaveLength(1);
    expect(judged("runtime/src/node/ok.ts", 'import { connect } from "node:net";')).toEqual([]);
    expect(judged("runtime/src/codec/text.node.ts", "Buffer.alloc(1);")).toEqual([]);
  });

  test("a value is imported only from a package in the dependencies", () => {
    expect(judged("packages/cli/src/bad.ts", 'import { x } from "unheard-of";')).toHaveLength(1);
    expect(judged("scripts/bad.ts", 'import { x } from "unheard-of";')).toHaveLength(1);
    expect(judged("scripts/ok.ts", 'import { x } from "jest";')).toEqual([]);
  });

  test("what tools make for a layer is not looked for, and only there", () => {
    const imports = 'import { made } from "../.build/made.js";';
    expect(judged("scripts/bench/peers/adapters/made.js", imports)).toEqual([]);
    expect(judged("scripts/bench/codec/made.ts", imports)).toHaveLength(1);
    expect(judged("scripts/bench/peers/adapters/bad.js", 'import { x } from "./missing.js";')).toHaveLength(
      1,
    );
  });

  test("tests may import anything that is there, and nothing imports what is for tests", () => {
    expect(judged("runtime/src/codec/x.test.ts", 'import { host } from "../node/host.ts";')).toEqual([]);
    expect(judged("runtime/src/codec/x.test.ts", 'import { y } from "./y.ts";')).toHaveLength(1);
    expect(judged("runtime/src/codec/bad.ts", 'import { order } from "./order.testing.ts";')).toHaveLength(1);
  });

  test("scripts may use the support of tests", () => {
    expect(judged("scripts/bless.ts", 'import { o } from "../runtime/src/codec/order.testing.ts";')).toEqual(
      [],
    );
  });

  test("a file outside the table is told", () => {
    expect(judged("packages/unheard-of/src/index.ts", "")).toHaveLength(1);
  });
});
