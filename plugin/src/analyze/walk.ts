// Walks the graph of named types of one program, each of them once, whichever files reach it.
import type { Declaration, Type } from "@hewn/schema";
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import { type Entity, type Frame, localNaming, type Place } from "./entity.ts";
import { whyUnexported } from "./exports.ts";
import { lowerShape, lowerType } from "./lower.ts";
import { argumentDepth, cut, type Named, namedOf, namingOf } from "./named.ts";
import { type TaggedNode, tagModeOf, tagWordsOf } from "./tags.ts";

/** How often a generic type may nest in itself, and its arguments grow, before it counts as infinite. */
const generationsMax = 8;

/** The same for arguments that grow in a way that does not show as nesting. */
const ancestorsMax = 200;

export class Walk {
  readonly compiler: Compiler;
  readonly #byId = new Map<string, Entity>();
  readonly #entities: Entity[] = [];
  readonly #byType = new Map<ts.Type, Entity>();
  readonly #locals = new Map<string, Declaration>();
  readonly #queue: (() => void)[] = [];
  /** Generic types that contain themselves with ever larger arguments. */
  readonly #endless = new Set<ts.Symbol>();

  constructor(compiler: Compiler) {
    this.compiler = compiler;
  }

  get entities(): ReadonlyMap<string, Entity> {
    return this.#byId;
  }

  /** The declarations of nameless types, by id. */
  get locals(): ReadonlyMap<string, Declaration> {
    return this.#locals;
  }

  /** The entity of a tagged declaration; undefined if the compiler does not know its name. */
  root(node: TaggedNode): Entity | undefined {
    const { checker } = this.compiler;
    const symbol = checker.getSymbolAtLocation(node.name);
    if (!symbol) return undefined;
    const named: Named = { symbol, declaration: node, args: [], tag: node };
    const entity = this.#entityOf(named, checker.getDeclaredTypeOfSymbol(symbol), undefined);
    this.#drain();
    return entity;
  }

  /** Types are lowered one after the other, not inside one another: graphs of types may be deep. */
  #drain(): void {
    for (let lower = this.#queue.shift(); lower; lower = this.#queue.shift()) lower();
  }

