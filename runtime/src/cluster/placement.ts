// Where an actor is started: rules that are applied when the spawn is sent, to the members as they are then.

import { type Placement, placement } from "../actors/index.ts";
import type { ClusterMember } from "./cluster-member.ts";

/** Chooses among members that can be reached and offer the actor; undefined where none of them will do. */
export type Choice = (members: readonly ClusterMember[]) => ClusterMember | undefined;

export interface AnyNodeOptions {
  /** Only nodes that have this role. */
  readonly role?: string;
  /** Whether it may be this node. Default: true. */
  readonly self?: boolean;
}

export class PlacementRule implements Placement {
  readonly [placement]: string;
  readonly choose: Choice;

  constructor(words: string, choose: Choice) {
    this[placement] = words;
    this.choose = choose;
  }
}

/** Any of those, each as likely as the others. */
export function anyNode({ role, self = true }: AnyNodeOptions, random: () => number): PlacementRule {
  const words = `any node${role === undefined ? "" : ` with the role ${role}`}${self ? "" : " but this one"}`;
  return new PlacementRule(words, (members) => {
    const fit = members.filter(
      (member) => (self || !member.isSelf) && (role === undefined || member.roles.includes(role)),
    );
    return fit[Math.floor(random() * fit.length)];
  });
}
