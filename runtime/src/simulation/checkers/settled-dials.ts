// Rule: no user frame crosses a stream before its acceptor has welcomed it, nor after either end has said goodbye. So
// a dial that lost carries none ever: its acceptor refuses it instead of welcoming it.

import type { Checker, Observation } from "../observation.ts";

interface Stage {
  isWelcomed: boolean;
  /** The end that said goodbye first. */
  goodbye: string | undefined;
}

export class SettledDials implements Checker {
  readonly name = "settled-dials";
  readonly #userFrames: ReadonlySet<string>;
  readonly #stages = new Map<string, Stage>();

  /** @param userFrames the names of the frames that carry messages */
  constructor(userFrames: readonly string[] = ["message", "chunkBegin", "chunk"]) {
    this.#userFrames = new Set(userFrames);
  }

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "frame") return undefined;
    const { connection, from, role, frame } = observation;
    const stage = this.#stage(connection);
    if (stage.goodbye === role) return `${connection}: ${from} wrote a ${frame} after its goodbye`;
    if (frame === "welcome" && role === "acceptor") stage.isWelcomed = true;
    if (frame === "goAway") stage.goodbye ??= role;
    if (!this.#userFrames.has(frame) || stage.isWelcomed) return undefined;
    return `${connection}: ${from} wrote a ${frame} to a stream that was not settled`;
  }

  finish(): readonly string[] {
    return [];
  }

  #stage(connection: string): Stage {
    const known = this.#stages.get(connection);
    if (known !== undefined) return known;
    const stage: Stage = { isWelcomed: false, goodbye: undefined };
    this.#stages.set(connection, stage);
    return stage;
  }
}
