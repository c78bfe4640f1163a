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
  const view = new DataView(new ArrayBuffer(questionBytes));
  view.setUint8(0, kind);
  view.setBigUint64(1, instance);
  view.setUint32(9, term);
  view.setUint32(13, forMs);
  return new Uint8Array(view.buffer);
}

/** Undefined where it asks for nothing, or for something that this version does not know. */
export function readLeaseQuestion(bytes: Uint8Array): LeaseQuestion | undefined {
  if (bytes.length !== questionBytes || bytes[0] !== kind) return undefined;
  const view = viewOf(bytes);
  return { instance: view.getBigUint64(1), term: view.getUint32(9), forMs: view.getUint32(13) };
}

/** How long is granted; 0: nothing. */
export function writeLeaseAnswer(forMs: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(answerBytes));
  view.setUint8(0, kind);
  view.setUint32(1, forMs);
  return new Uint8Array(view.buffer);
}

/** 0 where nothing was granted, be it because the other one knows of no leases. */
export function readLeaseAnswer(bytes: Uint8Array): number {
  return bytes.length === answerBytes && bytes[0] === kind ? viewOf(bytes).getUint32(1) : 0;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
