// Declarations that are not the project's to edit: what is to be done about them is done where they are used.
import type ts from "typescript";
import { fill, type Title } from "../diagnostic/catalog.ts";
import { foreignFixes } from "../diagnostic/foreign-fixes.ts";
import { type Compiler, fileNameOf } from "./compiler.ts";
import { type Entity, isAboutMutability, type Step } from "./entity.ts";
import type { Finding } from "./finding.ts";
import { aliasUseOf, isForeign } from "./foreign-alias.ts";

/** The package in which a node stands; undefined in the files of the project. */
export function packageOf(node: ts.Node): string | undefined {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(fileNameOf(node.getSourceFile())) ?? [];
  return name;
}

/** What is mutable by a declaration file. */
export function isForeignMutable(compiler: Compiler, finding: Finding): boolean {
  const { problem } = finding;
  if (!isAboutMutability(problem)) return false;
  return isForeign(problem.node) || aliasUseOf(compiler, finding) !== undefined;
}

/** Their own fixes tell what can be done about types of packages. */
const exempt: readonly Title[] = ["unexported", "mapped-number", "computed-enum"];

/** The fix where the declaration is not the project's; undefined where it is. */
export function foreignRemedy(compiler: Compiler, finding: Finding): string | undefined {
  const { problem } = finding;
  const values = { use: useOf(compiler, finding) };
  if (isForeignMutable(compiler, finding)) return fill(foreignFixes.mutable, values);
  const name = packageOf(problem.node);
  if (name === undefined || exempt.includes(problem.title)) return undefined;
  const named = { ...values, package: name, declared: declaredName(finding) };
  const property = onlyProperty(finding);
  return property === undefined
    ? fill(foreignFixes.type, named)
    : fill(foreignFixes.property, { ...named, name: property });
}

/** The name of the foreign type as the project uses it. */
export function useOf(compiler: Compiler, finding: Finding): string {
  const { problem, owner, steps, written } = finding;
  const alias = aliasUseOf(compiler, finding);
  if (alias) return alias.use.getText();
  if (!isForeign(owner.node)) return usedIn(owner, problem.steps) ?? nameAround(problem.node) ?? owner.name;
  const node = written.find((each) => !isForeign(each)) ?? typeOf(lastOwn(steps));
  return (node && nameIn(node)) ?? owner.name;
}

/** `Place`, `geo.Place` or `Immutable<Place>`, also beside null and undefined. */
function nameIn(node: ts.TypeNode): string | undefined {
  const { types } = node as Partial<ts.UnionTypeNode>;
  const texts = (types ?? [node]).map((each) => each.getText());
  const [text = "", ...others] = texts.filter((each) => each !== "null" && each !== "undefined");
  return others.length === 0 && /^[\w.]+(?:<[\w., "|<>]+>)?$/.test(text) ? text : undefined;
}

/** In a type of the project: the type of the last property that it declares on the path, or what it is made from. */
function usedIn({ node, written }: Entity, steps: readonly Step[]): string | undefined {
  const last = lastOwn(steps);
  const type = last ? typeOf(last) : written;
  return type ? nameIn(type) : last ? undefined : baseOf(node);
}

/** The last step on a path that the project declares. */
function lastOwn(steps: readonly Step[]): ts.Node | undefined {
  return steps.findLast(({ node }) => node && !isForeign(node))?.node;
}

function typeOf(property: ts.Node | undefined): ts.TypeNode | undefined {
  return (property as Partial<ts.PropertySignature> | undefined)?.type;
}

/** The base of an interface that has one. */
function baseOf({ parent }: ts.Node): string | undefined {
  const bases = (parent as Partial<ts.InterfaceDeclaration>).heritageClauses?.flatMap(({ types }) => types);
  return bases?.length === 1 ? bases[0]?.getText() : undefined;
}

/** The type that declares a property which another one inherits. */
function nameAround({ parent }: ts.Node): string | undefined {
  const { name } = parent as ts.Node & { readonly name?: ts.Identifier };
  return name?.text;
}

/** `Place.name`, or the name of a type. */
function declaredName({ problem: { node, steps }, owner }: Finding): string {
  const { name } = node as ts.Node & { readonly name?: ts.Node };
  const isProperty = steps.some((step) => step.node === node);
  if (!isProperty || !name) return owner.name;
  const around = nameAround(node);
  return around === undefined ? name.getText() : `${around}.${name.getText()}`;
}

/** The property of the used type that offends, if leaving it out takes nothing else along. */
function onlyProperty({ steps }: Finding): string | undefined {
  const outside = steps.findLastIndex(({ node }) => node && !isForeign(node)) + 1;
  const foreign = steps.slice(outside).findIndex(({ node }) => node);
  const [property, ...deeper] = steps.slice(outside + foreign).filter(({ node }) => node);
  if (foreign < 0 || !property?.text.startsWith(".") || deeper.length > 0) return undefined;
  // Omit of a union leaves only what all arms share.
  const isInArm = steps.slice(outside, outside + foreign).some(({ text }) => /^<(?!value>|key>)/.test(text));
  return isInArm ? undefined : property.text.slice(1);
}
