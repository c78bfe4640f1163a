// What the main thread and the pulse thread say to each other. Both are of one build: nothing here needs a version.

import type { Target } from "./asker.ts";

/** What the thread is started with. */
export interface ThreadData {
  /** Of the {@link LoopBeat}. */
  readonly beats: SharedArrayBuffer;
}

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
  /** It is over. One `closed` follows, when its port is free. */
  | { readonly kind: "close"; readonly node: number };

/** From the thread. */
export type ThreadReport =
  | { readonly kind: "listening"; readonly node: number; readonly port: number }
  | { readonly kind: "notListening"; readonly node: number; readonly code: string; readonly text: string }
  | { readonly kind: "answered"; readonly node: number; readonly number: number; readonly lagMs: number }
  | { readonly kind: "unanswered"; readonly node: number; readonly number: number }
  | { readonly kind: "closed"; readonly node: number };
