// Definitions as a system works with them, once each: types erased, defaults filled in, transfers chosen.
import type { ActorContext } from "./actor.ts";
import { deadlineDefaultMs, mailboxMessagesDefault } from "./limits.ts";
import { type Method, methodOf, type Transfer } from "./method.ts";
import type { Port, RefIdentity } from "./port.ts";
import type { AnyCodec, MethodSpecification } from "./specification.ts";
import type { Overflow } from "./told.ts";
import { type TransferMode, transferOf } from "./transfer.ts";

/** A definition of whatever actor. */
export interface AnyDefinition {
  readonly name: string;
  readonly fingerprint?: string;
  readonly handle: new (to: Port) => RefIdentity;
  readonly args?: AnyCodec;
  readonly methods: readonly MethodSpecification<never>[];
  readonly overflow?: Overflow;
  readonly mailboxMessages?: number;
  readonly reentrant?: true;
}

/** A definition with the class that implements it. */
export interface AnyActor {
  readonly definition: AnyDefinition;
  readonly implementation: new (context: never, ...args: never[]) => unknown;
}

/** The same, as it is called: whoever declared it has checked the arguments. */
export type Construct = new (context: ActorContext, ...args: readonly unknown[]) => object;

export interface Protocol {
  readonly definition: AnyDefinition;
  readonly name: string;
  readonly methods: readonly Method[];
  readonly mailboxMessages: number;
  readonly isReentrant: boolean;
  /** Of the constructor's arguments. */
  readonly transferArgs: Transfer | undefined;
}

export function protocolOf(definition: AnyDefinition, mode: TransferMode): Protocol {
  const { overflow = "wait", mailboxMessages = mailboxMessagesDefault, reentrant = false } = definition;
  return {
    definition,
    name: definition.name,
    methods: definition.methods.map((method, index) =>
      methodOf(method, index, {
        overflow: method.overflow ?? overflow,
        deadlineMs: method.deadlineMs ?? deadlineDefaultMs,
        transfer: transferOf(method.parameters, mode),
        transferResult: transferOf(method.result, mode),
      }),
    ),
    mailboxMessages,
    isReentrant: reentrant,
    transferArgs: transferOf(definition.args, mode),
  };
}
