// A lock that cannot be used, and where it says so.

/** A text that is no lock, or a set of types that no lock can hold. */
export class LockError extends Error {
  /** From 1; undefined where no line is to blame. */
  readonly line: number | undefined;
  readonly reason: string;

  constructor(line: number | undefined, reason: string) {
    super(line === undefined ? reason : `line ${line}: ${reason}`);
    this.name = "LockError";
    this.line = line;
    this.reason = reason;
  }
}
