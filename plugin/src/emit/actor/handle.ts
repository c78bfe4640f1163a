// The class of an actor's handles: each method names itself by its number and hands its arguments to the port.
import type { Actor } from "@hewn/schema";
import type { CodecFile } from "../codec-file.ts";
import { propertyKey, quote } from "../literal.ts";
import { typeText } from "../type-text.ts";
import type { NumberedMethod } from "./numbered-method.ts";
import { useActors, useActorType } from "./runtime.ts";
import { parameterTexts } from "./texts.ts";

export function emitHandle(
  file: CodecFile,
  actor: Actor,
  methods: readonly NumberedMethod[],
  handle: string,
): void {
  const { code } = file;
  const base = useActors(code, "ActorHandle");
  code.blank();
  code.doc(`Sends to a ${actor.name}, near or far.`);
  if (methods.length === 0) code.line(`class ${handle} extends ${base} {}`);
  else code.block(`class ${handle} extends ${base}`, () => emitMethods(file, actor, methods));
}

function emitMethods(file: CodecFile, actor: Actor, methods: readonly NumberedMethod[]): void {
  const { code } = file;
  const port = useActors(code, "port");
  methods.forEach((each, number) => {
    const { name, kind } = each.method;
    if (number > 0) code.blank();
    const parameters = besides(port, each.method.parameters);
    const { list, args } = signatureOf(file, actor, each, parameters);
    code.block(`${propertyKey(name)}(${list}): ${answerText(file, actor, each)}`, () => {
      code.line(`return this[${port}].${kind}(${number}, ${args ?? `[${parameters.join(", ")}]`});`);
    });
  });
}

/** A parameter must not hide what its method sends by. */
function besides(taken: string, names: readonly string[]): readonly string[] {
  const free = (name: string): string => {
    let own = name;
    while (own === taken || (own !== name && names.includes(own))) own += "_";
    return own;
  };
  return names.map((name) => (name.startsWith("...") ? `...${free(name.slice(3))}` : free(name)));
}

/** The parameters, and what hands them on: where no schema has their types, the class tells them. */
function signatureOf(
  file: CodecFile,
  actor: Actor,
  { method, messages }: NumberedMethod,
  parameters: readonly string[],
): { readonly list: string; readonly args?: string } {
  if (messages) {
    return { list: parameterTexts(file, messages.parameters, parameters, "parameter").join(", ") };
  }
  if (method.parameters.length === 0) return { list: "" };
  return {
    list: `...args: Parameters<${file.code.typeOf(actor.origin)}[${quote(method.name)}]>`,
    args: "args",
  };
}

function answerText(file: CodecFile, actor: Actor, { method, messages }: NumberedMethod): string {
  const { code } = file;
  const { kind, idempotent, name } = method;
  if (kind === "tell") return useActorType(code, "Told");
  const reply = useActorType(code, idempotent ? "IdempotentReply" : "Reply");
  if (!messages) return `${reply}<Awaited<ReturnType<${code.typeOf(actor.origin)}[${quote(name)}]>>>`;
  return `${reply}<${messages.result ? typeText(messages.result, file.names, "result") : "void"}>`;
}
