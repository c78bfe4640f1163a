// Walks the graph of named types of one program, each of them once, whichever files reach it.
import type { Declaration, Type } from "@hewn/schema";
import type ts from "typescript";
import { deepTypes } from "../check/deep-nesting.ts";
import type { Compiler } from "./compiler.ts";
import { addOnce, type Entity, type Frame, localNaming, type Place, report } from "./entity.ts";
import { whyUnexported } from "./exports.ts";
import { lowerShape, lowerType } from "./lower.ts";
import { argumentDepth, cut, type Named, namedOf, namingOf } from "./named.ts";
import { type TaggedNode, tagFaultOf, tagMeaningOf, tagWordsOf } from "./tags.ts";

/** How often a generic type may nest in itself, and its arguments grow, before it counts as infinite. */
const generationsMax = 8;

/** The same for arguments that grow in a way that does not show as nesting. */
const ancestorsMax = 200;

/**
 * At how many places types may stand in all that a tagged type is made of: fields, elements, arms, once for each
 * instance of a generic type. The largest graph among the real types has eleven thousand.
 */
export const partsMax = 100_000;

/** How deep types without names may stand in one another: functions of the codec nest as deep. */
export const nestingMax = 100;

/** What is known of a class before its messages are lowered. */
export type ClassRoot = Pick<Entity, "id" | "name" | "origin" | "node" | "symbol" | "type" | "isLocal">;

export class Walk {
  readonly compiler: Compiler;
  readonly #byId = new Map<string, Entity>();
  readonly #entities: Entity[] = [];
  /** Of those entities, by their places. */
  readonly #problems: Entity["problems"][] = [];
  /** How many of them, from the first one on, are known to be lowered; and all formats that their tags ask for. */
  #lowered = 0;
  readonly #formats = new Set<Entity["formats"]>();
  readonly #byType = new Map<ts.Type, Entity>();
  readonly #classes = new Map<ts.Symbol, Entity>();
  readonly #locals = new Map<string, Declaration>();
  /** Entities that are lowered, and with them all that they lead to. */
  readonly #settled = new Set<Entity>();
  /** At how many places types were lowered. */
  #size = 0;
  #latest: TaggedNode | undefined;
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

  /** Nothing is wrong with any type that was met so far: it need not be asked what each of them reaches. */
  get isSound(): boolean {
    for (; this.#lowered < this.#entities.length; this.#lowered++) {
      const { broken, lowered, formats } = this.#entities[this.#lowered]!;
      if (broken || !lowered) return false;
      if (formats !== undefined) this.#formats.add(formats);
    }
    return this.#formats.size <= 1 && this.#problems.every((problems) => problems.length === 0);
  }

  /** The tagged declaration that was asked for last. */
  get latest(): TaggedNode | undefined {
    return this.#latest;
  }

  /** The entity of a tagged declaration; undefined if the compiler does not know its name. */
  root(node: TaggedNode): Entity | undefined {
    this.#latest = node;
    const { checker } = this.compiler;
    const symbol = checker.getSymbolAtLocation(node.name);
    if (!symbol) return undefined;
    const named: Named = { symbol, declaration: node, args: [], tag: node };
    const entity = this.#entityOf(named, checker.getDeclaredTypeOfSymbol(symbol), undefined);
    this.#finish(entity);
    return entity;
  }

  #finish(entity: Entity): void {
    if (this.#complete(entity)) return;
    const values = { max: String(partsMax) };
    addOnce(entity, { title: "oversized", steps: [], node: entity.node, values });
  }

  /**
   * The entity of a class whose messages are lowered: it is named after the class, and made of what `lower` makes.
   * @param given what is known of the class; the same class is lowered once
   */
  classRoot(given: ClassRoot, lower: (frame: Frame) => Type | undefined): Entity {
    const known = this.#classes.get(given.symbol);
    if (known) return known;
    const entity: Entity = {
      ...given,
      ...emptyEntity(),
      scope: "local",
      written: undefined,
      reportsItself: true,
      mode: "plain",
      formats: "binary",
      parent: undefined,
      depth: 0,
    };
    this.#classes.set(given.symbol, entity);
    this.#byId.set(entity.id, entity);
    entity.work.push(() => {
      entity.lowered = lower(this.#frame(entity));
    });
    this.#finish(entity);
    return entity;
  }

  /**
   * Lowers what a type reaches, one after the other and not inside one another: graphs of types may be deep. What is
   * left when there is too much of it waits for a type that reaches less.
   */
  #complete(root: Entity): boolean {
    const reached = new Set([root]);
    for (let isDone = false; !isDone; ) {
      isDone = true;
      let size = 0;
      for (const each of reached) {
        // Where all types together are few enough, so are those that any one reaches.
        if (this.#settled.has(each) && this.#size <= partsMax) continue;
        for (let work = each.work.splice(0); work.length > 0; work = each.work.splice(0)) {
          for (const lower of work) lower();
          isDone = false;
        }
        size += each.size;
        if (size > partsMax) return false;
        for (const target of each.leadsTo) reached.add(target);
      }
    }
    for (const each of reached) this.#settled.add(each);
    return true;
  }

  /** Whether the entity is lowered, and with it all that it leads to. */
  isSettled(entity: Entity): boolean {
    return this.#settled.has(entity);
  }

  #frame(entity: Entity): Frame {
    return {
      entity,
      owner: entity,
      open: new Map(),
      muted: false,
      isArm: false,
      unions: 0,
      declares: undefined,
      locals: this.#locals,
      lower: (frame, type, place) => this.#lowerPart(frame, type, place),
      refer: (frame, type, place) => this.#refer(frame, type, place),
      declare: (frame, type, place) => this.#declare(frame, type, place),
    };
  }

