// Why a node could not listen or a peer could not be reached, in words that do not depend on the operating system.

import type { CloseReason } from "../transport/index.ts";

export type NetworkErrorCode =
  /** Nobody listens at the address: the peer's system said so. */
  | "refused"
  /** No way to the address, or no answer from it in time. */
  | "unreachable"
  /** The host name is not known. */
  | "unknownHost"
  /** The port is taken, or is not ours to take. */
  | "unavailable"
  /** The address is not on this machine, and nothing protects what is said. */
  | "insecure"
  /** A secret of the cluster is too short, or was not made by chance. */
  | "weakSecret"
  /** A certificate, its key or its authority is of no use. */
  | "badCertificate"
  /** Options contradict each other, or lack something that the others need. */
  | "misconfigured"
  /** Connected, but the session did not come about: see `reason`. */
  | "handshakeFailed"
  /** Anything else that the system reports: see `cause`. */
  | "failed";

export class NetworkError extends Error {
  override readonly name = "NetworkError";
  readonly code: NetworkErrorCode;
  /** With `handshakeFailed`: who ended it and why. */
  readonly reason: CloseReason | undefined;

  constructor(code: NetworkErrorCode, message: string, more?: { cause?: unknown; reason?: CloseReason }) {
    super(message, more?.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.reason = more?.reason;
  }
}

const codes: Readonly<Record<string, NetworkErrorCode>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ETIMEDOUT: "unreachable",
  ENOTFOUND: "unknownHost",
  EAI_AGAIN: "unknownHost",
  EADDRINUSE: "unavailable",
  EADDRNOTAVAIL: "unavailable",
  EACCES: "unavailable",
};

/** The error of a system call, with what was attempted in front. */
export function networkError(attempt: string, error: Error): NetworkError {
  // Dialling a name with several addresses fails with one error a address inside of one.
  const inner =
    error instanceof AggregateError ? error.errors.find((each) => each instanceof Error) : undefined;
  const cause = inner instanceof Error ? inner : error;
  const systemCode = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const code = Object.hasOwn(codes, systemCode) ? codes[systemCode]! : "failed";
  return new NetworkError(code, `cannot ${attempt}: ${cause.message}`, { cause: error });
}
