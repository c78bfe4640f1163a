// Bugs to put into the actors, one at a time, to see that random programs find them.
import type { PlantedBug } from "../planted/planted-bugs.ts";

const actors = "runtime/src/actors";

export const actorMutants: readonly PlantedBug[] = [
  {
    name: "a handler is begun with while another one waits",
    file: `${actors}/cell.ts`,
    text: "!this.isEmpty && !this.isBusy && this.status",
    by: "!this.isEmpty && this.status",
  },
  {
    name: "messages are handled behind the end",
    file: `${actors}/cell.ts`,
    text: '!this.isBusy && this.status === "running") {',
    by: "!this.isBusy) {",
    also: [{ file: `${actors}/cell.ts`, text: "    this.close();\n", by: "" }],
  },
  {
    name: "what waits when an actor ends is forgotten",
    file: `${actors}/bounded-mailbox.ts`,
    text: "    for (const [method, payload] of this.takeAll()) if (method.kind !== turnKind) this.lost(method, payload);\n",
    by: "    this.takeAll();\n",
  },
  {
    name: "who waits for room overtakes who waited before",
    file: `${actors}/bounded-mailbox.ts`,
    text: "    if (this.count >= this.#bound || this.#waiting?.length) return false;",
    by: "    if (this.count >= this.#bound) return false;\n    if (this.#waiting?.length) {\n      this.limit = this.#bound;\n      return true;\n    }",
    also: [
      {
        file: `${actors}/bounded-mailbox.ts`,
        text: "    if (!this.#waiting?.length) this.insert(method, payload);",
        by: "    if (this.count < this.#bound) this.insert(method, payload);",
      },
    ],
  },
  {
    name: "the bound is one too high",
    file: `${actors}/bounded-mailbox.ts`,
    text: "    this.limit = bound;",
    by: "    this.limit = bound + 1;",
  },
  {
    name: "a younger message is let in beside the one that should make room",
    file: `${actors}/bounded-mailbox.ts`,
    text: "      if (this.count >= this.#bound) this.#dropOldest();\n",
    by: "",
  },
  {
    name: "the newest message is dropped, and not counted",
    file: `${actors}/bounded-mailbox.ts`,
    text: "    this.counters.dropped++;",
    by: "",
  },
  {
    name: "an ask whose time is up is handled all the same",
    file: `${actors}/cell.ts`,
    text: "    if (pending.outcome !== undefined) return;\n    pending.hasBegun = true;",
    by: "    pending.hasBegun = true;",
  },
  {
    name: "an ask that began is said to have expired before",
    file: `${actors}/cell.ts`,
    text: "    if (!pending.hasBegun) return expired;",
    by: "    return expired;",
  },
  {
    name: "a signal is told twice",
    file: `${actors}/cell-context.ts`,
    text: "      if (this.#isOver) return undefined;\n      this.#isOver = true;\n      this.#forget();",
    by: "      if (this.#isOver) return undefined;\n      this.#forget();",
    also: [
      {
        file: `${actors}/cell-context.ts`,
        text: "  down(_target: ActorCell, ended: StopReason): void {",
        by: "  down(_target: ActorCell, ended: StopReason): void {\n    this.tell(downReason(ended));",
      },
    ],
  },
  {
    name: "what is no longer watched is signalled",
    file: `${actors}/cell-context.ts`,
    text: "    this.#isOver = true;\n    this.cancel();",
    by: "    this.cancel();",
  },
  {
    name: "who watches one that has ended is told nothing",
    file: `${actors}/cell-context.ts`,
    text: 'to.status === "ended") watch.down(to, to.ending!.reason);',
    by: 'to.status === "ended") return;',
  },
  {
    name: "a signal overtakes messages that wait for room",
    file: `${actors}/bounded-mailbox.ts`,
    text: "    if (this.#waiting?.length) this.#waiting.push({ method: turn, payload: run, entered: undefined });\n    else this.#put(turn, run);",
    by: "    this.#put(turn, run);",
  },
  {
    name: "children outlive their parent",
    file: `${actors}/ending.ts`,
    text: "    const child = this.#cell.surroundings?.lastChild;",
    by: "    const child = undefined as ActorCell | undefined;",
  },
  {
    name: "a ring that grows is out of order",
    file: `${actors}/mailbox.ts`,
    text: "grown[i] = ring[(head + i) & (slots - 1)];",
    by: "grown[i] = ring[i];",
  },
];
