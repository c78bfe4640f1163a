// Bugs to put into membership and its wiring, one at a time, to see that simulations of clusters find them.
import type { PlantedBug } from "../planted/planted-bugs.ts";

const membership = "runtime/src/membership";
const cluster = "runtime/src/cluster";

export const membershipMutants: readonly PlantedBug[] = [
  {
    name: "membership: no incarnation check, the last claim wins",
    file: `${membership}/member.ts`,
    text: "    return claim.incarnation > known.incarnation ? claim.status : known.status;",
    by: "    return claim.status;",
  },
  {
    name: "membership: no refutation, who is accused raises no incarnation",
    file: `${membership}/own-claim.ts`,
    text: "  self.incarnation = claim.incarnation + 1;",
    by: "  self.incarnation = claim.incarnation;",
  },
  {
    name: "membership: a lost update, what a member says of itself anew is not told on",
    file: `${membership}/own-claim.ts`,
    text: "  self.metadata = newSelf(self.id, metadata, self.metadata.revision + 1).metadata;\n  enqueue(queue, self.key, true);",
    by: "  self.metadata = newSelf(self.id, metadata, self.metadata.revision + 1).metadata;",
  },
  {
    name: "membership: no tombstone, who is final is forgotten at once",
    file: `${membership}/table.ts`,
    text: "  if (table.tombstones.size > tombstonesMax) forget(table, table.tombstones.values().next().value);",
    by: "  forget(table, member.key);",
  },
  {
    name: "membership: a suspicion never expires",
    file: `${membership}/detector.ts`,
    text: "    if (nowMs >= suspicionEndsAtMs(state, member)) runOut",
    by: "    if (nowMs >= 1e12 + suspicionEndsAtMs(state, member)) runOut",
  },
  {
    name: "membership: accusers not distinct, each message confirms anew",
    file: `${membership}/claims.ts`,
    text: "    member.suspicion?.accusers.add(key);",
    by: "    member.suspicion?.accusers.add(key + state.random());",
  },
  {
    name: "membership: an indirect probe ignored, what helpers answer counts for nothing",
    file: `${membership}/detector.ts`,
    text: "  if (!isDirect && !round.asked.has(from.key)) return;",
    by: "  if (!isDirect) return;",
  },
  {
    name: "membership: a sync of one way, nobody answers",
    file: `${membership}/full-sync.ts`,
    text: "  sendAll(state, partner, false, nowMs);",
    by: "",
    also: [
      {
        file: `${membership}/full-sync.ts`,
        text: "  for (const partner of drawn(reachable(state.table), 1, state.random))",
        by: "  for (const partner of drawn(reachable(state.table), 0, state.random))",
      },
      {
        file: `${membership}/step.ts`,
        text: "  if (member.metadata === undefined && isReachable(member.status)) syncWith",
        by: "  if (member.metadata === undefined && member.redials > 99) syncWith",
      },
    ],
  },
  {
    name: "membership: the absent and the dead are never dialled again",
    file: `${membership}/redial.ts`,
    text: "  return [...[...table.absent].filter(({ id }) => id.port !== 0), ...wanted];",
    by: "  return wanted.slice(wanted.length);",
    also: [
      {
        file: `${membership}/redial.ts`,
        text: "(known !== undefined && isReachable(known.status)) || isAnybodyAt",
        by: "known !== undefined || isAnybodyAt",
      },
    ],
  },
  {
    name: "membership: a node that stood still accuses at once",
    file: `${membership}/step.ts`,
    text: "  if (lateMs > state.profile.stallMs) excuse(state, lateMs, event.nowMs);",
    by: "  if (lateMs > 1e9) excuse(state, lateMs, event.nowMs);",
    also: [
      {
        file: `${membership}/step.ts`,
        text: "  if (lagMs >= state.profile.stallMs && isNew) excuse",
        by: "  if (lagMs >= 1e9 && isNew) excuse",
      },
    ],
  },
  {
    name: "membership: a goodbye that nobody is told",
    file: `${membership}/step.ts`,
    text: "  for (const { id } of drawn(all, goodbyesMax, state.random))",
    by: "  for (const { id } of drawn(all, 0, state.random))",
  },
  {
    name: "membership: who is declared dead stays as it is",
    file: `${membership}/own-claim.ts`,
    text: "    fence(state, claim.evidence, claim.accusers, nowMs);\n    return;\n  }\n  if (claim.metadata",
    by: "    return;\n  }\n  if (claim.metadata",
  },
  {
    name: "membership on the wire: a mesh with holes, who is not connected is not dialled",
    file: `${cluster}/member-driver.ts`,
    text: "    for (const id of this.#mesh.due(nowMs)) this.dials.dial",
    by: "    for (const id of this.#mesh.due(nowMs).slice(99)) this.dials.dial",
  },
  {
    name: "membership on the wire: messages for the last instance come to the next one",
    file: `${cluster}/message-handlers.ts`,
    text: "        if (this.#transport === transport) run(message, from);",
    by: "        if (this.#transport !== undefined) run(message, from);",
    also: [
      {
        file: `${cluster}/cluster-node.ts`,
        text: "    const closing = old.close();",
        by: "    const closing = Promise.resolve();",
      },
    ],
  },
  {
    name: "membership on the wire: a connection that is over is kept",
    file: `${cluster}/member-driver.ts`,
    text: "    if (!this.peers.remove(peer)) return;",
    by: "    if (!this.peers.has(peer)) return;",
  },
  {
    name: "membership on the wire: what a dial came to is not told",
    file: `${cluster}/dials.ts`,
    text: '    for (const about of abouts) this.#owner.answered({ kind: "dialFailed", about, verdict });',
    by: '    if (verdict === "unreachable" && abouts.length > 99) this.dial(abouts[0]!, abouts[0]);',
    also: [
      {
        file: `${cluster}/member-driver.ts`,
        text: '    this.give({ kind: "dialFailed", about: peer.node, verdict: evidence });',
        by: '    if (evidence === "replaced") this.give({ kind: "dialFailed", about: peer.node, verdict: evidence });',
      },
    ],
  },
];
