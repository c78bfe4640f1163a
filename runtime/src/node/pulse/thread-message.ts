// What the main thread and the pulse thread say to each other. Both are of one build: nothing here needs a version.

import type { OnLeaseLost } from "../../remote/index.ts";
import type { LeaseTimes } from "../../supervision/index.ts";
import type { Target } from "./asker.ts";

/** What the thread is started with. */
export interface ThreadData {
  /** Of the {@link LoopBeat}. */
  readonly beats: SharedArrayBuffer;
}

/** A lease, as both threads have it. */
interface LeaseOrder {
  /** Of its {@link SharedWord}. */
  readonly memory: SharedArrayBuffer;
  readonly instance: bigint;
  readonly term: number;
  readonly times: LeaseTimes;
}

export interface HeldOrder extends LeaseOrder {
  /** One number: how many children run. */
  readonly children: SharedArrayBuffer;
  readonly peer: string;
  readonly onLost: OnLeaseLost;
}

export type GrantedOrder = LeaseOrder;

/** To the thread, about one of the nodes of this process: each has a number. */
export type ThreadOrder =
  /** Answer for it there. One `listening` or `notListening` follows. */
  | {
      readonly kind: "open";
      readonly node: number;
      readonly host: string;
      readonly port: number;
      readonly token: Uint8Array;
      /** Of its {@link SharedCounters}. */
      readonly counters: SharedArrayBuffer;
    }
  /** Ask this one. Exactly one `answered` or `unanswered` with the number follows. */
  | { readonly kind: "ask"; readonly node: number; readonly number: number; readonly target: Target }
  /** Where the thread of a node is that grants leases; undefined: it is over for good. */
  | {
      readonly kind: "place";
      readonly node: number;
      readonly peer: string;
      readonly target: Target | undefined;
    }
  | { readonly kind: "hold"; readonly node: number; readonly lease: HeldOrder }
  | { readonly kind: "grant"; readonly node: number; readonly lease: GrantedOrder }
  /** It is over. One `closed` follows, when its port is free. */
  | { readonly kind: "close"; readonly node: number };

/** From the thread. */
export type ThreadReport =
  | { readonly kind: "listening"; readonly node: number; readonly port: number }
  | { readonly kind: "notListening"; readonly node: number; readonly code: string; readonly text: string }
  | { readonly kind: "answered"; readonly node: number; readonly number: number; readonly lagMs: number }
  | { readonly kind: "unanswered"; readonly node: number; readonly number: number }
  | { readonly kind: "closed"; readonly node: number };
