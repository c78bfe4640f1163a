// Bugs to put into what goes between the actors of nodes, one at a time, to see that campaigns of actors find them.
import type { PlantedBug } from "../planted/planted-bugs.ts";

const remote = "runtime/src/remote";
const supervision = "runtime/src/supervision";
const registry = "runtime/src/registry";

export const remoteMutants: readonly PlantedBug[] = [
  {
    name: "remote: a notice sent twice",
    file: `${remote}/watches.ts`,
    text: "    watching.tell(down);\n",
    by: "    watching.tell(down);\n    watching.tell(down);\n",
    also: [
      {
        file: "runtime/src/actors/cell-context.ts",
        text: "      if (this.#isOver) return undefined;\n",
        by: "",
      },
    ],
  },
  {
    name: "remote: no notice when a node dies",
    file: `${remote}/watches.ts`,
    text: "    for (const [number, { held }] of [...this.#watching]) this.#tell(number, held ?? this.#answer);\n    for (const cancel",
    by: "    for (const cancel",
  },
  {
    name: "remote: nothing is sent again on a new stream",
    file: `${remote}/system-lane.ts`,
    text: '    case "opened":\n      lane.phase = "up";\n      // What the last stream took may never have come, be it ours or an acknowledgement.\n      resend(lane);',
    by: '    case "opened":\n      lane.phase = "up";',
    also: [
      {
        file: `${remote}/system-lane.ts`,
        text: "      if (event.nowMs >= lane.resendAtMs) resend(lane);",
        by: "      if (event.nowMs >= lane.resendAtMs) lane.resendAtMs = Infinity;",
      },
    ],
  },
  {
    name: "remote: a notice overtakes the last messages",
    file: `${remote}/watches.ts`,
    text: "    if (!hasLast || watching.hasLast) return this.#tell(watch, down);",
    by: "    if (!hasLast || watch > 0) return this.#tell(watch, down);",
  },
  {
    name: "remote: credit of a stream that broke is not returned",
    file: `${remote}/out-flow.ts`,
    text: "  restart(): void {\n",
    by: "  restart(): void {\n    if (this.#sent >= 0) return;\n",
  },
  {
    name: "remote: a handle of an earlier start reaches the next one",
    file: `${remote}/remote-node.ts`,
    text: "    const peer = this.#network.peerOf(node);\n",
    by: "    const peer =\n      this.#network.peerOf(node) ?? [...this.#sessions.keys()].find((one) => one.node.host === node.host);\n",
  },
  {
    name: "remote: order broken, who waits for credit is sent the last first",
    file: `${remote}/held.ts`,
    text: "    this.#messages.push(message);",
    by: "    if (message.entered === undefined) this.#messages.push(message);\n    else this.#messages.splice(this.#taken + 1, 0, message);",
  },
  {
    name: "remote: an ask whose time is up is begun with all the same",
    file: "runtime/src/actors/cell.ts",
    text: "    if (pending.outcome !== undefined) return;\n    pending.hasBegun = true;",
    by: "    pending.hasBegun = true;",
  },
  {
    name: "remote: asks of a stream that broke are called not sent",
    file: `${remote}/session.ts`,
    text: "        this.#settle(pending, unknown(reason, text));",
    by: '        this.#settle(pending, notSent("unreachable", text));',
  },
  {
    name: "remote: a lost connection is no gap that anybody is told of",
    file: `${remote}/remote-node.ts`,
    text: '    if (unknown + unsent > 0) this.report({ event: "gap"',
    by: '    if (unknown + unsent > 1e9) this.report({ event: "gap"',
  },
  {
    name: "remote: a lease that is over is ignored",
    file: `${supervision}/lease.ts`,
    text: '  return phase === "held" && term === of && memory?.isHeld(nowMs) === true;',
    by: '  return memory?.isHeld(nowMs) === true || term === of || phase === "held";',
    also: [
      {
        file: `${remote}/held-children.ts`,
        text: '    for (const { cell } of [...this.#running.values()]) cell.end({ reason: "leaseLost" });',
        by: "    this.#waiting.clear();",
      },
    ],
  },
  {
    name: "remote: a child is started elsewhere before its lease is over",
    file: `${supervision}/lease.ts`,
    text: "  const untilMs = nowMs + granter.times.restartAfterMs;",
    by: "  const untilMs = nowMs + granter.times.renewMs;",
  },
  {
    name: "remote: names of a node that is gone are kept",
    file: "runtime/src/cluster/cluster-registry.ts",
    text: "    this.#registry.gone(text);\n",
    by: "",
  },
  {
    name: "remote: who loses a name is not told",
    file: "runtime/src/cluster/cluster-registry.ts",
    text: "    this.#call(() => held?.onLost?.(standing));",
    by: "    this.#call(() => held !== undefined && standing);",
  },
  {
    name: "remote: changes of names that were missed are never asked for",
    file: `${registry}/registry.ts`,
    text: "    if (other.replica.hasGap) this.#want(from, other);\n",
    by: "",
    also: [
      {
        file: `${registry}/registry.ts`,
        text: "        if (message.revision > other.replica.revision) this.#want(from, other);\n",
        by: "",
      },
    ],
  },
];
