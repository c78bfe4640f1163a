import { expect, test } from "@jest/globals";
import type { MemberId } from "../membership/index.ts";
import { FullMesh } from "./full-mesh.ts";
import { meshDialsMax } from "./limits.ts";

const profile = { gossipIntervalMs: 100, redialFirstMs: 200, redialLongestMs: 1_000 };
const newMesh = () => new FullMesh({ profile, random: () => 0.5 });
const idOf = (host: string): MemberId => ({ host, port: 1, instance: 1n });
const [a, b, c] = [idOf("a"), idOf("b"), idOf("c")];

test("of two that learn of each other the smaller dials at once, the other a gossip interval later", () => {
  const mesh = newMesh();
  mesh.update(b, [a, c], 1_000);
  expect(mesh.nextAtMs).toBe(1_000);
  expect(mesh.due(1_000)).toEqual([c]);
  expect(mesh.due(1_099)).toEqual([]);
  expect(mesh.due(1_100)).toEqual([a]);
  expect(mesh.nextAtMs).toBe(Number.POSITIVE_INFINITY);
});

test("who is not reached is dialled again, each time after twice the wait, up to the longest", () => {
  const mesh = newMesh();
  mesh.update(a, [b], 0);
  const waits: number[] = [];
  for (let nowMs = 0, tries = 0; tries < 5; tries++) {
    expect(mesh.due(nowMs)).toEqual([b]);
    expect(mesh.due(nowMs + 9_999)).toEqual([]);
    mesh.answered(b, nowMs);
    waits.push(mesh.nextAtMs - nowMs);
    nowMs = mesh.nextAtMs;
  }
  expect(waits).toEqual([200, 400, 800, 1_000, 1_000]);
});

test("whose connection was lost is not dialled at once: its end may say why", () => {
  const mesh = newMesh();
  mesh.lost(b, 0);
  mesh.update(a, [b], 0);
  expect(mesh.nextAtMs).toBe(200);
  mesh.update(a, [], 100);
  expect(mesh.nextAtMs).toBe(Number.POSITIVE_INFINITY);
});

test("not more are dialled at a time than the bound, and the others when one of them is answered", () => {
  const mesh = newMesh();
  const all = Array.from({ length: meshDialsMax + 5 }, (_, number) => idOf(`n${100 + number}`));
  mesh.update(a, all, 0);
  expect(mesh.due(0)).toEqual(all.slice(0, meshDialsMax));
  expect(mesh.due(10_000)).toEqual([]);
  mesh.answered(all[0]!, 10_000);
  mesh.lost(all[1]!, 10_000);
  expect(mesh.due(10_000)).toEqual([all[meshDialsMax]]);
  // Who is gone, or connected, makes room too; an answer that comes later frees nothing twice.
  mesh.update(a, all.slice(5), 10_000);
  mesh.answered(all[2]!, 10_000);
  expect(mesh.due(10_000)).toEqual(all.slice(meshDialsMax + 1));
});
