// Hewn's actors between two processes, as users have them: nodes of a cluster that see to each other, codecs, credit, outcomes.
import type { Outcome, RefOf, Told } from "@hewn/runtime/actors";
import { Cluster } from "@hewn/runtime/node";
import { CarrierActor } from "../../../fixtures/bench/carrier.codec.ts";
import { Carrier } from "../../../fixtures/bench/carrier.ts";
import type { Link, LinkEvents, RowName, Stack } from "./link.ts";

const options = { bind: "127.0.0.1:0", environment: {}, control: false };

export const hewnActors: Stack = {
  serve: async () => {
    const cluster = await Cluster.join({ ...options, actors: [CarrierActor.from(Carrier)] });
    return `127.0.0.1:${cluster.address?.port}`;
  },
  connect: async (address, events) => {
    const cluster = await Cluster.join({ ...options, seeds: [address], actors: [CarrierActor] });
    await untilOffered(cluster);
    const spawned = await cluster.spawn(CarrierActor, [], { on: cluster.anyNode({ self: false }) });
    if (spawned.status !== "ok") throw new Error(spawned.status);
    return new ActorLink(spawned.value, events);
  },
};

async function untilOffered(cluster: Cluster): Promise<void> {
  for await (const _ of cluster.events({ snapshot: true })) {
    const isOffered = cluster
      .members()
      .some(
        ({ isSelf, isConnected, actors }) => !isSelf && isConnected && actors.includes(CarrierActor.name),
      );
    if (isOffered) return;
  }
}

type Ref = RefOf<typeof CarrierActor>;
type Tell = (message: never) => Told;
type Ask = (message: never) => PromiseLike<Outcome<unknown>>;

/** Tells, and asks with every nth message: what is asked is handled behind what was told before. */
class ActorLink implements Link {
  readonly #events: LinkEvents;
  readonly #ways: Readonly<Record<RowName, readonly [tell: Tell, ask: Ask]>>;
  #tell: Tell;
  #ask: Ask;
  #every = 1;
  #count = 0;
  #isFull = false;

  constructor(ref: Ref, events: LinkEvents) {
    this.#events = events;
    this.#ways = {
      small: [(message) => ref.small(message), (message) => ref.echoSmall(message)],
      record: [(message) => ref.record(message), (message) => ref.echoRecord(message)],
      blob: [(message) => ref.blob(message), (message) => ref.echoBlob(message)],
    };
    [this.#tell, this.#ask] = this.#ways.small;
  }

  begin(row: RowName, every: number): void {
    [this.#tell, this.#ask] = this.#ways[row];
    this.#every = every;
    this.#count = 0;
  }

  send(message: unknown): boolean {
    if (this.#isFull) return false;
    if (++this.#count < this.#every) {
      const told = this.#tell(message as never);
      if (told.status !== "accepted") this.#wait(told.ready());
      return true;
    }
    this.#count = 0;
    void this.#ask(message as never).then((outcome) => {
      if (outcome.status !== "ok") throw new Error(`${outcome.status} instead of an answer`);
      this.#events.answered(outcome.value);
    });
    return true;
  }

  /** The message goes out when there is room, and until then no other one. */
  #wait(room: Promise<void>): void {
    this.#isFull = true;
    void room.then(() => {
      this.#isFull = false;
      this.#events.ready();
    });
  }
}
