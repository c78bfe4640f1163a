// What can be wrong with a frame before anybody looks into it.

export type FrameErrorCode =
  /** The length field exceeds the limit that holds at this stage. */
  | "frameTooLong"
  /** The length is 0: there is not even a kind. */
  | "frameEmpty";

/** The byte stream cannot be cut into frames any further; the connection has to be closed. */
export class FrameError extends Error {
  override readonly name = "FrameError";
  readonly code: FrameErrorCode;
  /** What the length field said. */
  readonly length: number;

  constructor(code: FrameErrorCode, length: number, message: string) {
    super(message);
    this.code = code;
    this.length = length;
  }
}
