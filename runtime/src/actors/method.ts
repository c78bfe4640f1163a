// A method of a protocol, made ready for one system: what happens to its arguments and its result on the way between two
// actors of one process.
import type { MethodSpecification } from "./specification.ts";
import type { Overflow } from "./told.ts";

/** What an entry of a mailbox is. */
export const tellKind = 0;
export const askKind = 1;
/** A function of the runtime's, to run between two messages. */
export const turnKind = 2;
/** A tell whose sender wants to know when it left the mailbox. */
export const trackedKind = 3;

export type EntryKind = typeof tellKind | typeof askKind | typeof turnKind | typeof trackedKind;

/** What becomes of a value that is handed from one actor to another. Throws an EncodeError for one of another type. */
export type Transfer = (value: unknown) => unknown;

export interface Method {
  readonly kind: EntryKind;
  readonly name: string;
  /** Its index in the definition. */
  readonly index: number;
  readonly run: (actor: object, args: unknown) => unknown;
  /** Absent where the receiver is handed the very arguments. */
  readonly transfer: Transfer | undefined;
  readonly transferResult: Transfer | undefined;
  readonly overflow: Overflow;
  readonly deadlineMs: number;
  readonly isIdempotent: boolean;
  /** The same method, for tells that are tracked. */
  readonly tracked: Method | undefined;
}

export interface MethodTerms {
  readonly overflow: Overflow;
  readonly deadlineMs: number;
  readonly transfer: Transfer | undefined;
  readonly transferResult: Transfer | undefined;
}

/** All methods have the same shape, which keeps what runs them fast. */
export function methodOf(
  { name, kind, idempotent, run }: MethodSpecification<never>,
  index: number,
  terms: MethodTerms,
): Method {
  const method = (entry: EntryKind, tracked: Method | undefined): Method => ({
    kind: entry,
    name,
    index,
    run: run as Method["run"],
    transfer: terms.transfer,
    transferResult: terms.transferResult,
    overflow: terms.overflow,
    deadlineMs: terms.deadlineMs,
    isIdempotent: idempotent === true,
    tracked,
  });
  return kind === "ask" ? method(askKind, undefined) : method(tellKind, method(trackedKind, undefined));
}

/** The entry of what is no message: its payload is a function. */
export const turn: Method = /* @__PURE__ */ Object.freeze({
  kind: turnKind,
  name: "",
  index: -1,
  run: () => undefined,
  transfer: undefined,
  transferResult: undefined,
  overflow: "wait",
  deadlineMs: 0,
  isIdempotent: false,
  tracked: undefined,
} as const);
