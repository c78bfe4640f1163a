// By what module specifier a file can import what a package declares in another: one that its `exports` really lead
// to, or that leads to a module which hands the names on.
import type { Subpath } from "./exports-map.ts";
import { compiledName, subpathsTo } from "./exports-map.ts";
import type { InstalledPackage } from "./installed-package.ts";
import type { ModuleReader } from "./module-reader.ts";

export interface ImportName {
  readonly specifier: string;
  /** The files that the specifier may lead to when the program runs, absolute: JavaScript, or sources. */
  readonly scripts: readonly string[];
  /** Whether they are the file's own, and not a module that hands its names on. */
  readonly isDirect: boolean;
}

/**
 * @param file the declaration file, or the source where the package exports its sources, absolute
 * @param names what is to be imported
 * @param importer the file that imports
 */
export function importName(
  reader: ModuleReader,
  installed: InstalledPackage,
  file: string,
  names: readonly string[],
  importer: string,
): ImportName | undefined {
  for (const { specifier, targets, isDirect } of specifiersTo(installed, file)) {
    if (!leadsTo(reader, specifier, file, names, importer)) continue;
    const scripts = targets.filter((target) => /(?<!\.d)\.[mc]?[jt]s$/.test(target));
    return { specifier, scripts: scripts.map((target) => installed.directory + target.slice(1)), isDirect };
  }
  return undefined;
}

export interface Specifier extends Subpath {
  /** `geo/point.js`: the package's name and the subpath. */
  readonly specifier: string;
}

/** What a file can write to import something that is declared in a file of a package, the likeliest first. */
export function specifiersTo(
  { directory, name, exports }: InstalledPackage,
  file: string,
): readonly Specifier[] {
  const path = `.${file.slice(directory.length)}`;
  const open: readonly Subpath[] = [
    // Compilers and bundlers find a source under the name of what it compiles to.
    {
      subpath: path.replace(/(?:\.d)?\.([mc]?)tsx?$/, ".$1js"),
      targets: [compiledName(path)],
      isDirect: true,
    },
    { subpath: ".", targets: [], isDirect: false },
  ];
  const subpaths = exports === undefined ? open : subpathsTo(exports, path);
  return subpaths.map((each) => ({ ...each, specifier: `${name}${each.subpath.slice(1)}` }));
}

function leadsTo(
  reader: ModuleReader,
  specifier: string,
  file: string,
  names: readonly string[],
  importer: string,
): boolean {
  const found = reader.resolve(specifier, importer);
  if (found === undefined) return false;
  return names.every((each) => {
    const exported = reader.find(found, each);
    return exported !== undefined && exported.name === each && reader.isSame(exported.file, file);
  });
}
