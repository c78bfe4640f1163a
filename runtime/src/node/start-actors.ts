// Actors of one process, without a cluster.

import { ActorSystem, type ActorSystemOptions } from "../actors/index.ts";
import { actorHost } from "./actor-host.ts";

export interface StartActorsOptions extends Omit<ActorSystemOptions, "host"> {
  /** Where settings are read. Default: those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts a system of actors. With `HEWN_DEV=1` in the environment, values between actors are held against their types and
 * frozen, where nobody says otherwise.
 */
export function startActors(options: StartActorsOptions = {}): ActorSystem {
  const { environment = process.env, ...others } = options;
  const transfer = environment["HEWN_DEV"] === "1" ? "checked" : "shared";
  return new ActorSystem({ transfer, ...others, host: actorHost });
}
