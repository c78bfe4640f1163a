// Bugs to put into the transport, one at a time, to see that simulations find them: slips that are easily made, some of
// them in two places, because the sources hold twice there.
import type { PlantedBug } from "../planted/planted-bugs.ts";

const transport = "runtime/src/transport";

export const mutants: readonly PlantedBug[] = [
  {
    name: "a lost credit: bytes of chunks are never given back",
    file: `${transport}/incoming.ts`,
    text: "    if (this.#paused) {\n      this.#deferredBytes += length;",
    by: "    {\n      this.#deferredBytes += length;",
  },
  {
    name: "a lost credit: what was granted on a control lane that broke is not granted again",
    file: `${transport}/link.ts`,
    text: "    if (lane === this.control && this.user.open !== undefined) this.grantDue(this.user.open);\n",
    by: "",
  },
  {
    name: "a message on a dial that is not settled, and may lose",
    file: `${transport}/lane.ts`,
    text: '    this.#dialling = stream;\n    return "admitted";',
    by: '    this.#dialling = stream;\n    this.open ??= stream;\n    return "admitted";',
  },
  {
    name: "an old instance accepted: the next start of a node is taken for the last one",
    file: `${transport}/transport.ts`,
    text: "    const key = formatNodeId(node);\n    const known = this.#links.get(key);",
    by: "    const key = formatNodeId({ ...node, instance: 0n });\n    const known = this.#links.get(key);",
  },
  {
    name: "a chunk interleaved within a pair: what follows a long message overtakes it",
    file: `${transport}/outbox.ts`,
    text: "    return this.#lines.has(pair);",
    by: "    return this.#lines.has(pair) && pair < 0;",
  },
  {
    name: "a limit checked after allocation: a promised length is believed",
    file: `${transport}/frame-decoder.ts`,
    text: "    if (length > 0 && length <= this.lengthMax) return true;",
    by: "    this.#body = new Uint8Array(length);\n    if (length > 0 && length <= this.lengthMax) return true;",
  },
  {
    name: "a stale timer honoured: the deadline of a connect outlives it",
    file: `${transport}/lane-stream.ts`,
    text: "    this.#isTaken();\n    this.#stopTimer();\n    this.#step",
    by: "    this.#isTaken();\n    this.#step",
    also: [
      {
        file: `${transport}/lane-stream.ts`,
        text: "    this.#stopTimer();\n    this.#cancelTimer = this.#host.setTimer(afterMs, run);",
        by: "    this.#cancelTimer = this.#host.setTimer(afterMs, run);",
      },
    ],
  },
  {
    name: "of two dials that cross and were both welcomed each node keeps its own",
    file: `${transport}/settle.ts`,
    text: "settling.isAnswered && isSmaller(settling);",
    by: "settling.isAnswered;",
  },
  {
    name: "a lane that broke is not dialled again",
    file: `${transport}/redial.ts`,
    text: "      redial.verdictDue = true;\n      return dial(redial);",
    by: '      redial.verdictDue = true;\n      redial.phase = "idle";\n      return [];',
  },
  {
    name: "what waits for a paused reader is forgotten when it resumes",
    file: `${transport}/incoming.ts`,
    text: "    this.#waiting = this.#waiting.slice(taken);",
    by: "    this.#waiting = this.#waiting.slice(2 * taken);",
  },
  {
    name: "silence is never noticed",
    file: `${transport}/keepalive.ts`,
    text: "keepalive.misses >= keepalive.missesMax",
    by: "keepalive.misses > 1e9",
  },
  {
    name: "a socket that wants no more is written to",
    file: `${transport}/frame-writer.ts`,
    text: "      this.#held = !this.#sink.write(batch.bytes);",
    by: "      this.#sink.write(batch.bytes);",
    also: [
      {
        file: `${transport}/frame-writer.ts`,
        text: "    if (end > 0) this.#held = !this.#sink.write(batch.bytes.subarray(0, end));",
        by: "    if (end > 0) this.#sink.write(batch.bytes.subarray(0, end));",
      },
    ],
  },
  {
    name: "messages whose fate is unknown are nobody's business",
    file: `${transport}/outgoing.ts`,
    text: "unknown: this.#writer.handed.messages - this.#sending.consumed.messages",
    by: "unknown: 0",
  },
  {
    name: "a buffer is used again while a long message in it waits",
    file: `${transport}/frame-writer.ts`,
    text: "    this.#isLent = true;\n",
    by: "",
  },
  {
    name: "memory of the host is held on to",
    file: `${transport}/frame-decoder.ts`,
    text: "      this.#makeRoom(this.#bodyHave + count, bodyBytes);",
    by: "      if (this.#bodyHave === 0 && this.#offset === 5) this.#body = this.#chunk.subarray(this.#offset);\n      this.#makeRoom(this.#bodyHave + count, bodyBytes);",
  },
];
