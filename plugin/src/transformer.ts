// The tspc plugin: `"plugins": [{ "transform": "@hewn/plugin/transformer", "transformProgram": true }]`.
import { generate } from "./generate.ts";
import { projectMemory } from "./tspc/memory.ts";
import { createTransformer } from "./tspc/transform.ts";

export type { ProgramTransformer } from "./tspc/transform.ts";

/** Generates the codecs of a program beside their sources before tsc checks and emits it. */
export default createTransformer(
  generate,
  projectMemory([import.meta.url, import.meta.resolve("@hewn/schema")]),
);
