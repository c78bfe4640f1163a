// The methods of an actor in the order of their numbers, with the types of their messages.
import { type Actor, type ActorMethod, messagesOf, type Tuple, type Type } from "@hewn/schema";
import type { CodecFile } from "../codec-file.ts";

/** By number: a handle names a method by its place in the list. */
export interface NumberedMethod {
  readonly method: ActorMethod;
  /** Undefined for an actor that is sent to in its own process only. */
  readonly messages: { readonly parameters: Tuple; readonly result: Type | undefined } | undefined;
}

export function inOrder(file: CodecFile, actor: Actor): readonly NumberedMethod[] {
  if (actor.local) return actor.methods.map((method) => ({ method, messages: undefined }));
  const protocol = file.declaration(actor.id).type;
  return actor.methods
    .map((method) => ({ method, messages: messagesOf(protocol, method.name) }))
    .sort((a, b) => a.messages.number - b.messages.number);
}
