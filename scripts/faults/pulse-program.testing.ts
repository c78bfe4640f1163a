// A pulse thread in a process of its own, whose main loop does nothing but what it is told: also to block.
import { type PulsePlace, type StartedPulse, startPulse } from "@hewn/runtime/node";
import { obeyParent, tellParent } from "./program-process.testing.ts";

export type PulseCommand =
  | { readonly kind: "start" }
  /** The token as numbers: commands are JSON. */
  | { readonly kind: "ask"; readonly port: number; readonly token: readonly number[] }
  /** Answers at once, and then computes for so long. */
  | { readonly kind: "block"; readonly ms: number }
  | { readonly kind: "counters" };

export type PulseEvent =
  | { readonly kind: "answer"; readonly lagMs: number }
  | { readonly kind: "stalled"; readonly lagMs: number };

let pulse: StartedPulse | undefined;
let questions = 0;

async function start(): Promise<{ readonly port: number; readonly token: readonly number[] } | undefined> {
  pulse = await startPulse({ host: "127.0.0.1" });
  if (pulse === undefined) return undefined;
  pulse.onAnswer = (_, lagMs) => tellParent<PulseEvent>({ kind: "answer", lagMs });
  pulse.onStalled = (lagMs) => tellParent<PulseEvent>({ kind: "stalled", lagMs });
  const { port, token }: PulsePlace = pulse.place;
  return { port, token: [...token] };
}

function block(ms: number): void {
  setTimeout(() => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }, 20);
}

obeyParent<PulseCommand>((command) => {
  if (command.kind === "start") return start();
  if (command.kind === "block") return block(command.ms);
  if (command.kind === "counters") return pulse?.counters;
  const { port, token } = command;
  const peer = { host: "127.0.0.1", port: ++questions, instance: 1n };
  return pulse?.ask(peer, { host: "127.0.0.1", port, token: Uint8Array.from(token) });
});
