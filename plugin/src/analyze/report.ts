// From what is wrong inside each named type to the diagnostics of one file: the path from the tagged type, the hops
// on the way, each offending declaration once.
import type ts from "typescript";
import { entryOf, fill } from "../diagnostic/catalog.ts";
import type { Diagnostic, Offence, Related, Span } from "../diagnostic/diagnostic.ts";
import { compareDiagnostics } from "../diagnostic/order.ts";
import { type Compiler, fileNameOf } from "./compiler.ts";
import { type Entity, isAboutMutability, type Problem, type Step } from "./entity.ts";
import type { Finding } from "./finding.ts";
import { foreignRemedy, isForeignMutable, useOf } from "./foreign.ts";
import { aliasUseOf, isForeign } from "./foreign-alias.ts";
import { problemsOf, reachedFrom, stepsTo, usesTo } from "./reach.ts";

/** Diagnostics for one tagged type, before one line says how many more there are. */
export const diagnosticsMax = 10;

/** How many other types one diagnostic names that reach the same declaration. */
const othersMax = 5;

export interface Report {
  /** In the order of the types, then of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those that one line counts, because too many of the same type come before them. */
  readonly hidden: readonly Diagnostic[];
}

/** What is said once of a declaration, whichever types reach it. */
interface Told {
  readonly root: Entity;
  /** The last of the others that was named. */
  other: Entity | undefined;
  others: number;
  readonly related: Related[];
}

/** What one diagnostic says: the declarations of a foreign type that are mutable are one. */
interface Fresh {
  readonly keys: readonly string[];
  readonly finding: Finding;
  readonly diagnostic: Diagnostic & { readonly related: Related[] };
}

/**
 * The diagnostics of the tagged types of one file. A declaration is told at the first of them that reaches it, which
 * names the others: whoever mends it has mended them all.
 */
export function reportRoots(compiler: Compiler, roots: readonly Entity[]): Report {
  const told = new Map<string, Told>();
  const diagnostics: Diagnostic[] = [];
  const hidden: Diagnostic[] = [];
  for (const root of roots) {
    const fresh: Fresh[] = [];
    for (const [key, finding] of distinct(root)) {
      const known = told.get(key);
      if (known) tellOther(known, root, finding);
      else fresh.push({ keys: [key], finding, diagnostic: diagnosticOf(compiler, root, finding) });
    }
    fresh.sort((a, b) => compareDiagnostics(a.diagnostic, b.diagnostic));
    const folded = foldForeign(compiler, fresh);
    const shown = folded.slice(0, diagnosticsMax);
    const rest = folded.slice(diagnosticsMax).map(({ diagnostic }) => diagnostic);
    for (const { keys, diagnostic } of shown) {
      const once: Told = { root, other: undefined, others: 0, related: diagnostic.related };
      for (const key of keys) told.set(key, once);
      diagnostics.push(diagnostic);
    }
    const [first] = rest;
    if (first) diagnostics.push(moreOf(root, rest.length, first.span));
    hidden.push(...rest);
  }
  return { diagnostics, hidden };
}

/** Tells a mutable foreign type once at each place that uses it, with the number of its mutable declarations. */
function foldForeign(compiler: Compiler, fresh: readonly Fresh[]): readonly Fresh[] {
  const byUse = new Map<string, Fresh[]>();
  for (const each of fresh) {
    const { finding, diagnostic, keys } = each;
    const use = `${useOf(compiler, finding)} ${diagnostic.span.start}`;
    const key = isForeignMutable(compiler, finding) ? `use ${use}` : `own ${keys.join()}`;
    byUse.set(key, [...(byUse.get(key) ?? []), each]);
  }
  return [...byUse.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    const more = others.length === 1 ? "1 more place" : `${others.length} more places`;
    const message = `${first.diagnostic.message} (with ${more} in '${useOf(compiler, first.finding)}' that can be changed)`;
    const keys = [first, ...others].flatMap((each) => each.keys);
    return { ...first, keys, diagnostic: { ...first.diagnostic, message } };
  });
}

/** Each offending declaration once, by a shortest path; among paths of one length the choice does not depend on the checker. */
function distinct(root: Entity): ReadonlyMap<string, Finding> {
  const findings = new Map<string, Finding>();
  for (const finding of findingsOf(root)) {
    const key = keyOf(finding.problem);
    if (!findings.has(key)) findings.set(key, finding);
  }
  return findings;
}

/** One declaration may offend in several ways, and in several parts of its type: in both arrays of `string[][]`. */
function keyOf({ title, node, steps }: Problem): string {
  const inside = steps.slice(steps.findLastIndex((step) => step.node) + 1);
  // To mend the tag of a type mends all uses of it.
  const part = title === "missing-format" ? "" : inside.map(({ text }) => text).join("");
  return `${title} ${fileNameOf(node.getSourceFile())}:${node.pos} ${part}`;
}

