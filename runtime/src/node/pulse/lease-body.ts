// What threads say to each other about leases, beside the pulse: in the bodies of a question and of its answer.

const kind = 1;
const questionBytes = 17;
const answerBytes = 5;

export interface LeaseQuestion {
  /** Of the node that holds the lease: which one it is about. */
  readonly instance: bigint;
  readonly term: number;
  /** For how long from now on it would run children. */
  readonly forMs: number;
}

export function writeLeaseQuestion({ instance, term, forMs }: LeaseQuestion): Uint8Array {
  const body = Buffer.alloc(questionBytes);
  body.writeUInt8(kind, 0);
  body.writeBigUInt64BE(instance, 1);
  body.writeUInt32BE(term, 9);
  body.writeUInt32BE(forMs, 13);
  return body;
}

/** Undefined where it asks for nothing, or for something that this version does not know. */
export function readLeaseQuestion(bytes: Uint8Array): LeaseQuestion | undefined {
  if (bytes.length !== questionBytes || bytes[0] !== kind) return undefined;
  const body = Buffer.from(bytes);
  return {
    instance: body.readBigUInt64BE(1),
    term: body.readUInt32BE(9),
    forMs: body.readUInt32BE(13),
  };
}

/** How long is granted; 0: nothing. */
export function writeLeaseAnswer(forMs: number): Uint8Array {
  const body = Buffer.alloc(answerBytes);
  body.writeUInt8(kind, 0);
  body.writeUInt32BE(forMs, 1);
  return body;
}

/** 0 where nothing was granted, be it because the other one knows of no leases. */
export function readLeaseAnswer(bytes: Uint8Array): number {
  return bytes.length === answerBytes && bytes[0] === kind ? Buffer.from(bytes).readUInt32BE(1) : 0;
}
