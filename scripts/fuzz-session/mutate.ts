// Spoils what one side is sent: bytes, frames, lengths, order, and where chunks end.
import { headerBytes } from "@hewn/runtime/transport";
import type { Dice } from "../fuzz/dice.ts";
import type { Delivery } from "./recording.ts";

export type Mutation = (bytes: Uint8Array, dice: Dice) => Uint8Array;

/** Where frames begin, as far as their lengths can be believed. */
function framesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at + headerBytes <= bytes.length) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length || end < at + headerBytes) break;
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  if (at < bytes.length) frames.push(bytes.subarray(at));
  return frames;
}

/** Changes the list of frames in place. */
function onFrames(change: (frames: Uint8Array[], at: number, dice: Dice) => void): Mutation {
  return (bytes, dice) => {
    const frames = [...framesOf(bytes)];
    if (frames.length === 0) return bytes;
    // Mostly in the handshake: there is the most to decide.
    const at = dice.oneIn(2) ? dice.below(Math.min(4, frames.length)) : dice.below(frames.length);
    change(frames, at, dice);
    return Buffer.concat(frames);
  };
}

/** Changes a copy of a frame. */
function onFrame(change: (frame: Uint8Array, dice: Dice) => void): Mutation {
  return onFrames((frames, at, dice) => {
    const frame = Uint8Array.from(frames[at]!);
    change(frame, dice);
    frames[at] = frame;
  });
}

function randomBytes(dice: Dice, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => dice.below(256));
}

function frameOf(kind: number, body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(headerBytes + body.length);
  new DataView(frame.buffer).setUint32(0, body.length + 1);
  frame[4] = kind;
  frame.set(body, headerBytes);
  return frame;
}

/** Bytes that decide much in MessagePack, lengths and texts. */
const telling = [
  0x00, 0x01, 0x7f, 0x80, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xcf, 0xd9, 0xdd, 0xdf, 0xff, 0x0a, 0x1b,
];

export const mutations: Readonly<Record<string, Mutation>> = {
  bit: onFrame((frame, dice) => {
    const at = dice.below(frame.length);
    frame[at] = frame[at]! ^ (1 << dice.below(8));
  }),
  byte: onFrame((frame, dice) => {
    frame[dice.below(frame.length)] = dice.oneIn(2) ? dice.of(telling) : dice.below(256);
  }),
  kind: onFrame((frame, dice) => {
    if (frame.length > 4) frame[4] = dice.below(24);
  }),
  length: onFrame((frame, dice) => {
    const view = new DataView(frame.buffer);
    if (frame.length >= 4)
      view.setUint32(0, dice.of([0, 1, 2, frame.length, 4096, 4097, 1 << 20, 1 << 24, 0xffff_ffff]));
  }),
  /** Of the hello: its lowest and highest version stand behind the magic and the array's header. */
  version: onFrames((frames, _, dice) => {
    const hello = Uint8Array.from(frames[0]!);
    hello.fill(2 + dice.below(100), headerBytes + 5, headerBytes + 7);
    frames[0] = hello;
  }),
  drop: onFrames((frames, at) => frames.splice(at, 1)),
  repeat: onFrames((frames, at, dice) => {
    const copies = dice.oneIn(4) ? dice.below(300) : 1;
    frames.splice(at, 0, ...Array.from({ length: copies }, () => frames[at]!));
  }),
  swap: onFrames((frames, at) => frames.splice(at, 2, ...frames.slice(at, at + 2).reverse())),
  foreign: onFrames((frames, at, dice) => {
    frames.splice(at, 0, frameOf(dice.below(24), randomBytes(dice, dice.below(40))));
  }),
  begin: onFrames((frames, _, dice) => {
    frames.splice(0, 1, randomBytes(dice, 1 + dice.below(100)));
  }),
  cut: (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  hole: (bytes, dice) => {
    const at = dice.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(20))]);
  },
  insert: (bytes, dice) => {
    const at = dice.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), randomBytes(dice, 1 + dice.below(20)), bytes.subarray(at)]);
  },
};

/** Spoils some of what is delivered on one stream, and cuts all of it into other chunks. */
export function spoiled(
  deliveries: readonly Delivery[],
  stream: number,
  names: readonly string[],
  dice: Dice,
): readonly Delivery[] {
  const own = deliveries.filter((delivery) => delivery.stream === stream);
  let bytes: Uint8Array = Buffer.concat(own.map((delivery) => delivery.bytes));
  for (const name of names) bytes = mutations[name]!(bytes, dice);
  const last = own.at(-1);
  let at = 0;
  return deliveries.flatMap((delivery) => {
    if (delivery.stream !== stream) return [delivery];
    const end = delivery === last ? bytes.length : Math.min(bytes.length, at + delivery.bytes.length);
    const piece = bytes.subarray(at, end);
    at = end;
    return pieces(piece, dice).map((part) => ({ stream, bytes: part }));
  });
}

function pieces(bytes: Uint8Array, dice: Dice): readonly Uint8Array[] {
  if (bytes.length === 0) return [];
  const size = dice.of([bytes.length, bytes.length, 7, 1000, 1 + dice.below(64)]);
  // Thousands of single bytes try nothing that the first few hundred did not.
  const step = Math.max(size, Math.ceil(bytes.length / 300));
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += step) parts.push(bytes.subarray(at, at + step));
  return parts;
}
