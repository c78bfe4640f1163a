// Which types are those of handles.
import type ts from "typescript";
import { declarationsOf, fileNameOf } from "../compiler.ts";

/** Where the runtime declares the type of handles, as sources or as built. */
const home = /\/actors\/actor-ref\.(?:d\.)?ts$/;

/** The class in `ActorRef<A>`; undefined for any other type. */
export function actorOfHandle(type: ts.Type): ts.Type | undefined {
  const { aliasSymbol, aliasTypeArguments } = type;
  if (aliasSymbol?.name !== "ActorRef") return undefined;
  const isOurs = declarationsOf(aliasSymbol).some((node) => home.test(fileNameOf(node.getSourceFile())));
  return isOurs ? aliasTypeArguments?.[0] : undefined;
}
