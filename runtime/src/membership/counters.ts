// What was refused, survived or bounded, counted: nothing of it is silent.

/** Totals since the start. */
export interface Counters {
  messagesSent: number;
  probesSent: number;
  /** Of this node, before its round ended. */
  probesFailed: number;
  /** A member answered others where it had not answered this node. */
  indirectlySaved: number;
  suspicionsRaised: number;
  /** A suspicion that this node knew of, refuted by its member. */
  suspicionsRefuted: number;
  /** Accusations of this node, refuted by it. */
  selfRefuted: number;
  /** Accusations that were not made: the member had been heard. */
  spared: number;
  /** Accusations that were not made: this node had been stalled. */
  muted: number;
  stalls: number;
  /** Full syncs that told this node something new. */
  syncsUseful: number;
  rebirths: number;
  /** Claims refused for what they say: names, lengths, incarnations, age. */
  updatesRefused: number;
  /** Members refused because the table was full. */
  membersRefused: number;
  /** Somebody else raised this node's incarnation, or said that it had left. */
  forgeries: number;
  /** Messages of instances that are final. */
  fromFenced: number;
  relaysRefused: number;
}

export function newCounters(): Counters {
  return {
    messagesSent: 0,
    probesSent: 0,
    probesFailed: 0,
    indirectlySaved: 0,
    suspicionsRaised: 0,
    suspicionsRefuted: 0,
    selfRefuted: 0,
    spared: 0,
    muted: 0,
    stalls: 0,
    syncsUseful: 0,
    rebirths: 0,
    updatesRefused: 0,
    membersRefused: 0,
    forgeries: 0,
    fromFenced: 0,
    relaysRefused: 0,
  };
}
