// Lines on a terminal that are drawn anew in their place.
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../terminal.ts";
import { cutTo, displayWidth } from "./display-width.ts";

export class LiveScreen {
  readonly #terminal: Terminal;
  #drawn = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** In the place of what was drawn last. */
  draw(lines: readonly string[]): void {
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A\r\u001b[J` : "";
    this.#drawn = lines.length;
    this.#terminal.out(up + lines.map((line) => cutLine(line, this.#terminal.width)).join("\n"));
  }
}

/** One line stays one line: what is drawn over it must know how many there are. One that is cut loses its colours. */
export function cutLine(line: string, width: number | undefined): string {
  if (width === undefined) return line;
  const plain = stripVTControlCharacters(line);
  return displayWidth(plain) <= width ? line : cutTo(plain, width);
}
