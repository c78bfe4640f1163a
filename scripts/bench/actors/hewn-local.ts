// Hewn's actors, as users have them: a class with a generated definition, on Node's event loop.
import { deepStrictEqual } from "node:assert";
import { accepted } from "@hewn/runtime";
import { startActors } from "@hewn/runtime/node";
import { MeterActor } from "../../../fixtures/bench/meter.codec.ts";
import { Meter } from "../../../fixtures/bench/meter.ts";
import { messagesOf } from "../net/messages.ts";
import type { LocalActors } from "./local-actors.ts";

export function hewn(): LocalActors {
  const actors = startActors({ actors: [MeterActor.from(Meter)], environment: {} });
  const meter = actors.spawn(MeterActor, [0]);
  const readings = messagesOf("small") as Parameters<typeof meter.note>[0][];
  const nth = (index: number) => readings[index & (readings.length - 1)]!;
  return {
    async tell(count) {
      for (let i = 0; i < count; i++) {
        const told = meter.note(nth(i));
        if (told !== accepted) throw new Error("a mailbox of thousands is full");
      }
      await meter.count();
    },
    async ask(index) {
      const outcome = await meter.echo(nth(index));
      if (outcome.status !== "ok") throw new Error(outcome.status);
    },
    async spawn(count) {
      const started = Array.from({ length: count }, () => actors.spawn(MeterActor, [0]));
      await Promise.all(started.map((ref) => actors.stop(ref)));
    },
    async check() {
      for (const reading of readings) deepStrictEqual(await meter.echo(reading).orThrow(), reading);
    },
  };
}
