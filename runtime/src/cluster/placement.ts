// Where an actor is started: rules that are applied when the spawn is sent, to the members as they are then.

import { type Placement, placement } from "../actors/index.ts";
import { formatNodeId } from "../transport/index.ts";
import type { ClusterMember } from "./cluster-member.ts";

/** What there is to know beside the members, where a supervisor has a child started. */
export interface ChoiceContext {
  /** The node that the child ran on before, as `formatNodeId` writes it. */
  readonly last: string | undefined;
  /** How many children supervisors of this node have on a member. */
  childrenOn(member: ClusterMember): number;
}

/** Chooses among members that can be reached and offer the actor; undefined where none of them will do. */
export type Choice = (members: readonly ClusterMember[], context: ChoiceContext) => ClusterMember | undefined;

export interface AnyNodeOptions {
  /** Only nodes that have this role. */
  readonly role?: string;
  /** Whether it may be this node. Default: true. */
  readonly self?: boolean;
  /** Those with the fewest children of this node's supervisors are preferred. Default: false. */
  readonly spread?: boolean;
  /** Not the one where a child ran before, as long as another one fits. Default: false. */
  readonly another?: boolean;
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
export function anyNode(
  { role, self = true, spread = false, another = false }: AnyNodeOptions,
  random: () => number,
): PlacementRule {
  const words = `any node${role === undefined ? "" : ` with the role ${role}`}${self ? "" : " but this one"}`;
  return new PlacementRule(words, (members, context) => {
    let fit = members.filter(
      (member) => (self || !member.isSelf) && (role === undefined || member.roles.includes(role)),
    );
    if (another) fit = othersFirst(fit, context);
    if (spread) fit = leastLoaded(fit, context);
    return fit[Math.floor(random() * fit.length)];
  });
}

function othersFirst(members: ClusterMember[], { last }: ChoiceContext): ClusterMember[] {
  const others = members.filter(({ id }) => formatNodeId(id) !== last);
  return others.length > 0 ? others : members;
}

function leastLoaded(members: ClusterMember[], context: ChoiceContext): ClusterMember[] {
  const least = Math.min(...members.map((member) => context.childrenOn(member)));
  return members.filter((member) => context.childrenOn(member) === least);
}
