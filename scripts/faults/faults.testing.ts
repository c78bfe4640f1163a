// What the fault proxy can do to the streams that go through it, and how it is told.

/** What happens to bytes on their way in one direction. */
export interface Faults {
  /** How long each byte takes, in milliseconds, beside what it takes anyway. */
  readonly delayMs: number;
  /** No more than this. */
  readonly bytesPerSecond: number;
  /** Every byte goes by itself. */
  readonly singleBytes: boolean;
  /**
   * - `forward`: bytes pass.
   * - `hold`: nothing arrives, and all of it does later, as when a cable is plugged in again in time.
   * - `discard`: bytes are taken and gone, and nobody learns of it: a black hole. Streams that lost bytes are never
   *   mended: they stay silent until they are reset.
   */
  readonly passage: "forward" | "hold" | "discard";
}

export const noFaults: Faults = {
  delayMs: 0,
  bytesPerSecond: Infinity,
  singleBytes: false,
  passage: "forward",
};

/** From who dialled the proxy to the target, or back. */
export type Direction = "there" | "back";

/** The two ends of a stream through the proxy. */
export type End = "dialler" | "target";

export type ProxyCommand =
  /** Where streams go from now on. */
  | { readonly kind: "aim"; readonly host: string; readonly port: number }
  /** In one direction or both, for streams that are open and for new ones. What is not named stays. */
  | { readonly kind: "faults"; readonly direction?: Direction; readonly faults: Partial<Faults> }
  /** No faults for new streams; held bytes go on. */
  | { readonly kind: "heal" }
  /** Both ends of all open streams get a reset, and live on. */
  | { readonly kind: "reset" }
  /** One end of all open streams is closed; the other is told nothing, and what it says is gone. */
  | { readonly kind: "halfOpen"; readonly closed: End }
  /** New streams are refused by the system, as by a machine where nobody listens; or taken again. */
  | { readonly kind: "refuse"; readonly refuses: boolean }
  /** Ends everything. */
  | { readonly kind: "close" };

/** What the proxy has seen. */
export interface ProxyCounts {
  /** Streams that were opened through it. */
  readonly streams: number;
  /** Of these, open at both ends now. */
  readonly open: number;
  /** Bytes that it has passed on, by direction. */
  readonly there: number;
  readonly back: number;
  /** Bytes that are gone. */
  readonly discarded: number;
}
