// What the analyzer keeps of each named type while it walks the graph: the lowered type, what is wrong inside, and
// which other named types it leads to. Problems and edges hold paths relative to their entity, so that each entity is
// walked once, whatever reaches it; report.ts joins the paths from a tagged type.
import type { Declaration, Origin, Type, WireFormat } from "@hewn/schema";
import type ts from "typescript";
import type { TagMode } from "../check/tag-words.ts";
import type { Title } from "../diagnostic/catalog.ts";

/** One step of a path: `.place`, `[]`, `<value>`; and where the property is declared, if the step is one. */
export interface Step {
  readonly text: string;
  readonly node?: ts.Node | undefined;
}

export interface Problem {
  readonly title: Title;
  readonly steps: readonly Step[];
  /** The offending declaration: a property, or the name of a type. */
  readonly node: ts.Node;
  /** What the placeholders of the catalog's sentences stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** The offending type as it is written; for a property that can be assigned to, the type around it. */
  readonly written?: ts.TypeNode | undefined;
}

export interface Edge {
  readonly target: Entity;
  readonly steps: readonly Step[];
  /** It stands in what an alias tagged `@wire copy` spells out. */
  readonly copied: boolean;
  /** The use of the target's name. */
  readonly written: ts.TypeNode | undefined;
}

export interface Entity {
  readonly id: string;
  /** The exported name, or a proposal for the name of a generic instance. */
  readonly name: string;
  readonly scope: Declaration["scope"];
  readonly origin: Origin;
  readonly type: ts.Type;
  readonly symbol: ts.Symbol;
  /** The name in the declaration, where diagnostics about the whole type stand. */
  readonly node: ts.Node;
  /** What an alias stands for; the order of an enum or an interface stands in its members. */
  readonly written: ts.TypeNode | undefined;
  /** Its own file reports what is wrong inside it. */
  readonly reportsItself: boolean;
  /** What its tag says of mutable parts; undefined for an untagged type, to which the rule of the type around applies. */
  readonly mode: TagMode | undefined;
  /** What its codec has; undefined for a type without one, and `unclear` where the words of the tag mean nothing. */
  readonly formats: WireFormat | "unclear" | undefined;
  /** A class: told by the tag `@actor`. Local: of what is wrong only that counts which lets two actors share a value. */
  readonly isLocal?: boolean | undefined;
  /** The entity in which it was met first; for a tagged type undefined. */
  readonly parent: Entity | undefined;
  /** How deep the type arguments of a generic instance nest. */
  readonly depth: number;
  readonly problems: Problem[];
  readonly edges: Edge[];
  /** Unions without a name that stand inside it where it is an arm of a union, by the ids they were given. */
  readonly armUnions: Map<ts.Type, string>;
  /** The same for those that stand deep in other unions without a name. */
  readonly deepUnions: Map<ts.Type, string>;
  /** Of those, the ones in which problems are looked for. */
  readonly searched: Set<ts.Type>;
  /** What is left to do before it is lowered with all nameless types in it. */
  readonly work: (() => void)[];
  /** The named types that its lowering came to. */
  readonly leadsTo: Set<Entity>;
  /** At how many places a type was lowered for it. */
  size: number;
  /** Something in it did not resolve; the compiler reports that. */
  broken: boolean;
  lowered: Type | undefined;
}

/** Where the walk stands inside an entity. */
export interface Place {
  readonly steps: readonly Step[];
  /** The type as it is written there, if it is: the source of declared order. */
  readonly written: ts.TypeNode | undefined;
  /** The arms of mixed unions around this place, `array><object`: types that are declared there are named after them. */
  readonly arm?: string;
  /** An element of a container or the top of a message: JSON has one null for null and undefined there. */
  readonly single: boolean;
  /** Inside what an alias tagged `@wire copy` spells out, which may be mutable whoever uses it. */
  readonly copied: boolean;
}

/**
 * The lowering of one entity. The functions are handed around so that the files of the analyzer need not import in a
 * circle.
 */
export interface Frame {
  readonly entity: Entity;
  /** The entity whose lowering this is part of, also while it spells out another one as an arm. */
  readonly owner: Entity;
  /** Types being lowered around this place, and the reference by which recursion names them. */
  readonly open: Map<ts.Type, Open>;
  /** Muted: the same problems are found in an entity of their own. */
  readonly muted: boolean;
  /** The entity is lowered as an arm of a union. */
  readonly isArm: boolean;
  /** How many unions without a name are spelled out around this place. */
  readonly unions: number;
  /** The nameless type that is being declared, if the frame is for that. */
  readonly declares: ts.Type | undefined;
  /** Declarations of nameless types, by id. */
  readonly locals: Map<string, Declaration>;
  readonly lower: (frame: Frame, type: ts.Type, place: Place) => Type | undefined;
  /** The entity of a named type, with an edge to it. */
  readonly refer: (frame: Frame, type: ts.Type, place: Place) => Entity | undefined;
  /** Gives a nameless type a declaration of its own. */
  readonly declare: (frame: Frame, type: ts.Type, place: Place) => Type;
}

export interface Open {
  readonly id: string;
  readonly name: string;
  recursive: boolean;
}

/** What a nameless type is called that needs a name: after the place where it stands. */
export function localNaming({ id, name }: Entity, { steps, arm }: Place): Pick<Open, "id" | "name"> {
  const path = steps.map((step) => step.text).join("") + (arm ? `<${arm}>` : "");
  const words = path.match(/[\p{L}\p{N}_$]+/gu) ?? ["value"];
  return { id: `${id}${path || ".value"}`, name: [name, ...words].join("_") };
}

export function report(
  frame: Frame,
  title: Title,
  place: Place,
  values: Readonly<Record<string, string>> = {},
): undefined {
  if (frame.muted) return;
  const node = place.steps.findLast((step) => step.node)?.node ?? frame.entity.node;
  frame.entity.problems.push({ title, steps: place.steps, node, values, written: place.written });
}

/** What only a type that is copied may have. The type is lowered all the same: who reaches it decides. */
export function reportMutable(
  frame: Frame,
  title: Extract<Title, `mutable-${string}`>,
  place: Place,
  values: Readonly<Record<string, string>>,
): void {
  if (!place.copied) report(frame, title, place, values);
}

export function isAboutMutability({ title }: Problem): boolean {
  return title.startsWith("mutable-");
}

/** The flag of a part of a schema that can be changed in place. */
export function mutability(isMutable: boolean): { readonly mutable?: true } {
  return isMutable ? { mutable: true } : {};
}

export function stepInto(
  place: Place,
  text: string,
  written: ts.TypeNode | undefined,
  node?: ts.Node,
): Place {
  return { ...place, steps: [...place.steps, { text, node }], written, single: node === undefined };
}

/** `.name`, or `["odd name"]`. */
export function propertyStep(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** The walk outlives the call: asking twice about a file must not add its problems twice. */
export function addOnce({ problems }: Entity, problem: Problem): void {
  const isKnown = problems.some(({ title, node }) => title === problem.title && node === problem.node);
  if (!isKnown) problems.push(problem);
}
