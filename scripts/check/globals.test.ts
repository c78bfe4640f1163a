import { expect, test } from "@jest/globals";
import { ambientUses } from "./globals.ts";
import { layers } from "./layer-table.ts";
import { projectOf } from "./project.ts";

function found(text: string, file = "runtime/src/transport/x.ts"): readonly string[] {
  const violations = ambientUses(projectOf({ [file]: text }), layers);
  return violations.map(({ line, message }) => `${line} ${message.split("'")[1]}`);
}

test("clocks, timers, randomness, sockets and the process are seen with their lines", () => {
  expect(found("const a = 1;\nsetTimeout(run, 5);\nconst b = Date.now() + Math.random();")).toEqual([
    "2 setTimeout",
    "3 Date.now",
    "3 Math.random",
  ]);
  expect(found("new Date();")).toEqual(["1 new Date()"]);
  expect(found("Date();")).toEqual(["1 new Date()"]);
  expect(found("if (process.env.X) {}")).toEqual(["1 process"]);
  expect(found("globalThis.setTimeout(run);")).toEqual(["1 setTimeout"]);
  expect(found("const { now } = performance;")).toEqual(["1 performance"]);
  expect(found("export const clock = { setTimeout };")).toEqual(["1 setTimeout"]);
  expect(found("const f = Buffer.from;")).toEqual(["1 Buffer"]);
});

test("a conversion is no clock and a type is no use", () => {
  expect(found("const d = new Date(ms); x instanceof Date; Math.floor(2);")).toEqual([]);
  expect(found("let d: Date; type P = typeof process; interface A { process(): void }")).toEqual([]);
});

test("a property, a key and a method of that name are not the global", () => {
  expect(found("host.setTimeout(x); const o = { process: 1 }; class A { fetch() {} }")).toEqual([]);
});

test("a parameter or variable of that name hides the global, and only where it is known", () => {
  expect(found("function f(process: Actor) { process.step(); }")).toEqual([]);
  expect(found('import { performance } from "./lane.ts";\nperformance.now();')).toEqual([]);
  expect(found("function f(process: Actor) {}\nprocess.exit();")).toEqual(["2 process"]);
});

test("hosts, fronts, scripts and tests may", () => {
  const text = "setTimeout(run, 5);";
  expect(found(text, "runtime/src/node/x.ts")).toEqual([]);
  expect(found(text, "plugin/src/transformer.ts")).toEqual([]);
  expect(found(text, "packages/cli/src/main.ts")).toEqual([]);
  expect(found(text, "scripts/x.ts")).toEqual([]);
  expect(found(text, "runtime/src/codec/x.test.ts")).toEqual([]);
  expect(found("Buffer.from(x);", "runtime/src/codec/text.node.ts")).toEqual([]);
  expect(found("Buffer.from(x);", "runtime/src/codec/text.portable.ts")).toEqual(["1 Buffer"]);
  expect(found(text, "runtime/src/simulation/x.ts")).toEqual(["1 setTimeout"]);
});
