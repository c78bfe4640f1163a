// One module of a package: a file that imports it, the types it exports, and a source that tags each of them.
import { type ExportedType, exportedTypes, foreign, type ModuleTypes } from "./exported-types.ts";
import type { PackageConfig } from "./package-config.ts";
import { sourceOf, type Workspace } from "./workspace.ts";

export interface ForeignModule extends ModuleTypes {
  /** The name of its files without an end: `core-v1`. */
  readonly slug: string;
  /** Absolute. */
  readonly source: string;
  /** How many types were left out to stay below a limit. */
  readonly cut: number;
}

/** @param typesMax at most so many types of each module, spread over all of them */
export function foreignModules(
  workspace: Workspace,
  config: PackageConfig,
  typesMax = Number.POSITIVE_INFINITY,
): readonly ForeignModule[] {
  const modules = config.modules ?? [config.package];
  const files = modules.map((module) =>
    workspace.write(`src/${slugOf(module)}.ts`, `import type * as ${foreign} from "${module}";\n`),
  );
  const program = workspace.program(files, { noUnusedLocals: false });
  return files.flatMap((source, index) => {
    const found = exportedTypes(program, sourceOf(program, source), config);
    if (found.types.length === 0) return [];
    const step = Math.max(1, found.types.length / typesMax);
    const types = found.types.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
    const slug = slugOf(modules[index] ?? "");
    workspace.write(`src/${slug}.ts`, sourceText(config, found.module, types));
    return { ...found, types, slug, source, cut: found.types.length - types.length };
  });
}

function slugOf(module: string): string {
  return module.replace(/[^a-z0-9]+/gi, "-").replace(/^-/, "");
}

/** Tags every type: through `Immutable`, or as a type that is copied. */
export function sourceText(
  { through }: PackageConfig,
  module: string,
  types: readonly ExportedType[],
): string {
  const lines = [`import type * as ${foreign} from "${module}";`];
  if (through === "Immutable") lines.push('import type { Immutable } from "@hewn/runtime";');
  for (const { name, reference } of types) {
    const type = `${foreign}.${reference}`;
    lines.push(
      through === "Immutable"
        ? `/** @wire */ export type ${name} = Immutable<${type}>;`
        : `/** @wire copy */ export type ${name} = ${type};`,
    );
  }
  return `${lines.join("\n")}\n`;
}
