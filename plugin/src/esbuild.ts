// The esbuild plugin: codecs are generated while their importers are bundled.
import { createEsbuildPlugin } from "./bundler/esbuild-plugin.ts";
import { generate } from "./generate.ts";

export type { HewnOptions } from "./bundler/esbuild-plugin.ts";

/**
 * Generates the codecs that a bundle imports, beside their sources and into the bundle, and reports wire types that
 * cannot cross a network as errors of the build. In watch mode a change of any file that a wire type depends on
 * rebuilds, also of those that hold types alone.
 */
export const hewn = createEsbuildPlugin(generate);
