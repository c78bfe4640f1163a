// The names and groups of a simulated node: gives them to players, takes them back, and says what it knows of all.

import { addressOf, type RefIdentity } from "@hewn/runtime/actors";
import type { Cluster } from "@hewn/runtime/cluster";
import type { Observation } from "@hewn/runtime/simulation";
import { parseNodeId } from "@hewn/runtime/transport";
import type { Known } from "./cast.ts";
import { PlayerActor } from "./player.codec.ts";
import type { Stage } from "./stage.ts";

/** Few, so that several nodes want one at a time. */
const titles = ["king", "queen"];
const groups = ["choir", "orchestra"];

export class Titles {
  readonly #cluster: Cluster;
  readonly #stage: Stage;
  /** What its subscriptions have told so far, by group. */
  readonly #told = new Map<string, Set<string>>();

  constructor(cluster: Cluster, stage: Stage) {
    this.#cluster = cluster;
    this.#stage = stage;
    for (const group of groups) this.#subscribe(group);
  }

  give({ name: actor, ref }: Known, choice: number): void {
    const name = titles[choice % titles.length]!;
    const at = this.#stage.process;
    const onLost = (): void => {
      this.#stage.sometimes("name: lost");
      this.#stage.observe({ kind: "withdrawn", at, name });
    };
    const { status } = this.#cluster.register(name, ref, { onLost });
    this.#stage.sometimes(`name: ${status}`);
    const address = addressText(ref);
    if (status === "entered") this.#stage.observe({ kind: "registered", at, name, actor, address });
  }

  takeBack(choice: number): void {
    const name = titles[choice % titles.length]!;
    if (!this.#cluster.unregister(name)) return;
    this.#stage.observe({ kind: "withdrawn", at: this.#stage.process, name });
  }

  join({ ref }: Known, choice: number): void {
    this.#cluster.groups.join(groups[choice % groups.length]!, ref);
  }

  leave({ ref }: Known, choice: number): void {
    this.#cluster.groups.leave(groups[choice % groups.length]!, ref);
  }

  observe(): void {
    const names = titles.map((name) => {
      const ref = this.#cluster.lookup(PlayerActor, name);
      return [name, ref === undefined ? [] : [addressText(ref)]] as const;
    });
    const members = groups.map((group) => [group, this.#membersOf(group)] as const);
    const observation: Observation = {
      kind: "directory",
      at: this.#stage.process,
      entries: [...names, ...members],
    };
    this.#stage.observe(observation);
  }

  /** What was told of a group is who is in it. */
  #membersOf(group: string): readonly string[] {
    const members = this.#cluster.groups.members(PlayerActor, group).map(addressText).sort();
    const told = [...this.#told.get(group)!].sort();
    if (told.join() !== members.join())
      this.#stage.fail("subscription", `${group} has ${members}, and subscribers were told ${told}`);
    return members;
  }

  #subscribe(group: string): void {
    const told = new Set<string>();
    this.#told.set(group, told);
    this.#cluster.groups.subscribe(PlayerActor, group, (event) => {
      if (event.kind === "snapshot") for (const ref of event.members) told.add(addressText(ref));
      else if (event.kind === "joined") told.add(addressText(event.ref));
      else told.delete(addressText(event.ref));
    });
  }
}

/** The member's name, as it is observed, and the actor's number. */
function addressText(ref: RefIdentity): string {
  const { node = "", id } = addressOf(ref);
  const { host, instance } = parseNodeId(node) ?? { host: "nobody", instance: 0n };
  return `${host}#${instance}/${id}`;
}
