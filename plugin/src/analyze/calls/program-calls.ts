// What there is to say of the places at which actors are spawned and sent to. Asked file by file, of a program that has
// the definitions of its actors.
import type ts from "typescript";
import { isCodecPath } from "../../codec-path.ts";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { compareDiagnostics } from "../../diagnostic/order.ts";
import { actorTagsOf } from "../actors/tags.ts";
import type { Compiler } from "../compiler.ts";
import { walkOf } from "../walk-of.ts";
import { discardedReply } from "./discarded-reply.ts";
import { sendFaults } from "./sends.ts";
import { spawnFaults } from "./spawns.ts";

const known = new WeakMap<ts.Program, boolean>();

/** Whether a program has the definition of any actor: without one nothing can be spawned or sent to. */
export function knowsActors(compiler: typeof ts, program: ts.Program): boolean {
  let knows = known.get(program);
  if (knows === undefined) {
    knows = program.getSourceFiles().some((file) => definesActors(compiler, file));
    known.set(program, knows);
  }
  return knows;
}

function definesActors(compiler: typeof ts, file: ts.SourceFile): boolean {
  if (isDefinitionPath(file.fileName)) return file.text.includes("ActorDefinition<");
  return !file.isDeclarationFile && actorTagsOf(compiler, file).tagged.length > 0;
}

/** A codec, or the declarations of one. */
function isDefinitionPath(file: string): boolean {
  return isCodecPath(file) || /\.codec\.d\.[mc]?ts$/.test(file);
}

/** The diagnostics of one source file, in the order of its text. */
export function judgeCalls(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
): readonly Diagnostic[] {
  if (!mayCall(compiler, program, file)) return [];
  const walk = walkOf(compiler, program, undefined);
  const found: Diagnostic[] = [];
  const visit = (node: ts.Node): void => {
    found.push(...faultsAt(walk.compiler, node));
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found.sort(compareDiagnostics);

  function faultsAt(given: Compiler, node: ts.Node): readonly Diagnostic[] {
    if (compiler.isCallExpression(node)) return [...sendFaults(given, node), ...spawnFaults(walk, node)];
    const discarded = discardedReply(given, node);
    return discarded ? [discarded] : [];
  }
}

/** A file of the project that is nobody's output. */
export function mayCall(compiler: typeof ts, program: ts.Program, file: ts.SourceFile): boolean {
  if (file.isDeclarationFile || isCodecPath(file.fileName)) return false;
  return knowsActors(compiler, program) && !program.isSourceFileFromExternalLibrary(file);
}