/** Said at the first type that reaches a declaration, for each other one that does. */
function tellOther(told: Told, root: Entity, { steps }: Finding): void {
  if (told.root === root || told.other === root) return;
  told.other = root;
  told.others++;
  const message = `'${pathOf(root, steps)}' is the same declaration`;
  const span = spanOf(anchorOf(root, steps));
  if (told.others <= othersMax) told.related.push({ span, message });
  else if (told.others === othersMax + 1) {
    const last = told.related.pop();
    if (last) told.related.push({ ...last, message: `${last.message}, and there are more` });
  }
}

/** Breadth first, so that each problem is found on a shortest path; types that report themselves are not entered. */
function findingsOf(root: Entity): readonly Finding[] {
  // Of one that is too large only a part was looked at.
  const oversized = root.problems.find(({ title }) => title === "oversized");
  if (oversized) return [{ problem: oversized, owner: root, steps: [], written: [] }];
  const findings: Finding[] = [];
  for (const reached of reachedFrom(root, ({ target }) => !target.reportsItself)) {
    const problems = countingFor(root, problemsOf(reached));
    if (problems.length === 0) continue;
    const steps = stepsTo(reached);
    const written = usesTo(reached);
    for (const problem of problems) {
      const own = writtenOf(problem);
      const whole = { steps: [...steps, ...problem.steps], written: [...own, ...written] };
      findings.push({ problem, owner: reached.entity, ...whole });
    }
  }
  return findings;
}

/** The offending type as it is written; where a package writes it, also the type of the property that names it. */
function writtenOf({ written, node }: Problem): readonly ts.TypeNode[] {
  if (!written) return [];
  const { type } = node as Partial<ts.PropertySignature>;
  return isForeign(written) && type && !isForeign(type) ? [written, type] : [written];
}

/** What never leaves its process need not be what a codec could write: only that it is not shared matters. */
function countingFor({ isLocal }: Entity, problems: readonly Problem[]): readonly Problem[] {
  return isLocal
    ? problems.filter((problem) => isAboutMutability(problem) || isAboutActors(problem))
    : problems;
}

function isAboutActors({ title }: Problem): boolean {
  return title === "unexported" || entryOf(title).code.startsWith("HEWN16");
}

/** A type that reaches anything refused is refused itself, whoever reports it. */
export function isRefused(root: Entity): boolean {
  if (root.isLocal) return findingsOf(root).length > 0;
  return reachedFrom(root, () => true).some((reached) => {
    const { broken, lowered } = reached.entity;
    return broken || !lowered || problemsOf(reached).length > 0;
  });
}

function diagnosticOf(
  compiler: Compiler,
  root: Entity,
  finding: Finding,
): Diagnostic & { readonly related: Related[] } {
  const { problem, steps } = finding;
  const { code, says, fix } = entryOf(problem.title);
  const path = pathOf(root, steps);
  const anchor = anchorOf(root, steps);
  const message = `'${path}' ${fill(says, problem.values)}`;
  const related = relatedOf(root, steps, anchor, problem);
  const alias = aliasUseOf(compiler, finding)?.alias;
  if (alias) related.push({ span: spanOf(alias), message: `'${alias.name.text}' is declared here` });
  const remedy = foreignRemedy(compiler, finding) ?? fill(fix, problem.values);
  const said = { code, path, message, fix: remedy, span: spanOf(anchor), related };
  return { ...said, offence: offenceOf(finding) };
}

function offenceOf({ problem, owner, written }: Finding): Offence {
  return {
    declaration: spanOf(problem.node),
    owner: spanOf(owner.node),
    written: written.map(wholeSpan),
  };
}

function wholeSpan(node: ts.Node): Span {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  return { file: fileNameOf(file), start, length: node.end - start };
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

function relatedOf(root: Entity, steps: readonly Step[], anchor: ts.Node, problem: Problem): Related[] {
  const { node: offending, title, values } = problem;
  const related: Related[] = [];
  if (anchor !== root.node) {
    const tag = root.isLocal === undefined ? "@wire" : "@actor";
    related.push({ span: spanOf(root.node), message: `'${root.name}' is tagged ${tag} here` });
  }
  const said = new Set([anchor, root.node, offending]);
  let path = root.name;
  for (const { node, text } of steps) {
    path += text;
    if (!node || said.has(node)) continue;
    said.add(node);
    related.push({ span: spanOf(node), message: `reached through '${path}'` });
  }
  if (offending !== anchor && offending !== root.node) {
    const declared = title === "missing-format" ? values["name"] : pathOf(root, steps);
    related.push({ span: spanOf(offending), message: `'${declared}' is declared here` });
  }
  return related;
}

/** Stands where the first one would that is not shown, and so behind those that are. */
function moreOf(root: Entity, count: number, span: Span): Diagnostic {
  const { code, says, fix } = entryOf("more");
  const message = `'${root.name}' ${fill(says, { count: String(count), declarations: count === 1 ? "declaration" : "declarations" })}`;
  return { code, path: root.name, message, fix, span, related: [] };
}

/** The name of a declaration, or the node itself. */
export function spanOf(node: ts.Node): Span {
  const file = node.getSourceFile();
  const { name } = node as ts.Node & { readonly name?: ts.Node };
  const shown = name ?? node;
  const start = shown.getStart(file);
  return { file: fileNameOf(file), start, length: shown.end - start };
}
