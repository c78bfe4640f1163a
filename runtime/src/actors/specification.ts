// An actor's protocol as data, as the generator writes it. Nothing here knows the class itself: whoever only sends to an
// actor bundles no line of it.
import type { Codec } from "../codec/codec.ts";
import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import type { ActorRef } from "./actor-ref.ts";
import type { Port } from "./port.ts";
import type { Overflow } from "./told.ts";

/** A codec of a type that is of no concern here. */
export interface AnyCodec {
  readonly name: string;
  readonly write: (w: Writer, p: number, value: never, depth: number) => number;
  readonly read: (r: Reader, depth: number) => unknown;
  readonly clone?: (value: never, depth: number) => unknown;
}

/** One method of a protocol. */
export interface MethodSpecification<A> {
  readonly name: string;
  readonly kind: "ask" | "tell";
  /**
   * Over kind, parameters and result: nodes that have the same one can send each other this message, whatever else
   * their protocols have. Absent in what is tagged `@actor local`.
   */
  readonly fingerprint?: string;
  /** Of the tuple of parameters; absent in what is tagged `@actor local`. */
  readonly parameters?: AnyCodec;
  /** Of what an ask returns or promises; absent in tells, and in what is tagged `@actor local`. */
  readonly result?: AnyCodec;
  /** Whether it may be repeated. */
  readonly idempotent?: true;
  /** How long an ask may take, in milliseconds, where the caller says nothing. Default 5000. */
  readonly deadlineMs?: number;
  /** Default: that of the actor. */
  readonly overflow?: Overflow;
  /** Calls the method: `(actor: Worker, args: readonly [task: Task]) => actor.process(args[0])`. */
  readonly run: (actor: A, args: never) => unknown;
}

/** What the generator knows of a class tagged `@actor local`. */
export interface LocalActorSpecification<A, Idempotent extends string = never> {
  /** As wire types are named: `worker/Worker`. */
  readonly name: string;
  readonly handle: new (to: Port) => ActorRef<A, Idempotent>;
  /** A handle names a method by its index here. */
  readonly methods: readonly MethodSpecification<A>[];
  /** What becomes of messages for a full mailbox. Default: `wait`. */
  readonly overflow?: Overflow;
  /** How many messages wait at most. Default 8192. */
  readonly mailboxMessages?: number;
  /** Whether messages are handled while others wait for something, as the methods of an object are. Default: no. */
  readonly reentrant?: true;
}

/** What the generator knows of a class tagged `@actor`. */
export interface ActorSpecification<A, Args extends readonly unknown[], Idempotent extends string = never>
  extends LocalActorSpecification<A, Idempotent> {
  /** Over the parameters of constructor and methods, and the results: equal for equal protocols. */
  readonly fingerprint: string;
  /** Of what the constructor takes behind its context; its fingerprint is over that alone. */
  readonly args: Codec<Args>;
}
