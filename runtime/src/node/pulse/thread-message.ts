// What the main thread and the pulse thread say to each other. Both are of one build: nothing here needs a version.

import type { Target } from "./asker.ts";

/** What the thread is started with. */
export interface ThreadData {
  readonly host: string;
  readonly port: number;
  readonly token: Uint8Array;
  readonly memory: SharedArrayBuffer;
}

/** To the thread: ask this one. Exactly one `answered` or `unanswered` with the number follows. */
export interface AskOrder extends Target {
  readonly number: number;
}

/** From the thread. */
export type ThreadReport =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "notListening"; readonly code: string; readonly text: string }
  | { readonly kind: "answered"; readonly number: number; readonly lagMs: number }
  | { readonly kind: "unanswered"; readonly number: number };
