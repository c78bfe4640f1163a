// The actors of one file: their entities among those of the program, and the tags that stand where no actor is.
import type { Actor, Schema } from "@hewn/schema";
import type ts from "typescript";
import { explainActorSlip, explainMisplacedActor } from "../../check/actors/misplaced-actor-tag.ts";
import { entryOf, fill } from "../../diagnostic/catalog.ts";
import type { Diagnostic, Span } from "../../diagnostic/diagnostic.ts";
import { fileNameOf } from "../compiler.ts";
import type { Entity } from "../entity.ts";
import { exportedName, whyUnexported } from "../exports.ts";
import { isRefused } from "../report.ts";
import type { Walk } from "../walk.ts";
import { isLocal } from "./class-rules.ts";
import { lowerActor } from "./protocol.ts";
import { type ActorTag, type ActorTags, actorTagOf, actorTagsOf, type StrayTag } from "./tags.ts";

export interface FoundActor {
  readonly entity: Entity;
  readonly node: ts.ClassDeclaration & { readonly name: ts.Identifier };
  readonly local: boolean;
  readonly isExported: boolean;
  /** Undefined where the class itself is refused. */
  readonly actor: Actor | undefined;
}

const known = new WeakMap<Entity, Actor | undefined>();

/** The actors of a file, lowered. */
export function actorsOf(walk: Walk, file: ts.SourceFile): readonly FoundActor[] {
  const { tagged } = actorTagsOf(walk.compiler.ts, file);
  return tagged.flatMap((tag) => {
    const { node } = tag;
    return isNamed(node) ? (foundActor(walk, { ...tag, node }) ?? []) : [];
  });
}

/** The actor that a class is; undefined where it has no tag. */
export function actorFor(walk: Walk, type: ts.Type): FoundActor | undefined {
  const { ts } = walk.compiler;
  const node = type.symbol?.declarations?.find((each) => ts.isClassDeclaration(each));
  const tag = node && actorTagOf(ts, node);
  return tag && node && isNamed(node) ? foundActor(walk, { ...tag, node }) : undefined;
}

type NamedTag = ActorTag & Pick<FoundActor, "node">;

function isNamed(node: ts.ClassDeclaration): node is FoundActor["node"] {
  return node.name !== undefined;
}

function foundActor(walk: Walk, tag: NamedTag): FoundActor | undefined {
  const { compiler } = walk;
  const { node } = tag;
  const symbol = compiler.checker.getSymbolAtLocation(node.name);
  if (!symbol) return undefined;
  const file = fileNameOf(node.getSourceFile());
  const name = exportedName(compiler, node.getSourceFile(), symbol);
  const own = name ?? node.name.text;
  const given = { id: `${file}#${own}`, name: own, origin: { file, name: own }, node: node.name };
  const type = compiler.checker.getDeclaredTypeOfSymbol(symbol);
  const entity = walk.classRoot({ ...given, symbol, type, isLocal: isLocal(tag) }, (frame) => {
    if (name === undefined) {
      const values = { name: own, ...whyUnexported(compiler, node, own) };
      frame.entity.problems.push({ title: "unexported", steps: [], node: node.name, values });
    }
    const { actor, lowered } = lowerActor(compiler, frame, tag);
    known.set(frame.entity, name === undefined ? undefined : actor);
    return lowered;
  });
  return { entity, node, local: isLocal(tag), isExported: name !== undefined, actor: known.get(entity) };
}

/**
 * The actors that a codec file defines, and the classes that it only declares. One whose messages cannot cross stays
 * usable in its own process.
 */
export function judgedActors(found: readonly FoundActor[]): Pick<Schema, "actors" | "refusedActors"> {
  const actors = found.flatMap(({ actor, entity }): readonly Actor[] => {
    if (!actor) return [];
    return isRefused(entity) ? [{ ...actor, local: true, refused: true }] : [actor];
  });
  const unsound = found.filter(({ actor, isExported }) => !actor && isExported);
  return { actors, refusedActors: unsound.map(({ entity }) => entity.name) };
}

/** What a codec file can import by name. */
export function namesOfActors({ compiler }: Walk, file: ts.SourceFile): readonly string[] {
  return actorTagsOf(compiler.ts, file).tagged.flatMap(({ node }) => {
    const symbol = node.name && compiler.checker.getSymbolAtLocation(node.name);
    return (symbol && exportedName(compiler, file, symbol)) ?? [];
  });
}

/** What there is to say of tags that stand before no class with a name. */
export function strayActorTags(
  compiler: typeof ts,
  file: ts.SourceFile,
  { stray, tagged }: ActorTags,
): readonly Diagnostic[] {
  const nameless = tagged.filter(({ node }) => !isNamed(node)).map(({ node }) => namelessActor(file, node));
  return [...stray.map((tag) => strayTag(compiler, file, tag)), ...nameless];
}

function strayTag(compiler: typeof ts, file: ts.SourceFile, tag: StrayTag): Diagnostic {
  const { start, length, before, slip } = tag;
  const { reason, remedy } = slip ? explainActorSlip(slip) : explainMisplacedActor(placeOf(compiler, before));
  const name = before && (before as Partial<ts.NamedDeclaration>).name;
  const path = name && compiler.isIdentifier(name) ? name.text : "@actor";
  const { code, says } = entryOf("misplaced-actor-tag");
  const message =
    path === "@actor" ? `'@actor' stands where ${reason}` : `'${path}' ${fill(says, { reason })}`;
  const span: Span = { file: fileNameOf(file), start, length };
  return { code, path, message, fix: remedy, span, related: [] };
}

function placeOf(
  compiler: typeof ts,
  node: ts.Node | undefined,
): "type" | "expression" | "other" | "nothing" {
  if (!node) return "nothing";
  if (compiler.isInterfaceDeclaration(node) || compiler.isTypeAliasDeclaration(node)) return "type";
  const holdsClass =
    compiler.isVariableStatement(node) &&
    node.declarationList.declarations.some(
      ({ initializer }) => initializer && compiler.isClassExpression(initializer),
    );
  return compiler.isClassExpression(node) || holdsClass ? "expression" : "other";
}

function namelessActor(file: ts.SourceFile, node: ts.ClassDeclaration): Diagnostic {
  const { code, says, fix } = entryOf("unexported");
  const values = {
    name: "default",
    reason: "is a class without a name",
    remedy: "Give the class a name, and export it by that name.",
  };
  const start = node.getStart(file);
  const span: Span = { file: fileNameOf(file), start, length: "export".length };
  return {
    code,
    path: "default",
    message: `'default' ${fill(says, values)}`,
    fix: fill(fix, values),
    span,
    related: [],
  };
}
