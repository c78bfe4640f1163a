// What a codec file exports for an actor: its protocol. The class itself is imported as a type only, so that whoever
// sends to an actor bundles no line of it.
import {
  type Actor,
  constructionOf,
  type ProtocolFingerprints,
  protocolFingerprints,
  type Type,
} from "@hewn/schema";
import type { CodecFile } from "../codec-file.ts";
import { property, quote } from "../literal.ts";
import { pascal } from "../names.ts";
import { emitHandle } from "./handle.ts";
import { inOrder, type NumberedMethod } from "./numbered-method.ts";
import { useActors, useActorType } from "./runtime.ts";
import { argumentsText, idempotentNames, tupleText } from "./texts.ts";

export interface ActorFacts {
  readonly fingerprint: string;
}

export function emitActor(file: CodecFile, actor: Actor, facts: ActorFacts): void {
  const { code } = file;
  const methods = inOrder(file, actor);
  const handle = code.name(`${actor.name}Handle`);
  emitHandle(file, actor, methods, handle);
  const define = useActors(code, actor.local ? "defineLocalActor" : "defineActor");
  const type = useActorType(code, actor.local ? "LocalActorDefinition" : "ActorDefinition");
  const own = code.typeOf(actor.origin);
  const args = argumentsText(file, actor);
  const idempotent = idempotentNames(actor);
  const typeArguments = [own, args, ...(idempotent === "" ? [] : [idempotent])].join(", ");
  code.blank();
  if (actor.refused)
    code.line(
      `// ${actor.name} was refused: it can be started in one process only until its errors are mended.`,
    );
  code.doc(`What is sent to a ${actor.name}; \`.from(${actor.name})\` binds the class, where it runs.`);
  code.line(`export const ${actor.name}Actor: ${type}<${typeArguments}> = /* @__PURE__ */ ${define}({`);
  code.indented(() => emitSpecification(file, actor, methods, handle, facts));
  code.line("});");
}

function emitSpecification(
  file: CodecFile,
  actor: Actor,
  methods: readonly NumberedMethod[],
  handle: string,
  { fingerprint }: ActorFacts,
): void {
  const { code } = file;
  const name = protocolName(actor);
  code.line(`name: ${quote(name)},`);
  if (!actor.local) code.line(`fingerprint: ${quote(fingerprint)},`);
  code.line(`handle: ${handle},`);
  const prints = actor.local ? undefined : protocolFingerprints(file.schema, actor.id);
  if (prints) {
    const args = constructionOf(file.declaration(actor.id).type);
    emitCodec(file, "args", actor.name, args, `${actor.name}Arguments`, prints.construction);
  }
  if (actor.overflow !== undefined) code.line(`overflow: ${quote(actor.overflow)},`);
  if (actor.mailboxMessages !== undefined) code.line(`mailboxMessages: ${actor.mailboxMessages},`);
  if (actor.reentrant) code.line("reentrant: true,");
  if (methods.length === 0) {
    code.line("methods: [],");
    return;
  }
  code.line("methods: [");
  code.indented(() => {
    for (const each of methods) {
      code.line("{");
      code.indented(() => emitMethod(file, actor, each, prints));
      code.line("},");
    }
  });
  code.line("],");
}

function emitMethod(
  file: CodecFile,
  actor: Actor,
  { method, messages }: NumberedMethod,
  prints: ProtocolFingerprints | undefined,
): void {
  const { code } = file;
  const { name, kind, idempotent, overflow } = method;
  const deadlineMs = method.deadlineMs ?? (kind === "ask" ? actor.deadlineMs : undefined);
  code.line(`name: ${quote(name)},`);
  code.line(`kind: ${quote(kind)},`);
  const fingerprint = prints?.methods.get(name);
  if (fingerprint !== undefined) code.line(`fingerprint: ${quote(fingerprint)},`);
  const hint = `${actor.name}${pascal(name)}`;
  if (messages) emitCodec(file, "parameters", `${actor.name}.${name}`, messages.parameters, hint);
  if (messages?.result)
    emitCodec(file, "result", `${actor.name}.${name}()`, messages.result, `${hint}Result`);
  if (idempotent) code.line("idempotent: true,");
  if (deadlineMs !== undefined) code.line(`deadlineMs: ${deadlineMs},`);
  if (overflow !== undefined) code.line(`overflow: ${quote(overflow)},`);
  const own = code.typeOf(actor.origin);
  const call = property("actor", name);
  const args = messages
    ? tupleText(file, messages.parameters, method.parameters, "result")
    : `Parameters<${own}[${quote(name)}]>`;
  if (method.parameters.length === 0) code.line(`run: (actor: ${own}) => ${call}(),`);
  else code.line(`run: (actor: ${own}, args: ${args}) => ${call}(${argumentList(method.parameters)}),`);
}

/** One by one, which engines call faster than a list that is spread. */
function argumentList(parameters: readonly string[]): string {
  if (parameters.at(-1)?.startsWith("...")) return "...args";
  return parameters.map((_, index) => `args[${index}]`).join(", ");
}

function emitCodec(
  file: CodecFile,
  key: string,
  name: string,
  type: Type,
  hint: string,
  fingerprint?: string,
): void {
  const { code } = file;
  const isEmpty = type.kind === "tuple" && type.elements.length === 0 && !type.rest;
  const wanted = isEmpty ? "NoArguments" : hint;
  const parts = [`name: ${quote(name)}`];
  if (fingerprint !== undefined) parts.push(`fingerprint: ${quote(fingerprint)}`);
  parts.push(
    `write: ${file.functionFor("write", type, wanted)}`,
    `read: ${file.functionFor("read", type, wanted)}`,
  );
  if (!file.isImmutable(type)) parts.push(`clone: ${file.functionFor("copy", type, wanted)}`);
  code.line(`${key}: { ${parts.join(", ")} },`);
}

/** `worker/Worker`: the file, and the class. */
function protocolName({ name, origin }: Actor): string {
  const [folder = "", file = ""] = origin.file.split("/").slice(-2);
  const base = file.replace(/\.[mc]?tsx?$/, "");
  return `${base === "index" ? folder : base}/${name}`;
}

/** A class that was refused as such is declared and not defined, so that its importers see no second error. */
export function emitRefusedActor(file: CodecFile, name: string): void {
  const { code } = file;
  const own = code.typeOf({ file: file.schema.file, name });
  const type = useActorType(code, "ActorDefinition");
  const given = `typeof ${own} extends new (context: never, ...args: infer Args) => unknown ? Readonly<Args> : readonly []`;
  code.blank();
  code.line(`// ${name} was refused: it has no definition until its errors are mended.`);
  code.line(`export declare const ${name}Actor: ${type}<InstanceType<typeof ${own}>, ${given}>;`);
}
