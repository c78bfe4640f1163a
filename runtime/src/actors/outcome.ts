// What became of an ask: a value that has to be looked at. Near and far actors answer with the same union.

/** An error that a handler threw, as far as it can be told to others. */
export interface Failure {
  /** The name of its class. */
  readonly name: string;
  readonly message: string;
}

/** Why an actor, or its node, refused a message that arrived. */
export type RejectedReason =
  /** The mailbox is full, and the method's overflow policy does not let senders wait. */
  | "mailboxFull"
  /** There has never been an actor of that address here, or it stopped before the message arrived. */
  | "noSuchActor"
  /** The node does not start such an actor for the one that asked: see `accept` of a cluster's options. */
  | "notAuthorised"
  /** The actor's protocol, as it runs there, has no such method. */
  | "unsupported"
  /** The actor stopped while the message waited in its mailbox. */
  | "stopped"
  /** The node takes no new actors: it is drained, or about to go. Another one may. */
  | "leaving"
  /** It could only be answered after the very call that it is a part of. `text` has the path. */
  | "cycle";

/** Why a message never left. */
export type NotSentReason =
  /** There is no connection to the actor's node. */
  | "unreachable"
  /** The node has another version of a type, and neither side knows that they fit. */
  | "incompatible"
  /** An argument does not fit its type. */
  | "invalid"
  /** Too much is waiting to be sent already. */
  | "overloaded"
  /** Longer than the receiver takes. */
  | "tooLong"
  /** The handle was decoded outside of a cluster: nothing connects it to an actor. */
  | "unbound"
  /** Its time was up before a handler began with it. */
  | "expired";

/** Why nobody can say whether a handler ran. */
export type UnknownReason = "timeout" | "connectionLost" | "nodeDied";

export interface Ok<T> {
  readonly status: "ok";
  readonly value: T;
}

/** The handler ran and threw. Errors that callers are to handle are values of `T`, not exceptions. */
export interface Failed {
  readonly status: "failed";
  readonly error: Failure;
}

/** The message arrived and no handler ran. */
export interface Rejected {
  readonly status: "rejected";
  readonly reason: RejectedReason;
  /** A sentence for a person. */
  readonly text: string;
}

/** No handler ran, and none will. */
export interface NotSent {
  readonly status: "notSent";
  readonly reason: NotSentReason;
  /** A sentence for a person. */
  readonly text: string;
}

/** The handler may have run, or may run still. */
export interface Unknown {
  readonly status: "unknown";
  readonly reason: UnknownReason;
  /** A sentence for a person. */
  readonly text: string;
}

/**
 * What became of an ask. Narrow it by `status`: after `ok` there is a `value`; after `rejected` and `notSent` no handler
 * ran, so that asking again is safe; after `failed` one ran, after `unknown` one may have run.
 */
export type Outcome<T> = Ok<T> | Failed | Rejected | NotSent | Unknown;

/** Thrown by `orThrow()` for every outcome but `ok`. */
export class OutcomeError extends Error {
  readonly outcome: Exclude<Outcome<never>, Ok<never>>;

  constructor(outcome: Exclude<Outcome<never>, Ok<never>>) {
    super(textOf(outcome));
    this.name = "OutcomeError";
    this.outcome = outcome;
  }
}

function textOf(outcome: Exclude<Outcome<never>, Ok<never>>): string {
  return outcome.status === "failed" ? `${outcome.error.name}: ${outcome.error.message}` : outcome.text;
}
