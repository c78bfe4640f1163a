// The platform's signals of abortion, for programs whose libraries know them and for those whose do not: whoever only uses
// wire types needs neither the DOM's types nor Node's.

import type { CancelSignal } from "./reply.ts";

/** `AbortSignal` where the program's libraries have it, else the part of it that is needed to heed it. */
export type PlatformAbortSignal = typeof globalThis extends {
  readonly AbortSignal: { readonly prototype: infer S };
}
  ? S
  : CancelSignal;

/** `AbortController` in the same way. */
export type PlatformAbortController = typeof globalThis extends {
  readonly AbortController: { readonly prototype: infer C };
}
  ? C
  : { readonly signal: CancelSignal; abort(): void };
