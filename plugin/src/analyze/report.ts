// From what is wrong inside each named type to the diagnostics of one file: the path from the tagged type, the hops
// on the way, each offending declaration once.
import type ts from "typescript";
import { entryOf, fill } from "../diagnostic/catalog.ts";
import type { Diagnostic, Related, Span } from "../diagnostic/diagnostic.ts";
import { fileNameOf } from "./compiler.ts";
import type { Entity, Problem, Step } from "./entity.ts";

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
  const seen = new Set([root]);
  const queue: { readonly entity: Entity; readonly steps: readonly Step[] }[] = [{ entity: root, steps: [] }];
  for (const { entity, steps } of queue) {
    for (const problem of entity.problems) findings.push({ problem, steps: [...steps, ...problem.steps] });
    for (const edge of entity.edges) {
      if (seen.has(edge.target) || edge.target.reportsItself) continue;
      seen.add(edge.target);
      queue.push({ entity: edge.target, steps: [...steps, ...edge.steps] });
    }
  }
  return findings;
}

/** A type that reaches anything refused is refused itself, whoever reports it. */
export function isRefused(root: Entity): boolean {
  const seen = new Set([root]);
  for (const entity of seen) {
    if (entity.broken || entity.problems.length > 0 || !entity.lowered) return true;
    for (const { target } of entity.edges) seen.add(target);
  }
  return false;
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
