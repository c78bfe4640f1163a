// Who imports whom, as files of the repository: specifiers resolved the way Node and tsc resolve them, with
// `dist/x.js` of a package read as its `src/x.ts`.
import { posix } from "node:path";
import { type Import, importsOf } from "./imports.ts";
import { type Manifest, manifestsOf, ownerOf, sourcesOf } from "./manifest.ts";
import type { Project } from "./project.ts";
import { isSource, syntaxTree } from "./source-file.ts";

export interface Edge extends Import {
  readonly from: string;
  /** The file behind the specifier; undefined for packages of others and for what does not resolve. */
  readonly to: string | undefined;
  /** `typescript`, `@scope/name`, `node:fs`; undefined for files of the repository. */
  readonly external: string | undefined;
}

export interface ModuleGraph {
  readonly modules: readonly string[];
  readonly edges: readonly Edge[];
}

const graphs = new WeakMap<Project, ModuleGraph>();

/** The graph of all sources; read once a project. */
export function moduleGraph(project: Project): ModuleGraph {
  const known = graphs.get(project);
  if (known) return known;
  const modules = project.files.filter(isSource);
  const manifests = manifestsOf(project);
  const files = new Set(project.files);
  const edges = modules.flatMap((from) =>
    importsOf(syntaxTree(project, from)).flatMap((found) => edgesOf(manifests, files, from, found)),
  );
  const graph = { modules, edges };
  graphs.set(project, graph);
  return graph;
}

function edgesOf(
  manifests: readonly Manifest[],
  files: ReadonlySet<string>,
  from: string,
  found: Import,
): readonly Edge[] {
  if (found.kind === "name") {
    const paths = [posix.join(posix.dirname(from), found.specifier), posix.normalize(found.specifier)];
    return paths.filter((path) => files.has(path)).map((to) => ({ ...found, from, to, external: undefined }));
  }
  const targets = targetsOf(manifests, from, found.specifier);
  if (targets === undefined) {
    return [{ ...found, from, to: undefined, external: packageOf(found.specifier) }];
  }
  const existing = targets.filter((target) => files.has(target));
  if (existing.length === 0) return [{ ...found, from, to: undefined, external: undefined }];
  return existing.map((to) => ({ ...found, from, to, external: undefined }));
}

/** Paths of the repository that a specifier may mean; undefined when it names a package of somebody else. */
function targetsOf(
  manifests: readonly Manifest[],
  from: string,
  specifier: string,
): readonly string[] | undefined {
  if (specifier.startsWith(".")) return [posix.join(posix.dirname(from), specifier)];
  if (specifier.startsWith("#")) {
    const owner = ownerOf(manifests, from);
    return owner ? sourcesOf(owner, owner.imports[specifier]) : [];
  }
  const target = manifests.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  return target && sourcesOf(target, target.exports[`.${specifier.slice(target.name.length)}`]);
}

/** `@scope/name/deep/path` to `@scope/name`; `node:` specifiers stay whole. */
function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
