// Why a node could not be started, in words that do not depend on the operating system.

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
  /** Anything else that the system reports: see `cause`. */
  | "failed";

export class NetworkError extends Error {
  override readonly name = "NetworkError";
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string, more?: { cause?: unknown }) {
    super(message, more?.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
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
