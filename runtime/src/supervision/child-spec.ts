// What a supervisor is told of each child, in the vocabulary of OTP.

/**
 * - `permanent`: started again whenever it has ended.
 * - `transient`: started again unless it ended by itself or was stopped.
 * - `temporary`: never started again.
 */
export type Restart = "permanent" | "transient" | "temporary";

/**
 * Who is stopped and started again with a child that has ended:
 *
 * - `oneForOne`: nobody else.
 * - `oneForAll`: all others.
 * - `restForOne`: those that were started after it.
 */
export type Strategy = "oneForOne" | "oneForAll" | "restForOne";

export interface ChildSpec {
  /** Its name among its siblings. */
  readonly name: string;
  /** Default: `permanent`. */
  readonly restart?: Restart;
  /** How long it may take to end when it is stopped; then it is abandoned and reported. Default: 5000. */
  readonly shutdownMs?: number;
}

export interface SupervisorSpec {
  /** Default: `oneForOne`. */
  readonly strategy?: Strategy;
  /** So many restarts in `periodMs` are borne; one more ends the supervisor. Default: 1. */
  readonly intensity?: number;
  /** Default: 5000. */
  readonly periodMs?: number;
  /** The wait before a restart that follows a failed one; each further one is twice as long. Default: 100 to 5000. */
  readonly backoffFirstMs?: number;
  readonly backoffLongestMs?: number;
}

/** Why a child has ended. */
export type ChildEnd =
  /** By itself. */
  | { readonly reason: "exited" }
  /** Somebody stopped it. */
  | { readonly reason: "shutdown" }
  | { readonly reason: "crashed"; readonly error: { readonly name: string; readonly message: string } }
  | { readonly reason: "nodeDied" }
  /** Its node goes, or is drained, and has ended it or not started it for that: to start it elsewhere costs nothing. */
  | { readonly reason: "nodeLeft" }
  /** Its lease has run out without a renewal: if it lives, it has stopped itself. */
  | { readonly reason: "leaseExpired" };

/** Whether a transient child is left as it is. */
export function isNormal({ reason }: ChildEnd): boolean {
  return reason === "exited" || reason === "shutdown";
}
