// The methods that an actor may have for the runtime. They are named by symbols, and so are no part of its protocol.
// Projects with `isolatedDeclarations` need `stripInternal` and `/** @internal */` above each (TS9038): docs/semantics.md.
import type { Failure } from "./outcome.ts";
import type { RefIdentity } from "./port.ts";

/** `[started](): void | Promise<void>`: runs once, before the first message. What it throws crashes the actor. */
export const started: unique symbol = /* @__PURE__ */ Symbol("started");

/**
 * `[stopping](reason: StopReason): void | Promise<void>`: runs once, after the last message, when all children have
 * stopped. What it throws is reported.
 */
export const stopping: unique symbol = /* @__PURE__ */ Symbol("stopping");

/** `[signalled](signal: Signal): void | Promise<void>`: runs between messages, in their order. Watching needs it. */
export const signalled: unique symbol = /* @__PURE__ */ Symbol("signalled");

/**
 * Why an actor ends: it was stopped, something it ran threw, its parent ended, or its lease ran out: then another start of
 * it may run elsewhere by now.
 */
export type StopReason =
  | { readonly reason: "stopped" }
  | { readonly reason: "crashed"; readonly error: Failure }
  | { readonly reason: "parentStopped" }
  | { readonly reason: "leaseLost" };

/** An actor that was watched is gone. Said exactly once a watch, after the last message that came from it. */
export interface Down {
  readonly signal: "down";
  /** The handle that was handed to `watch`. */
  readonly ref: RefIdentity;
  /**
   * `exited`: it was stopped. `crashed`: something it ran threw, see `error`. `nodeDied`: its node is proven dead.
   * `unreachable`: its node cannot be reached, and the actor may be alive. `neverExisted`: there was none to watch, or it
   * had been gone for long.
   */
  readonly reason: "exited" | "crashed" | "nodeDied" | "unreachable" | "neverExisted";
  readonly error?: Failure;
}

/** What an actor learns besides its messages. */
export type Signal = Down;

/** For `class Worker implements ActorHooks`: has the compiler check the signatures. */
export interface ActorHooks {
  [started]?(): void | Promise<void>;
  [stopping]?(reason: StopReason): void | Promise<void>;
  [signalled]?(signal: Signal): void | Promise<void>;
}
