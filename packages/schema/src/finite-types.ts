// The declared types that end, which most types do: they reach no cycle. What is found of one is kept with the type
// itself, because the schemas of a project's files share most of their types, and each file would else look through the
// whole graph anew. Whether a name means the same in another schema is asked again for each schema.
import type { Declarations } from "./canonical-graph.ts";
import { type Term, Terms } from "./finite-terms.ts";
import { holdsMutable } from "./mutable-parts.ts";
import type { Type } from "./schema.ts";
import { references } from "./type-parts.ts";

export interface FiniteType {
  readonly term: Term;
  /** Nothing in it can be changed in place, behind names neither. */
  readonly isImmutable: boolean;
  /** What the names in it mean. */
  readonly meant: readonly FiniteType[];
}

type Named = Declarations["declarations"];

/** How many terms are kept before all are forgotten: a process may watch a project for weeks. */
const termsMax = 500_000;

/** What was found of a schema's types, by id; undefined for those that lead to a cycle. */
type Found = ReadonlyMap<string, FiniteType | undefined>;

type Judge = (type: Type, found: Found) => FiniteType;

/** What was found of some schemas. */
class Findings {
  readonly terms = new Terms();
  readonly #ofTypes = new WeakMap<Type, FiniteType>();
  readonly #ofSchemas = new WeakMap<Named, Map<string, FiniteType | undefined>>();

  find(declarations: Named, id: string): FiniteType | undefined {
    let found = this.#ofSchemas.get(declarations);
    if (found === undefined) {
      found = new Map();
      this.#ofSchemas.set(declarations, found);
    }
    if (!found.has(id)) {
      const judge: Judge = (type, named) => this.#judge(declarations, type, named);
      new Search(declarations, found, judge).run(id);
    }
    return found.get(id);
  }

  #judge(declarations: Named, type: Type, named: Found): FiniteType {
    const meant = [...references(type)].map((name) => named.get(name)!);
    const before = this.#ofTypes.get(type);
    if (before?.meant.every((each, index) => each === meant[index])) return before;
    const made: FiniteType = {
      term: this.terms.term(declarations, type, (name) => named.get(name)!.term),
      isImmutable: !holdsMutable(type) && meant.every((each) => each.isImmutable),
      meant,
    };
    this.#ofTypes.set(type, made);
    return made;
  }
}

/** One declaration on the way of a {@link Search}. */
interface Visit {
  readonly id: string;
  readonly type: Type;
  readonly names: Iterator<string>;
  isFinite: boolean;
}

/** Depth first, without recursion: graphs of types may be deep. */
class Search {
  readonly #declarations: Named;
  readonly #found: Map<string, FiniteType | undefined>;
  readonly #judge: Judge;
  readonly #open = new Set<string>();
  readonly #way: Visit[] = [];

  constructor(declarations: Named, found: Map<string, FiniteType | undefined>, judge: Judge) {
    this.#declarations = declarations;
    this.#found = found;
    this.#judge = judge;
  }

  run(id: string): void {
    this.#enter(id);
    for (let visit = this.#way.at(-1); visit !== undefined; visit = this.#way.at(-1)) {
      const { value: name, done } = visit.names.next();
      if (done) this.#leave(visit);
      else if (this.#found.has(name)) visit.isFinite &&= this.#found.get(name) !== undefined;
      else if (!this.#enter(name)) visit.isFinite = false;
    }
  }

  /** @returns false for a name that is being looked at, and for one that is not declared */
  #enter(id: string): boolean {
    const type = this.#declarations.get(id)?.type;
    if (type === undefined || this.#open.has(id)) return false;
    this.#open.add(id);
    this.#way.push({ id, type, names: references(type).values(), isFinite: true });
    return true;
  }

  #leave({ id, type, isFinite }: Visit): void {
    this.#way.pop();
    this.#open.delete(id);
    this.#found.set(id, isFinite ? this.#judge(type, this.#found) : undefined);
    const before = this.#way.at(-1);
    if (before) before.isFinite &&= isFinite;
  }
}

let findings = new Findings();

/** What is known of a declared type that ends; undefined for one that reaches a cycle or what is not declared. */
export function finiteType(declarations: Named, id: string): FiniteType | undefined {
  if (findings.terms.size > termsMax) findings = new Findings();
  return findings.find(declarations, id);
}

/**
 * What is found of declared types from what is found of those that they mention. It is kept with a type as long as the
 * names in it mean the same; only for types that end.
 */
export function ofFiniteTypes<Finding extends NonNullable<unknown>>(
  find: (type: Type, named: (id: string) => Finding) => Finding,
): (declarations: Named, id: string) => Finding {
  const known = new WeakMap<FiniteType, Finding>();
  return function of(declarations, id) {
    const finite = finiteType(declarations, id);
    if (finite === undefined) throw new Error(`the type ${id} does not end`);
    const before = known.get(finite);
    if (before !== undefined) return before;
    const found = find(declarations.get(id)!.type, (name) => of(declarations, name));
    known.set(finite, found);
    return found;
  };
}
