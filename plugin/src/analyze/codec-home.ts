// Which files have their codecs beside them, and why others cannot. Types that are tagged in such a file are refused
// there; to the types of other files they are like any that nobody tagged.
import type ts from "typescript";
import { codecPath } from "../codec-path.ts";
import type { Title } from "../diagnostic/catalog.ts";
import { actorTagsOf } from "./actors/tags.ts";
import type { Compiler } from "./compiler.ts";
import { tagsOf } from "./tags.ts";

export interface Obstacle {
  readonly title: Title & ("declaration-file" | "common-js" | "codec-taken");
  readonly values: Readonly<Record<string, string>>;
}

/** Why a file cannot have a codec; undefined for one that can. */
export function obstacleOf(given: Compiler, file: ts.SourceFile): Obstacle | undefined {
  const { ts: compiler, program } = given;
  if (file.isDeclarationFile) return { title: "declaration-file", values: {} };
  const rival = rivalOf(compiler, program, file);
  if (rival) return { title: "codec-taken", values: { other: rival.fileName.replace(/^.*[\\/]/, "") } };
  const setting = isCommonJs(given, file) ? settingAgainstImports(compiler, program) : undefined;
  return setting && { title: "common-js", values: setting };
}

/** Whether nothing stands in the place of the codec: a source that is refused for another reason has an empty one. */
export function hasPlace(obstacle: Obstacle | undefined): boolean {
  return obstacle === undefined || obstacle.title === "common-js";
}

const places = new WeakMap<ts.Program, ReadonlyMap<string, readonly ts.SourceFile[]>>();

/** Two names that differ in case are one to the file systems of many machines, and every machine must agree. */
function placeKey(file: ts.SourceFile): string {
  return codecPath(file.fileName).toLowerCase();
}

function placesOf(program: ts.Program): ReadonlyMap<string, readonly ts.SourceFile[]> {
  const known = places.get(program);
  if (known) return known;
  const made = new Map<string, ts.SourceFile[]>();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue;
    const key = placeKey(file);
    made.set(key, [...(made.get(key) ?? []), file]);
  }
  places.set(program, made);
  return made;
}

/** The file to which the place of a file's codec belongs, if it is another one. */
function rivalOf(compiler: typeof ts, program: ts.Program, file: ts.SourceFile): ts.SourceFile | undefined {
  const others = placesOf(program).get(placeKey(file)) ?? [];
  return others.find((other) => {
    // A codec leads back to one source: to 'x.ts', if that is there, and not to 'x.tsx'.
    if (codecPath(other.fileName) === codecPath(file.fileName)) return other.fileName < file.fileName;
    return other.fileName < file.fileName && isTagged(compiler, other);
  });
}

function isTagged(compiler: typeof ts, file: ts.SourceFile): boolean {
  return tagsOf(compiler, file).tagged.length > 0 || actorTagsOf(compiler, file).tagged.length > 0;
}

function isCommonJs({ ts: compiler, program, files }: Compiler, file: ts.SourceFile): boolean {
  const { CommonJS } = compiler.ModuleKind;
  const options = program.getCompilerOptions();
  if (options.module === CommonJS || file.impliedNodeFormat === CommonJS) return true;
  if (file.impliedNodeFormat !== undefined || !files) return false;
  // Programs of ts-morph leave the format of a file open.
  const manifests = manifestsOf(compiler, program);
  return compiler.getImpliedNodeFormatForFile(file.fileName, manifests, files, options) === CommonJS;
}

const manifests = new WeakMap<ts.Program, ts.PackageJsonInfoCache>();

/** Where package.json was looked for: files of one folder ask for the same ones. */
function manifestsOf(compiler: typeof ts, program: ts.Program): ts.PackageJsonInfoCache {
  const known = manifests.get(program);
  if (known) return known;
  const cache = compiler.createModuleResolutionCache(program.getCurrentDirectory(), (name) => name);
  const made = cache.getPackageJsonInfoCache();
  manifests.set(program, made);
  return made;
}

/** What keeps a CommonJS file from importing the runtime, an ES module. */
function settingAgainstImports(compiler: typeof ts, program: ts.Program): Obstacle["values"] | undefined {
  const { verbatimModuleSyntax, module = 0 } = program.getCompilerOptions();
  if (verbatimModuleSyntax)
    return { setting: "'verbatimModuleSyntax'", remedy: "turn 'verbatimModuleSyntax' off" };
  const { Node16, NodeNext } = compiler.ModuleKind;
  const [major = 0, minor = 0] = compiler.version.split(".").map(Number);
  const knowsRequire = major > 5 || (major === 5 && minor >= 8);
  // Between them stand 'node18', which forbids it too, and 'node20', which does not; not every compiler knows them.
  const node18 = Node16 + 1;
  const forbids = module === Node16 || module === node18 || (module === NodeNext && !knowsRequire);
  return forbids
    ? {
        setting: `'"module": "${compiler.ModuleKind[module]?.toLowerCase()}"'`,
        remedy: "set 'module' to 'nodenext' with TypeScript 5.8 or newer",
      }
    : undefined;
}
