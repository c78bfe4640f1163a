// The colour of a status: green for who is there, yellow for who may be, red for who is gone without having said so.
import type { Terminal } from "../terminal.ts";
import type { Status } from "./words.ts";

const styles = {
  alive: "green",
  stalled: "yellow",
  suspect: "yellow",
  unreachable: "magenta",
  frozen: "cyan",
  removed: "dim",
  dead: "red",
  left: "dim",
} as const;

/** Of `text`, which may be the status with more behind it. */
export function statusStyle(
  terminal: Terminal,
  stream: "out" | "err",
): (status: Status, text?: string) => string {
  return (status, text = status) =>
    stream === "out" ? terminal.styleOut(styles[status], text) : terminal.styleErr(styles[status], text);
}
