// The type of a handle, computed from the class of its actor.
import type { Port, RefIdentity } from "./port.ts";
import { port } from "./port.ts";
import type { IdempotentReply, Reply } from "./reply.ts";
import type { Told } from "./told.ts";

/**
 * The handle of an actor of class `A`, near or far: its public methods, as messages. A method that returns `void` is
 * told, and returns `Told`; any other is asked, and returns `Reply` of what it returns or promises. Private and protected
 * members, properties, and methods named by symbols are not there.
 *
 * @typeParam Idempotent the names of the methods tagged `@idempotent`, whose replies can be retried
 */
export type ActorRef<A, Idempotent extends string = never> = {
  readonly [K in keyof A as K extends string ? (A[K] extends Method ? K : never) : never]: Sending<
    A[K],
    K extends Idempotent ? true : false
  >;
} & RefIdentity;

type Method = (...args: never[]) => unknown;

type Sending<M, Idempotent extends boolean> = M extends (...args: infer Args) => infer Result
  ? (...args: Args) => Sent<Result, Idempotent>
  : never;

type Sent<Result, Idempotent extends boolean> =
  IsVoid<Result> extends true
    ? Told
    : Idempotent extends true
      ? IdempotentReply<Awaited<Result>>
      : Reply<Awaited<Result>>;

/** `void` itself: neither `undefined`, nor a union with it, nor `any`. */
type IsVoid<R> = unknown extends R ? false : [R, Void] extends [Void, R] ? true : false;

type Void = ReturnType<() => void>;

/** The base of the handles that are generated for actors. */
export abstract class ActorHandle implements RefIdentity {
  readonly [port]: Port;

  constructor(to: Port) {
    this[port] = to;
  }
}
