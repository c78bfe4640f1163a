// From what is wrong inside each named type to the diagnostics of one file: the path from the tagged type, the hops
// on the way, each offending declaration once.
import type ts from "typescript";
import { entryOf, fill } from "../diagnostic/catalog.ts";
import type { Diagnostic, Related, Span } from "../diagnostic/diagnostic.ts";
import { fileNameOf } from "./compiler.ts";
import { type Edge, type Entity, isAboutMutability, type Problem, type Step } from "./entity.ts";

/** Diagnostics for one tagged type, before one line says how many more there are. */
export const diagnosticsMax = 10;

interface Finding {
  readonly problem: Problem;
  /** From the tagged type. */
  readonly steps: readonly Step[];
}

/** The diagnostics of the tagged types of one file, in the order of the types, then of the text. */
export function reportRoots(roots: readonly Entity[]): readonly Diagnostic[] {
  const told = new Map<string, Related[]>();
  return roots.flatMap((root) => {
    const diagnostics: Diagnostic[] = [];
    const met = new Set<string>();
    for (const finding of findingsOf(root)) {
      const key = keyOf(finding.problem);
      if (met.has(key)) continue;
      met.add(key);
      const others = told.get(key);
      others?.push(sameOf(root, finding));
      if (others) continue;
      const diagnostic = diagnosticOf(root, finding);
      told.set(key, diagnostic.related);
      diagnostics.push(diagnostic);
    }
    diagnostics.sort((a, b) => a.span.start - b.span.start);
    if (diagnostics.length <= diagnosticsMax) return diagnostics;
    return [...diagnostics.slice(0, diagnosticsMax), moreOf(root, diagnostics.length - diagnosticsMax)];
  });
}

function keyOf({ title, node }: Problem): string {
  return `${title} ${fileNameOf(node.getSourceFile())}:${node.pos}`;
}

/** Said at the first type that reaches a declaration, for each other one that does. */
function sameOf(root: Entity, { steps }: Finding): Related {
  return { span: spanOf(anchorOf(root, steps)), message: `'${pathOf(root, steps)}' is the same declaration` };
}

/** Breadth first, so that each problem is found on a shortest path; types that report themselves are not entered. */
function findingsOf(root: Entity): readonly Finding[] {
  const findings: Finding[] = [];
  for (const reached of reachedFrom(root, ({ target }) => !target.reportsItself)) {
    const steps = stepsTo(reached);
    for (const problem of problemsOf(reached))
      findings.push({ problem, steps: [...steps, ...problem.steps] });
  }
  return findings;
}

interface Reached {
  readonly entity: Entity;
  /** Whence, and over which edge; undefined for the root. */
  readonly over: { readonly from: Reached; readonly edge: Edge } | undefined;
  /** As a part of what is copied: there it may be mutable. A tagged type has a rule of its own. */
  readonly copied: boolean;
}

/** What a type reaches, breadth first; untagged types twice where a copied type and another one reach them. */
function reachedFrom(root: Entity, enters: (edge: Edge) => boolean): readonly Reached[] {
  const reached: Reached[] = [];
  const seen = { copied: new Set<Entity>(), shared: new Set<Entity>() };
  const add = (entity: Entity, over: Reached["over"]): void => {
    const inherited = over !== undefined && (over.from.copied || over.edge.copied);
    const copied = entity.mode === undefined ? inherited : entity.mode === "copy";
    const known = copied ? seen.copied : seen.shared;
    if (!known.has(entity)) reached.push({ entity, over, copied });
    known.add(entity);
  };
  add(root, undefined);
  for (const from of reached) {
    for (const edge of from.entity.edges) if (enters(edge)) add(edge.target, { from, edge });
  }
  return reached;
}

function stepsTo(reached: Reached): readonly Step[] {
  const edges: Edge[] = [];
  for (let { over } = reached; over; over = over.from.over) edges.unshift(over.edge);
  return edges.flatMap(({ steps }) => steps);
}

function problemsOf({ entity, copied }: Reached): readonly Problem[] {
  return copied ? entity.problems.filter((problem) => !isAboutMutability(problem)) : entity.problems;
}

/** A type that reaches anything refused is refused itself, whoever reports it. */
export function isRefused(root: Entity): boolean {
  return reachedFrom(root, () => true).some((reached) => {
    const { broken, lowered } = reached.entity;
    return broken || !lowered || problemsOf(reached).length > 0;
  });
}

function diagnosticOf(
  root: Entity,
  { problem, steps }: Finding,
): Diagnostic & { readonly related: Related[] } {
  const { code, says, fix } = entryOf(problem.title);
  const path = pathOf(root, steps);
  const anchor = anchorOf(root, steps);
  const message = `'${path}' ${fill(says, problem.values)}`;
  const related = relatedOf(root, steps, anchor, problem.node);
  return { code, path, message, fix: fill(fix, problem.values), span: spanOf(anchor), related };
}

function pathOf(root: Entity, steps: readonly Step[]): string {
  return root.name + steps.map((step) => step.text).join("");
}

/** The property of the tagged declaration at which the path starts, if it stands in the same file; else its name. */
function anchorOf(root: Entity, steps: readonly Step[]): ts.Node {
  const file = root.node.getSourceFile();
  const first = steps.find((step) => step.node)?.node;
  const isInside = first && first.getSourceFile() === file && isWithin(first, root.node.parent);
  return isInside ? first : root.node;
}

function isWithin(node: ts.Node, ancestor: ts.Node): boolean {
  for (let each: ts.Node | undefined = node; each; each = each.parent) if (each === ancestor) return true;
  return false;
}

function relatedOf(root: Entity, steps: readonly Step[], anchor: ts.Node, offending: ts.Node): Related[] {
  const related: Related[] = [];
  if (anchor !== root.node) {
    related.push({ span: spanOf(root.node), message: `'${root.name}' is tagged @wire here` });
  }
  const said = new Set([anchor, root.node, offending]);
  for (const [index, { node }] of steps.entries()) {
    if (!node || said.has(node)) continue;
    said.add(node);
    const path = pathOf(root, steps.slice(0, index + 1));
    related.push({ span: spanOf(node), message: `reached through '${path}'` });
  }
  if (offending !== anchor && offending !== root.node) {
    related.push({ span: spanOf(offending), message: `'${pathOf(root, steps)}' is declared here` });
  }
  return related;
}

function moreOf(root: Entity, count: number): Diagnostic {
  const { code, says, fix } = entryOf("more");
  const message = `'${root.name}' ${fill(says, { count: String(count), declarations: count === 1 ? "declaration" : "declarations" })}`;
  return { code, path: root.name, message, fix, span: spanOf(root.node), related: [] };
}

/** The name of a declaration, or the node itself. */
export function spanOf(node: ts.Node): Span {
  const file = node.getSourceFile();
  const { name } = node as ts.Node & { readonly name?: ts.Node };
  const shown = name ?? node;
  const start = shown.getStart(file);
  return { file: fileNameOf(file), start, length: shown.end - start };
}
