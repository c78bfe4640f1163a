// The package.json files of the workspace: who is called what, and which sources are entry points.
import { posix } from "node:path";
import type { Project } from "./project.ts";

type Tree = string | null | { readonly [key: string]: Tree };

export interface Manifest {
  /** Relative to the repository; empty for its root. */
  readonly folder: string;
  readonly name: string;
  readonly exports: Readonly<Record<string, Tree>>;
  readonly imports: Readonly<Record<string, Tree>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  /** Names of everything it may import: dependencies, peers, optional and, for the root, its tools. */
  readonly dependencies: readonly string[];
}

type Names = Readonly<Record<string, string>>;

interface PackageJson extends Partial<Pick<Manifest, "name" | "exports" | "imports" | "bin" | "scripts">> {
  readonly dependencies?: Names;
  readonly peerDependencies?: Names;
  readonly devDependencies?: Names;
}

const manifestPattern =
  /^(?:packages\/[^/]+\/|plugin\/|runtime\/|scripts\/bench\/(?:net\/)?peers\/)?package\.json$/;

const manifests = new WeakMap<Project, readonly Manifest[]>();

/** Read once a project. */
export function manifestsOf(project: Project): readonly Manifest[] {
  const known = manifests.get(project) ?? readManifests(project);
  manifests.set(project, known);
  return known;
}

function readManifests(project: Project): readonly Manifest[] {
  return project.files
    .filter((file) => manifestPattern.test(file))
    .map((file) => {
      const json = JSON.parse(project.read(file)) as PackageJson;
      const folder = posix.dirname(file) === "." ? "" : posix.dirname(file);
      const { name = "", exports = {}, imports = {}, bin = {}, scripts = {} } = json;
      const dependencies = Object.keys({
        ...json.dependencies,
        ...json.peerDependencies,
        ...json.devDependencies,
      });
      return { folder, name, exports, imports, bin, scripts, dependencies };
    });
}

/** The package that a file belongs to: the one with the longest folder above it. */
export function ownerOf(manifests: readonly Manifest[], file: string): Manifest | undefined {
  return manifests
    .filter(({ folder }) => folder === "" || file.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** The sources behind one entry of `exports`, `imports` or `bin`, under every condition. */
export function sourcesOf(manifest: Manifest, entry: Tree | undefined): readonly string[] {
  if (entry === undefined || entry === null) return [];
  if (typeof entry !== "string") {
    const found = Object.values(entry).flatMap((branch) => sourcesOf(manifest, branch));
    return [...new Set(found)];
  }
  const match = /^\.\/dist\/(.*?)(?:\.d)?\.([cm]?)[jt]s$/.exec(entry);
  // What is not built is its own source.
  return [posix.join(manifest.folder, ...(match ? ["src", `${match[1]}.${match[2]}ts`] : [entry]))];
}
