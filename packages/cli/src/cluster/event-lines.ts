// What happens in a cluster, a line for each thing.
import type { EventReport } from "@hewn/runtime/node";
import type { Terminal } from "../terminal.ts";
import { clockTime } from "./durations.ts";
import { statusStyle } from "./status-style.ts";
import { addressText, causeOf, Names } from "./words.ts";

export class EventLines {
  readonly names: Names = new Names();
  readonly #terminal: Terminal;
  readonly #stream: "out" | "err";

  constructor(terminal: Terminal, stream: "out" | "err") {
    this.#terminal = terminal;
    this.#stream = stream;
  }

  /** Undefined for what is not worth a line. */
  of(event: EventReport): string | undefined {
    if (event.kind === "missed") return `${event.count} events came too fast to be told`;
    const time = clockTime(event.msAgo, Date.now());
    switch (event.kind) {
      case "status":
        return `${time}  ${this.#status(event)}`;
      case "metadata":
        return this.#named(event, time);
      case "reborn": {
        const accusers = event.accusers.length === 0 ? "others" : this.names.all(event.accusers);
        return `${time}  this node was declared dead by ${accusers}, and goes on as a new instance`;
      }
      case "standDown":
        return `${time}  this node is on the side of a partition that is to give way`;
      case "left":
        return `${time}  this node has left`;
      default:
        return event satisfies never;
    }
  }

  /** Who joins is heard of before it has said what it is called. */
  #named({ member, name }: EventReport & { readonly kind: "metadata" }, time: string): string | undefined {
    const was = this.names.of(member);
    this.names.learn(member, name);
    const is = this.names.of(member);
    return was === is ? undefined : `${time}  ${is}  ${addressText(member)}  tells its name`;
  }

  #status(event: EventReport & { readonly kind: "status" }): string {
    this.names.learn(event.member, event.name);
    const who = this.names.of(event.member);
    const address = addressText(event.member);
    const style = statusStyle(this.#terminal, this.#stream);
    const was = event.was === undefined ? "" : `${event.was} -> `;
    const cause = causeOf(event, event.member, this.names);
    return `${who === address ? "" : `${who}  `}${address}  ${was}${style(event.status)}  (${cause})`;
  }
}
