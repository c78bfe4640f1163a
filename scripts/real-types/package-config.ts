// What is to be tried: the packages, their modules, and the arguments that generic types need.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PackageConfig {
  /** Its name; the version is the one that package.json pins. */
  readonly package: string;
  /** The modules to import, each into a file of its own; the package itself if there is no word on it. */
  readonly modules?: readonly string[];
  /** How mutable types become wire types. */
  readonly through: "Immutable" | "copy";
  /** Type arguments for generic types that have no defaults, by the type's path in its module. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
  /** Types that are not tried, by path. */
  readonly leaveOut?: readonly string[];
  /** Runs the real `hewn generate` too and compares what it writes. */
  readonly withCommand?: boolean;
  /** What the package's declarations need besides the language: `["dom"]`. */
  readonly lib?: readonly string[];
}

export const repository = join(import.meta.dirname, "../..");

export function readPackages(): readonly PackageConfig[] {
  const text = readFileSync(join(import.meta.dirname, "packages.json"), "utf8");
  return (JSON.parse(text) as { readonly packages: readonly PackageConfig[] }).packages;
}

export interface Manifest {
  readonly version: string;
  readonly license: string;
}

export function manifestOf({ package: name }: PackageConfig): Manifest {
  const file = join(repository, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
