// The tspc plugin: `"plugins": [{ "transform": "@hewn/plugin/transformer", "transformProgram": true }]`.
import { createRequire } from "node:module";
import { projectMemory } from "./tspc/memory.ts";
import { createTransformer } from "./tspc/transform.ts";

export type { ProgramTransformer } from "./tspc/transform.ts";

const load = createRequire(import.meta.url);

// Loaded when something is to be generated: to load the core takes longer than a compile in which nothing changed.
// Transformers cannot wait, so `import()` will not do; the build leaves the names of these two files as they are.
const core = (): typeof import("./generate.ts") => load("./generate.js");
const locks = (): typeof import("./lock-file.ts") => load("./lock-file.js");

/** Generates the codecs of a program beside their sources before tsc checks and emits it. */
export default createTransformer(
  (...input) => core().generate(...input),
  projectMemory([import.meta.url, import.meta.resolve("@hewn/schema")]),
  (directory) => locks().findLock(directory),
);
