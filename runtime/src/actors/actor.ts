// An actor as its user declares it: the protocol, the class that is bound to it, and what an instance of that class is
// given of its surroundings.
import type { PlatformAbortSignal } from "./abort.ts";
import type { ActorRef } from "./actor-ref.ts";
import type { Logger } from "./logger.ts";
import type { Outcome } from "./outcome.ts";
import type { Port, RefIdentity } from "./port.ts";
import type { RemoteSpawnOptions, SpawnOptions } from "./spawn-options.ts";
import type { ActorSpecification, LocalActorSpecification } from "./specification.ts";

/**
 * An actor's surroundings. For use while the actor runs: once it has stopped, nothing here does anything.
 *
 * @typeParam A the actor's own class, where the type of `self` matters
 */
export interface ActorContext<A = object> {
  /** The actor's own handle, to be sent to others. */
  readonly self: ActorRef<A>;
  /** Counts the starts of a supervised child, from 1: a fencing token for systems outside. */
  readonly generation: number;
  /**
   * Aborted when the work at hand is pointless: the time of the message is up, its sender gave up, the actor has to end
   * or lost its lease. Of the message that is being handled where it is read: keep it in a local across an `await`.
   */
  readonly signal: PlatformAbortSignal;
  readonly log: Logger;
  /**
   * Starts a child here. It stops before this actor does. Runs the child's constructor, and throws what that throws.
   * An actor that is not bound to a class in this process is an error.
   */
  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: LocalSpawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options?: SpawnOptions,
  ): ActorRef<A, Idempotent>;
  /** Starts a child on another node. */
  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: Spawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options: RemoteSpawnOptions,
  ): Promise<Outcome<ActorRef<A, Idempotent>>>;
  /**
   * Has the actor signalled, once, when the other one is gone. To watch again what is watched changes nothing. Throws
   * where the actor has no method `[signalled]`.
   */
  watch(ref: RefIdentity): void;
  /** No signal comes after this, not even one that waits. */
  unwatch(ref: RefIdentity): void;
  /** Ends the actor after the message at hand. What waits in its mailbox becomes dead letters. */
  stop(): void;
  /** Ends a child after the message that it is at. Nothing where it is no child of this actor. */
  stopChild(ref: RefIdentity): void;
  /**
   * Runs a function between two messages of this actor, no sooner than `afterMs` from now; calling what is returned
   * prevents it. A timer ends with its actor. What the function throws crashes the actor.
   */
  setTimer(afterMs: number, run: () => void | Promise<void>): () => void;
  /** As `setTimer`, again and again. Where the actor is late, what has been missed is not made up for. */
  setRepeating(everyMs: number, run: () => void | Promise<void>): () => void;
}

/** What can be started in this process. */
export type LocalSpawnable<A, Args extends readonly unknown[], Idempotent extends string = never> =
  | LocalActorDefinition<A, Args, Idempotent>
  | LocalBoundActor<A, Args, Idempotent>;

/** What can be started on any node: not what is tagged `@actor local`. */
export type Spawnable<A, Args extends readonly unknown[], Idempotent extends string = never> =
  | ActorDefinition<A, Args, Idempotent>
  | BoundActor<A, Args, Idempotent>;

/** The protocol of an actor that can only be started in this process. */
export interface LocalActorDefinition<A, Args extends readonly unknown[], Idempotent extends string = never>
  extends LocalActorSpecification<A, Idempotent> {
  /** Binds the class that implements it. */
  from(implementation: Implementation<A, Args>): LocalBoundActor<A, Args, Idempotent>;
}

/** The protocol of an actor. */
export interface ActorDefinition<A, Args extends readonly unknown[], Idempotent extends string = never>
  extends ActorSpecification<A, Args, Idempotent> {
  /** Binds the class that implements it. */
  from(implementation: Implementation<A, Args>): BoundActor<A, Args, Idempotent>;
}

/** The class of an actor: its constructor takes the context first. */
export type Implementation<A, Args extends readonly unknown[]> = new (
  context: ActorContext<A>,
  ...args: Args
) => A;

/** A protocol with the class that implements it, in this process only. */
export interface LocalBoundActor<A, Args extends readonly unknown[], Idempotent extends string = never> {
  readonly definition: LocalActorDefinition<A, Args, Idempotent>;
  readonly implementation: Implementation<A, Args>;
}

/** A protocol with the class that implements it. */
export interface BoundActor<A, Args extends readonly unknown[], Idempotent extends string = never>
  extends LocalBoundActor<A, Args, Idempotent> {
  readonly definition: ActorDefinition<A, Args, Idempotent>;
}

/** The handle's type of a definition: `RefOf<typeof WorkerActor>`. */
export type RefOf<D extends { readonly handle: new (to: Port) => RefIdentity }> = InstanceType<D["handle"]>;

/** Makes the definition of a class tagged `@actor`. Called by generated code. */
export function defineActor<A, Args extends readonly unknown[], Idempotent extends string = never>(
  specification: ActorSpecification<A, Args, Idempotent>,
): ActorDefinition<A, Args, Idempotent> {
  const definition: ActorDefinition<A, Args, Idempotent> = {
    ...specification,
    from: (implementation) => ({ definition, implementation }),
  };
  return definition;
}

/** Makes the definition of a class tagged `@actor local`. Called by generated code. */
export function defineLocalActor<A, Args extends readonly unknown[], Idempotent extends string = never>(
  specification: LocalActorSpecification<A, Idempotent>,
): LocalActorDefinition<A, Args, Idempotent> {
  const definition: LocalActorDefinition<A, Args, Idempotent> = {
    ...specification,
    from: (implementation) => ({ definition, implementation }),
  };
  return definition;
}
