// The names of the runtime's actors that emitted code imports. The types tie them to what the runtime exports.
import type { CodeFile } from "../code-file.ts";
import { actorsModule } from "../symbols.ts";

type Runtime = typeof import("@hewn/runtime/actors");

/** The local name of a function or constant of the runtime. */
export function useActors(code: CodeFile, name: Extract<keyof Runtime, string>): string {
  return code.functionFrom(actorsModule, name);
}

type RuntimeType =
  | "ActorDefinition"
  | "ActorRef"
  | "IdempotentReply"
  | "LocalActorDefinition"
  | "Reply"
  | "Told";

/** The local name of a type of the runtime. */
export function useActorType(code: CodeFile, name: RuntimeType): string {
  return code.typeOf({ file: "", name, module: actorsModule });
}