  #lowerPart(frame: Frame, type: ts.Type, place: Place): Type | undefined {
    this.#grow(frame.owner, 1);
    // Whoever reaches the owner says so.
    if (frame.owner.size > partsMax) return undefined;
    if (place.steps.length > nestingMax) {
      // Told where the nest begins: nobody reads the whole path.
      const begin: Place = { ...place, steps: place.steps.slice(0, 1), written: undefined };
      return report(frame, "deep-nesting", begin, deepTypes(nestingMax));
    }
    return lowerType(this.compiler, frame, type, place);
  }

  #grow(owner: Entity, places: number): void {
    owner.size += places;
    this.#size += places;
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
    frame.owner.leadsTo.add(entity);
    if (!frame.muted) frame.entity.edges.push({ target: entity, steps, written, copied });
    return entity;
  }

  #declare(frame: Frame, type: ts.Type, place: Place): Type {
    const { entity, isArm, muted } = frame;
    const unions = isArm ? entity.armUnions : entity.deepUnions;
    const known = unions.get(type);
    const isSearched = muted || entity.searched.has(type);
    if (known !== undefined && isSearched) return { kind: "ref", id: known };
    const naming = localNaming(entity, place);
    const id = known ?? naming.id;
    unions.set(type, id);
    if (!muted) entity.searched.add(type);
    // It is the entity's own work: whoever refers to it later finds it done, whatever became of the others.
    this.#settled.delete(entity);
    entity.work.push(() => {
      const inner: Frame = { ...this.#frame(entity), muted, declares: type };
      const lowered = lowerShape(this.compiler, inner, type, place);
      if (!lowered || this.#locals.has(id)) return;
      this.#locals.set(id, { ...naming, id, scope: "local", origin: entity.origin, type: lowered });
    });
    return { kind: "ref", id };
  }

  #entityOf(named: Named, type: ts.Type, parent: Entity | undefined): Entity {
    const naming = namingOf(this.compiler, named);
    const known = this.#byId.get(naming.id);
    if (known && (known.type === type || named.args.length === 0)) return known;
    const meaning = named.tag && tagMeaningOf(this.compiler.ts, named.tag);
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
      mode: named.tag && (meaning?.mode ?? "copy"),
      formats: naming.scope === "wire" ? (meaning?.formats ?? "unclear") : undefined,
      parent,
      depth: Math.max(0, ...named.args.map((arg) => argumentDepth(this.compiler, arg))),
      ...emptyEntity(),
    };
    if (!known) this.#byId.set(entity.id, entity);
    this.#entities.push(entity);
    this.#problems.push(entity.problems);
    // Arguments are spelled out in the names of instances.
    this.#grow(entity, 1 + 4 * entity.depth);
    if (!naming.isExported) this.#refuseUnexported(entity, named);
    if (named.tag) this.#refuseUnknownWords(entity, named.tag);
    if (entity.id.includes(cut)) {
      reportEndless(entity);
      return entity;
    }
    if (refuseGeneric(entity, named) || this.#isEndless(entity, named)) return entity;
    entity.work.push(() => this.#lower(entity));
    return entity;
  }

  #refuseUnexported({ origin, problems, node }: Entity, { declaration }: Named): void {
    const { name } = origin;
    const values = { name, ...whyUnexported(this.compiler, declaration, name) };
    problems.push({ title: "unexported", steps: [], node, values });
  }

  #refuseUnknownWords({ problems, node }: Entity, tag: TaggedNode): void {
    const { ts } = this.compiler;
    const fault = tagFaultOf(ts, tag);
    if (!fault) return;
    const values = { words: tagWordsOf(ts, tag), ...fault };
    problems.push({ title: "unknown-tag-words", steps: [], node, values });
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

/** Of an entity what its lowering fills in. */
function emptyEntity() {
  return {
    problems: [],
    edges: [],
    armUnions: new Map<ts.Type, string>(),
    deepUnions: new Map<ts.Type, string>(),
    searched: new Set<ts.Type>(),
    work: [],
    leadsTo: new Set<Entity>(),
    size: 0,
    broken: false,
    lowered: undefined,
  };
}

function reportEndless({ problems, node, symbol }: Entity): void {
  // That its arguments nest deep goes without saying.
  const deep = problems.findIndex(({ title }) => title === "deep-nesting");
  if (deep >= 0) problems.splice(deep, 1);
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
