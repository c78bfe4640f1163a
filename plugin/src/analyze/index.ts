// The analyzer: the wire types of one source file, proven or refused. It reads the program it is given and does
// nothing else; `ts` is handed in, so that every front analyzes with the compiler it compiles with.
import type { Schema } from "@hewn/schema";
import type ts from "typescript";
import { nameCollisions } from "../check/name-collision.ts";
import { entryOf } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { compareDiagnostics } from "../diagnostic/order.ts";
import { actorsOf, judgedActors, namesOfActors, strayActorTags } from "./actors/index.ts";
import { actorTagsOf, mayHaveActors } from "./actors/tags.ts";
import { assemble } from "./assemble.ts";
import { hasPlace, obstacleOf } from "./codec-home.ts";
import { type Compiler, fileNameOf } from "./compiler.ts";
import { dependenciesOf } from "./dependencies.ts";
import { addOnce, type Entity } from "./entity.ts";
import { exportedName } from "./exports.ts";
import { refuseInfiniteValues } from "./infinite.ts";
import { misplacedTags, refusalOfDeepNames, refusalOfFile } from "./placement.ts";
import { isRefused, reportRoots } from "./report.ts";
import { mayBeTagged, type Tags, tagsOf } from "./tags.ts";
import type { Walk } from "./walk.ts";
import { forgetWalk, walkOf } from "./walk-of.ts";

export interface Analysis {
  readonly schema: Schema;
  /** In the order of the text; each stands in the analyzed file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those that HEWN1999 counts instead of showing them. */
  readonly hidden: readonly Diagnostic[];
  /** Absolute file names, forward slashes, sorted: the files whose change may change this analysis. */
  readonly dependencies: readonly string[];
  /** Whether a codec belongs beside the file: not beside a declaration file, nor in the place of another codec. */
  readonly hasCodec: boolean;
}

/**
 * Analyzes the types that a file tags with `@wire`, and the classes that it tags with `@actor`.
 * @param files the files around the program, for what it does not say itself
 * @returns undefined if the file has no tag, which costs one search of its text
 */
export function analyze(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  files?: ts.ModuleResolutionHost,
): Analysis | undefined {
  if (!mayBeTagged(file) && !mayHaveActors(file)) return undefined;
  const tags = tagsOf(compiler, file);
  const actorTags = actorTagsOf(compiler, file);
  if (!speaks(tags) && !speaks({ ...actorTags, misplaced: actorTags.stray })) return undefined;
  // Binds the program: from here on every node knows its parents.
  const walk = walkOf(compiler, program, files);
  const misplaced = [
    ...misplacedTags(compiler, file, tags.misplaced),
    ...strayActorTags(compiler, file, actorTags),
  ];
  const obstacle = obstacleOf(walk.compiler, file);
  const classes = actorTags.tagged.flatMap(({ node }) => node.name ?? []);
  const refusal = refusalOfFile(
    compiler,
    program,
    [...tags.tagged.map(({ name }) => name), ...classes],
    obstacle,
  );
  const hasCodec = hasPlace(obstacle);
  const names = (): readonly string[] => importableNames(walk.compiler, file, tags);
  if (refusal) {
    const isNameable = refusal.code === entryOf("null-checks-off").code;
    const known = isNameable ? names() : [];
    const actorNames = isNameable ? namesOfActors(walk, file) : [];
    return { ...refused(file, known, [...misplaced, refusal], actorNames), hasCodec };
  }

  try {
    const { schema, diagnostics, hidden } = provenTypes(walk, file, tags, names());
    const all = [...misplaced, ...diagnostics].sort(compareDiagnostics);
    return { schema, diagnostics: all, hidden, dependencies: dependenciesOf(walk.compiler, file), hasCodec };
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    // What it was about to lower must not pass for refused with a reason given.
    forgetWalk(program);
    const deep = refusalOfDeepNames(tags.tagged, walk.latest);
    return { ...refused(file, names(), [...misplaced, ...deep], namesOfActors(walk, file)), hasCodec };
  }
}

function provenTypes(
  walk: Walk,
  file: ts.SourceFile,
  tags: Tags,
  importable: readonly string[],
): Pick<Analysis, "schema" | "diagnostics" | "hidden"> {
  const roots = rootsOf(walk, tags);
  const found = actorsOf(walk, file);
  if (found.length === 0 && walk.isSound)
    return { schema: assemble(fileNameOf(file), roots, [], walk), diagnostics: [], hidden: [] };
  const refusedRoots = roots.filter(isRefused);
  const sound = roots.filter((root) => !refusedRoots.includes(root));
  const refusedNames = refusedRoots.map((root) => root.name).filter((name) => importable.includes(name));
  return {
    schema: assemble(fileNameOf(file), sound, refusedNames, walk, judgedActors(found)),
    ...reportRoots(walk.compiler, [...roots, ...found.map(({ entity }) => entity)]),
  };
}

function speaks({
  tagged,
  misplaced,
}: {
  readonly tagged: readonly object[];
  readonly misplaced: readonly object[];
}): boolean {
  return tagged.length + misplaced.length > 0;
}

/** Engines have no error of its own for it. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

function rootsOf(walk: Walk, { tagged }: Tags): readonly Entity[] {
  const roots = new Set<Entity>();
  for (const node of tagged) {
    const root = walk.root(node);
    if (root && roots.has(root))
      addOnce(root, { title: "tagged-twice", steps: [], node: node.name, values: {} });
    if (root) roots.add(root);
  }
  const byName = new Map([...roots].map((root) => [root.name, root]));
  for (const { name, other, shared } of nameCollisions([...byName.keys()])) {
    const root = byName.get(name);
    const values = { other, name: shared };
    if (root) addOnce(root, { title: "name-collision", steps: [], node: root.node, values });
  }
  refuseInfiniteValues(walk, [...roots]);
  return [...roots];
}

/** What a codec file can import by name and use without arguments: it declares nothing else of what is refused. */
function importableNames(compiler: Compiler, file: ts.SourceFile, { tagged }: Tags): readonly string[] {
  const names = tagged.flatMap((node) => {
    const isGeneric = "typeParameters" in node && node.typeParameters !== undefined;
    const symbol = isGeneric ? undefined : compiler.checker.getSymbolAtLocation(node.name);
    return (symbol && exportedName(compiler, file, symbol)) ?? [];
  });
  const unique = [...new Set(names)];
  const colliding = new Set(nameCollisions(unique).map(({ name }) => name));
  return unique.filter((name) => !colliding.has(name));
}

function refused(
  file: ts.SourceFile,
  names: readonly string[],
  diagnostics: readonly Diagnostic[],
  refusedActors: readonly string[],
): Omit<Analysis, "hasCodec"> {
  return {
    schema: { file: fileNameOf(file), roots: [], refused: names, refusedActors, declarations: new Map() },
    diagnostics: [...diagnostics].sort(compareDiagnostics),
    hidden: [],
    dependencies: [fileNameOf(file)],
  };
}
