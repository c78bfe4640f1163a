// Why a connection is closed by one of its sides: the one table of names, numbers on the wire, and sentences.

/** Numbers are never given out twice. The sentence is what is said where there is nothing more precise to say. */
const table = {
  closing: [1, "The node closed the connection."],
  notHewn: [2, "The first bytes are not a Hewn handshake."],
  versionUnsupported: [3, "The two nodes have no version of the protocol in common."],
  selfConnect: [4, "The node reached itself."],
  malformed: [5, "A frame of the session could not be decoded."],
  frameTooLong: [6, "A frame is longer than what is allowed at this stage."],
  frameEmpty: [7, "A frame has no kind."],
  unexpectedFrame: [8, "A frame came that has no place at this stage, or of a kind that is not known."],
  handshakeTimedOut: [9, "The handshake was not finished in time."],
  unauthenticated: [10, "The node takes only peers that prove who they are."],
  dialLost: [11, "Another stream between the two nodes is or becomes this lane."],
  superseded: [12, "A later stream between the two nodes has become this lane."],
  replaced: [13, "Another start of the node at this address has taken its place."],
  creditExceeded: [14, "More was sent than what had been granted."],
  chunksMixedUp: [15, "Chunks came that make no message, or too many at a time."],
} as const satisfies Record<string, readonly [number: number, sentence: string]>;

export type GoAwayCode = keyof typeof table;

/** Every code, in the order of their numbers. */
export const goAwayCodes = Object.keys(table) as readonly GoAwayCode[];

export function goAwayNumber(code: GoAwayCode): number {
  return table[code][0];
}

export function goAwaySentence(code: GoAwayCode): string {
  return table[code][1];
}

/** The code of a number from the wire; undefined where a later version gave it out. */
export function goAwayCodeOf(number: number): GoAwayCode | undefined {
  return goAwayCodes.find((code) => table[code][0] === number);
}
