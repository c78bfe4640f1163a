// The port between the transport and the world: Node gives it sockets and a clock, the simulator a virtual network.
// Everything that runs behind this port runs the same in both, so that a run can be repeated from its seed.
//
// What holds for every implementation: a host calls into the transport only from the outside of it, one call at a
// time (never from inside a call that the transport makes), and never after a stream's `closed`.

import type { Address } from "./address.ts";

/** All that a node's transport needs of the world. */
export interface Host {
  /** Milliseconds on a clock that only goes forward, not necessarily whole ones. Its zero means nothing. */
  now(): number;
  /** In [0, 1). For jitter: nothing secret is made of it. */
  random(): number;
  /** Runs a function once what runs now has ended, before any other event; in the order of the calls. */
  schedule(run: () => void): void;
  /**
   * Runs a function no sooner than `afterMs` from now; calling what it returns prevents it, and does nothing once the
   * function has run. A timer keeps no process alive.
   */
  setTimer(afterMs: number, run: () => void): () => void;
  /**
   * Opens a stream. `events.opened` or `events.closed` follows, neither of them before this returns. Never throws for
   * an address: one that cannot be dialled closes with a failure. The host resolves names and proves both ends'
   * identities where it is told to; `opened` says that this is done. It sets no deadline: whoever dials destroys the
   * stream when it has waited long enough.
   */
  dial(address: Address, events: StreamEvents): Stream;
  /**
   * Takes streams that others open, each of them already authenticated where the host authenticates at all.
   * `onStream` answers whom to tell what happens to it; nothing happens to it before that. Rejects where the address
   * cannot be had.
   */
  listen(address: Address, onStream: OnStream): Promise<Listening>;
}

/** `from` is the other end as the network sees it: for logs and limits, never an identity. */
export type OnStream = (stream: Stream, from: Address) => StreamEvents;

export interface Listening {
  /** Where others reach it: where the port asked for was 0, the one that was given out. */
  readonly address: Address;
  /** Takes no more streams; those that it took live on. Fulfilled when the address is free again. */
  close(): Promise<void>;
}

/** Where bytes go. */
export interface Sink {
  /**
   * Takes all of `bytes`, which are not changed before `hasTaken` is true. False: it took them, and wants no more before it says
   * `drained`.
   */
  write(bytes: Uint8Array): boolean;
  /**
   * Nobody looks any more at what was written: it is with the system, and the buffers may be written to again. Absent
   * where that is never known.
   */
  readonly hasTaken?: boolean;
}

/** One stream of bytes in each direction, in order and whole until it breaks. */
export interface Stream extends Sink {
  /** No more will be written; the peer may still send, and what was written still goes out. */
  end(): void;
  /**
   * Whether the other end has proved that it may go by this host name. Absent where a host asks nobody for such a proof:
   * then every name is as good.
   */
  mayBe?(host: string): boolean;
  /**
   * The other end's system has taken the connection, although nothing has come of it yet. Absent where a host does not
   * know before `opened`.
   */
  readonly isTaken?: boolean;
  /** Gives the stream up at once, with what was written and has not gone out. `closed` follows, never at once. */
  destroy(): void;
}

/** What happens to a stream, told in the order in which it happens. */
export interface StreamEvents {
  /** Streams that were dialled: bytes may be written. Never said of streams that were accepted: they are open. */
  opened(): void;
  /** Bytes arrived, at least one. Not used after this returns. */
  received(chunk: Uint8Array): void;
  /** After `write` has answered false: it takes bytes again. */
  drained(): void;
  /** The peer will send no more, and everything that it sent has been received. */
  ended(): void;
  /** The last event, exactly once; without a failure where both ends ended, or this one destroyed it. */
  closed(failure?: StreamFailure): void;
}

/**
 * Why a stream did not come about or broke.
 *
 * - `refused`: nobody listens at the address: its system said so.
 * - `unreachable`: no way to the address.
 * - `timedOut`: the system gave up waiting for an answer.
 * - `reset`: the other end, or something between, broke it.
 * - `unauthenticated`: one end did not prove who it is, or the two share no secret, no version of TLS, no cipher.
 * - `unknownHost`: the name has no address.
 * - `failed`: anything else that the system reports.
 */
export interface StreamFailure {
  readonly code:
    | "refused"
    | "unreachable"
    | "timedOut"
    | "reset"
    | "unauthenticated"
    | "unknownHost"
    | "failed";
  /** A sentence for a person. */
  readonly text: string;
}