  #frame(entity: Entity): Frame {
    return {
      entity,
      open: new Map(),
      muted: false,
      isArm: false,
      unions: 0,
      declares: undefined,
      locals: this.#locals,
      lower: (frame, type, place) => lowerType(this.compiler, frame, type, place),
      refer: (frame, type, place) => this.#refer(frame, type, place),
      declare: (frame, type, place) => this.#declare(frame, type, place),
    };
  }

  #lower(entity: Entity): void {
    const { compiler } = this;
    const frame = this.#frame(entity);
    const place: Place = { steps: [], written: entity.written, single: true, copied: false };
    // An alias may stand for a type that has another name of its own, or for one that is nullable besides; of an
    // instance of a generic type it has the content.
    const named = namedOf(compiler, entity.type);
    const isOwn = named !== undefined && (named.symbol === entity.symbol || named.args.length > 0);
    const lower = isOwn && !isNullable(compiler, entity.type) ? lowerShape : lowerType;
    entity.lowered = lower(compiler, frame, entity.type, place);
    if (entity.lowered && !this.#byId.get(entity.id)?.lowered) this.#byId.set(entity.id, entity);
  }

  #refer(frame: Frame, type: ts.Type, { steps, written, copied }: Place): Entity | undefined {
    const named = namedOf(this.compiler, type);
    if (!named) return undefined;
    const entity = this.#byType.get(type) ?? this.#entityOf(named, type, frame.entity);
    this.#byType.set(type, entity);
    if (!frame.muted) frame.entity.edges.push({ target: entity, steps, written, copied });
    return entity;
  }

  #declare({ entity, isArm }: Frame, type: ts.Type, place: Place): Type {
    const unions = isArm ? entity.armUnions : entity.deepUnions;
    const known = unions.get(type);
    if (known !== undefined) return { kind: "ref", id: known };
    const { id, name } = localNaming(entity, place);
    unions.set(type, id);
    this.#queue.push(() => {
      const frame: Frame = { ...this.#frame(entity), muted: true, declares: type };
      const lowered = lowerShape(this.compiler, frame, type, place);
      if (lowered) this.#locals.set(id, { id, name, scope: "local", origin: entity.origin, type: lowered });
    });
    return { kind: "ref", id };
  }

  #entityOf(named: Named, type: ts.Type, parent: Entity | undefined): Entity {
    const naming = namingOf(this.compiler, named);
    const known = this.#byId.get(naming.id);
    if (known && (known.type === type || named.args.length === 0)) return known;
    // Instances whose arguments read alike, such as two object types spelled out in different files, are one type on
    // the wire, and each has its own places to report.
    const entity: Entity = {
      ...naming,
      type,
      symbol: named.symbol,
      written: writtenType(this.compiler, named),
      node: this.compiler.ts.getNameOfDeclaration(named.declaration) ?? named.declaration,
      reportsItself: named.tag !== undefined && !named.declaration.getSourceFile().isDeclarationFile,
      // Nothing is said of mutable parts where it is not clear what the tag says of them.
      mode: named.tag && (tagModeOf(this.compiler.ts, named.tag) ?? "copy"),
      parent,
      depth: Math.max(0, ...named.args.map((arg) => argumentDepth(this.compiler, arg))),
      problems: [],
      edges: [],
      armUnions: new Map(),
      deepUnions: new Map(),
      broken: false,
      lowered: undefined,
    };
    if (!known) this.#byId.set(entity.id, entity);
    this.#entities.push(entity);
    if (!naming.isExported) this.#refuseUnexported(entity, named);
    if (named.tag) this.#refuseUnknownWords(entity, named.tag);
    if (entity.id.includes(cut)) {
      reportEndless(entity);
      return entity;
    }
    if (refuseGeneric(entity, named) || this.#isEndless(entity, named)) return entity;
    this.#queue.push(() => this.#lower(entity));
    return entity;
  }

  #refuseUnexported({ origin, problems, node }: Entity, { declaration }: Named): void {
    const { name } = origin;
    const values = { name, ...whyUnexported(this.compiler, declaration, name) };
    problems.push({ title: "unexported", steps: [], node, values });
  }

  #refuseUnknownWords({ problems, node }: Entity, tag: TaggedNode): void {
    const { ts } = this.compiler;
    if (tagModeOf(ts, tag) !== undefined) return;
    problems.push({ title: "unknown-tag-words", steps: [], node, values: { words: tagWordsOf(ts, tag) } });
  }

  /** Reports a generic type that keeps nesting in itself. */
  #isEndless(entity: Entity, { args, symbol }: Named): boolean {
    if (args.length === 0) return false;
    if (this.#endless.has(symbol)) {
      reportEndless(entity);
      return true;
    }
    const generations: Entity[] = [];
    for (let each = entity.parent; each; each = each.parent)
      if (each.symbol === symbol) generations.push(each);
    const oldest = generations.at(-1);
    if (generations.length < generationsMax || !oldest) return false;
    const growth = entity.depth - oldest.depth;
    if (growth < generationsMax && generations.length < ancestorsMax) return false;
    // Every instance says so, also one that is met later, so that the order of the files does not matter.
    this.#endless.add(symbol);
    for (const each of this.#entities) if (each.symbol === symbol) reportEndless(each);
    return true;
  }
}

function reportEndless({ problems, node, symbol }: Entity): void {
  problems.push({ title: "infinite-generic", steps: [], node, values: { name: symbol.name } });
}

/** Reports a tagged generic type: without arguments it is a pattern of types. */
function refuseGeneric({ problems, node }: Entity, { symbol, args, tag }: Named): boolean {
  const parameters = tag && "typeParameters" in tag ? (tag.typeParameters ?? []) : [];
  if (args.length > 0 || parameters.length === 0) return false;
  const names = parameters.map((parameter) => parameter.name.text);
  const example = `${symbol.name}<${names.map(() => "i32").join(", ")}>`;
  const values = { type: `${symbol.name}<${names.join(", ")}>`, example };
  problems.push({ title: "uninstantiated-generic", steps: [], node, values });
  return true;
}

function isNullable({ ts }: Compiler, type: ts.Type): boolean {
  const flags = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  return type.isUnion() && type.types.some((part) => (part.flags & flags) !== 0);
}

/** The right side of an alias. */
function writtenType({ ts }: Compiler, { symbol }: Named): ts.TypeNode | undefined {
  return symbol.declarations?.find((node) => ts.isTypeAliasDeclaration(node))?.type;
}
