import { expect, test } from "@jest/globals";
import type { MemberId } from "../membership/index.ts";
import type { Peer } from "../transport/index.ts";
import { pulseTokenBytesMax } from "./limits.ts";
import type { Pulse, PulseAddress } from "./pulse.ts";
import { Pulses } from "./pulses.ts";

const member: MemberId = { host: "b", port: 1, instance: 1n };

function pulses() {
  const asked: (readonly [MemberId, PulseAddress])[] = [];
  const told: string[] = [];
  const pulse = {
    place: { port: 5, token: new Uint8Array(32) },
    ask: (peer: MemberId, at: PulseAddress) => asked.push([peer, at]),
  } as unknown as Pulse;
  const all = new Pulses(pulse, {
    placed: () => told.push("placed"),
    answered: ({ host }, lagMs) => told.push(`${host} lags ${lagMs}`),
    stalled: (lagMs) => told.push(`stalled ${lagMs}`),
  });
  return { all, asked, told, pulse };
}

test("a member is asked where it said that its pulse is, on the host under which it is a member, until it is over", () => {
  const { all, asked } = pulses();
  const place = { port: 7, token: new Uint8Array(32) };
  all.ask(member);
  all.learn(member, place);
  all.ask(member);
  all.forget(member);
  all.ask(member);
  expect(asked).toEqual([[member, { ...place, host: "b" }]]);
});

test("keeps no place whose token is none", () => {
  const { all, asked } = pulses();
  all.learn(member, { port: 7, token: new Uint8Array(pulseTokenBytesMax + 1) });
  all.ask(member);
  expect(asked).toEqual([]);
});

test("what the pulse hears and notices goes to membership", () => {
  const { pulse, told } = pulses();
  pulse.onAnswer(member, 700);
  pulse.onStalled(800);
  pulse.onPlace();
  expect(told).toEqual(["b lags 700", "stalled 800", "placed"]);
});

test("nobody is told of a place before it is known", () => {
  const { all, pulse } = pulses();
  const sent: unknown[] = [];
  const peer = { sendControl: (_: unknown, place: unknown) => sent.push(place) } as unknown as Peer;
  const { place } = pulse;
  Object.assign(pulse, { place: undefined });
  all.introduce(peer);
  Object.assign(pulse, { place });
  all.introduce(peer);
  expect(sent).toEqual([place]);
});
