// A definition as other nodes see it: the types of the catalogue that its methods are.

import type { Method } from "../actors/method.ts";
import { type AnyDefinition, type Protocol, protocolOf } from "../actors/protocol.ts";
import type { Codec } from "../codec/index.ts";
import type { Offer } from "../transport/index.ts";
import {
  type Answer,
  answerCodec,
  askCodec,
  type BodyCodec,
  type Envelope,
  type SpawnRequest,
  spawnCodec,
  tellCodec,
} from "./envelope.ts";

/** A method, and the types of its messages. */
export interface Route {
  readonly method: Method;
  readonly message: Codec<Envelope>;
  /** Of asks. */
  readonly answer: Codec<Answer> | undefined;
}

export interface RemoteProtocol {
  readonly definition: AnyDefinition;
  readonly local: Protocol;
  /** By the index of the method. */
  readonly routes: readonly Route[];
  readonly spawn: Codec<SpawnRequest>;
  /** All of these types. */
  readonly offers: readonly Offer[];
}

/** Undefined for what is tagged `@actor local`: no node hears of it. */
export function remoteProtocolOf(definition: AnyDefinition): RemoteProtocol | undefined {
  const { name, fingerprint, args } = definition;
  if (args === undefined || fingerprint === undefined) return undefined;
  const local = protocolOf(definition, "shared");
  const routes = local.methods.map((method, index) => {
    const { parameters, result, kind, fingerprint: own = fingerprint } = definition.methods[index]!;
    const type = { name: `${name}.${method.name}`, fingerprint: own };
    const isAsk = kind === "ask";
    return {
      method,
      message: isAsk ? askCodec(type, bodyOf(parameters)) : tellCodec(type, bodyOf(parameters)),
      answer: isAsk ? answerCodec({ name: `${type.name}:reply`, fingerprint: own }, result) : undefined,
    };
  });
  const spawn = spawnCodec({ name: `${name}:spawn`, fingerprint }, bodyOf(args));
  const answers = routes.flatMap(({ answer }) => answer ?? []);
  return {
    definition,
    local,
    routes,
    spawn,
    offers: [spawn, ...routes.map(({ message }) => message), ...answers],
  };
}

function bodyOf(codec: BodyCodec | undefined): BodyCodec {
  if (codec === undefined) throw new TypeError("an actor's method has no codec for its parameters");
  return codec;
}
