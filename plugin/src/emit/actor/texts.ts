// Types in the words of a definition: the arguments of a spawn, the parameters of a method, the names that can be retried.
import { type Actor, constructionOf, type Tuple } from "@hewn/schema";
import type { CodecFile } from "../codec-file.ts";
import { quote } from "../literal.ts";
import { elementText, type Position, typeText } from "../type-text.ts";

/** `readonly [task: Task, options?: Options, ...more: number[]]` */
export function tupleText(
  file: CodecFile,
  tuple: Tuple,
  names: readonly string[],
  position: Position,
): string {
  return `readonly [${parameterTexts(file, tuple, names, position).join(", ")}]`;
}

/** `task: Task`, `options?: Options`, `...more: number[]` */
export function parameterTexts(
  file: CodecFile,
  { elements, required, rest }: Tuple,
  names: readonly string[],
  position: Position,
): readonly string[] {
  const texts = elements.map((element, index) => {
    const isOptional = index >= required;
    const present = isOptional && element.kind === "maybe" && !element.null ? element.type : element;
    return `${names[index]}${isOptional ? "?" : ""}: ${typeText(present, file.names, position)}`;
  });
  if (rest) texts.push(`${names.at(-1)}: readonly ${elementText(typeText(rest, file.names, position))}[]`);
  return texts;
}

/** The type of what `spawn` is given: the parameters of the constructor behind its context. */
export function argumentsText(file: CodecFile, actor: Actor): string {
  if (!actor.local) {
    const args = constructionOf(file.declaration(actor.id).type);
    return tupleText(file, args, actor.parameters, "result");
  }
  const { code } = file;
  const own = code.typeOf(actor.origin);
  const name = code.name(`${actor.name}Arguments`);
  file.later(() => {
    const given = `ConstructorParameters<typeof ${own}>`;
    code.line(`type ${name} = ${given} extends [unknown, ...infer Args] ? Readonly<Args> : readonly [];`);
  });
  return name;
}

/** The names of the methods that may be repeated, as a type; empty where there are none. */
export function idempotentNames({ methods }: Actor): string {
  return methods.flatMap(({ name, idempotent }) => (idempotent ? quote(name) : [])).join(" | ");
}
