// What outlives every start of a supervisor: the handles that were given of its children, how often these were started, and
// the same of those below them.

import type { ActorSystem } from "../actors/index.ts";
import type { AnyDefinition } from "../actors/protocol.ts";
import { ChildPlace } from "./child-place.ts";

export class ChildPlaces {
  /** The last generation of each child. */
  readonly generations = new Map<string, number>();
  readonly #system: ActorSystem;
  readonly #own = new Map<string, ChildPlace>();
  readonly #below = new Map<string, ChildPlaces>();

  constructor(system: ActorSystem) {
    this.#system = system;
  }

  find(name: string): ChildPlace | undefined {
    return this.#own.get(name);
  }

  of(name: string, definition: AnyDefinition): ChildPlace {
    let place = this.#own.get(name);
    if (place === undefined) {
      place = new ChildPlace(this.#system, name, definition);
      this.#own.set(name, place);
    }
    return place;
  }

  /** Those of a child that is a supervisor. */
  below(name: string): ChildPlaces {
    let places = this.#below.get(name);
    if (places === undefined) {
      places = new ChildPlaces(this.#system);
      this.#below.set(name, places);
    }
    return places;
  }

  /** There will be no start of that child any more. */
  delete(name: string): void {
    this.generations.delete(name);
    this.#own.get(name)?.end();
    this.#own.delete(name);
    this.#below.get(name)?.end();
    this.#below.delete(name);
  }

  end(): void {
    for (const place of this.#own.values()) place.end();
    for (const places of this.#below.values()) places.end();
  }
}
