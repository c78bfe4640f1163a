// What happens in a cluster, a line for each thing.
import { type EventReport, printable } from "@hewn/runtime/node";
import type { Terminal } from "../terminal.ts";
import { list } from "../wording.ts";
import { clockTime, shortTime } from "./durations.ts";
import { statusStyle } from "./status-style.ts";
import { causeText } from "./tree-view.ts";
import { addressText, causeOf, Names } from "./words.ts";

/** The supervisors from the outermost on. */
export function pathText(path: readonly string[]): string {
  return path.map((name) => printable(name)).join("/");
}

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
      case "restarting": {
        const { children, more, cause, afterMs } = event;
        const names = list([...children.map((name) => printable(name)), more > 0 && `${more} more`]);
        const wait = afterMs > 0 ? ` in ${shortTime(afterMs)}` : "";
        return `${time}  ${pathText(event.path)}  restarts ${names}${wait} (${causeText("", cause)})`;
      }
      case "supervisorFailed": {
        const { failure, cause, path } = event;
        const why = failure === "startFailed" ? "a child could not be started" : "too many restarts";
        return `${time}  ${pathText(path)}  gave up, ${why} (${causeText("", cause)})`;
      }
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
