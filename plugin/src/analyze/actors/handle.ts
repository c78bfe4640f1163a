// Handles as wire types: `ActorRef<Worker>` travels as the address of its actor.
import type { Type } from "@hewn/schema";
import type ts from "typescript";
import { type Compiler, declarationsOf, fileNameOf } from "../compiler.ts";
import { type Frame, type Place, report } from "../entity.ts";
import { exportedName } from "../exports.ts";
import { print } from "../print.ts";
import { isLocal } from "./class-rules.ts";
import { actorTagOf } from "./tags.ts";

export function lowerHandle(
  compiler: Compiler,
  frame: Frame,
  actor: ts.Type,
  place: Place,
): Type | undefined {
  const { ts, program } = compiler;
  const node = declarationsOf(actor.symbol).find((each) => ts.isClassDeclaration(each));
  const name = print(compiler, actor);
  const refuse = (reason: string, remedy: string): undefined =>
    report(frame, "unreachable-actor", place, { name, reason, remedy });
  if (!node) return refuse("which is no class", "Write the class of the actor there: 'ActorRef<Worker>'.");
  const file = node.getSourceFile();
  const tag = actorTagOf(ts, node);
  if (!tag) return refuse("which is not tagged '@actor'", `Tag the class '${name}' '/** @actor */'.`);
  if (isLocal(tag)) {
    const remedy = `Tag '${name}' '/** @actor */' if others may send to it; keep the handle where it is otherwise.`;
    return refuse("which is tagged '@actor local' and can be sent to in its own process only", remedy);
  }
  if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) {
    const remedy = "Send a handle of an actor of this project, which passes on what it is sent.";
    return refuse("which another project declares", remedy);
  }
  const exported = exportedName(compiler, file, actor.symbol);
  if (exported === undefined) return refuse("which is not exported by name", `Export '${name}' by name.`);
  return { kind: "actorRef", actor: { file: fileNameOf(file), name: exported } };
}
