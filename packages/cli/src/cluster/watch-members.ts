// `hewn members --watch`: on a terminal the table as it changes, with the last events below; elsewhere a line an event.
import { ControlError, type ControlReply, type MemberReport } from "@hewn/runtime/node";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { until } from "../interrupt.ts";
import { answerOf } from "./answer.ts";
import { EventLines } from "./event-lines.ts";
import { jsonEvent } from "./json-event.ts";
import { LiveScreen } from "./live-screen.ts";
import { jsonMember, jsonNode, memberLines, sorted, summaryOf } from "./members-view.ts";
import type { MembersOptions, Reached } from "./reach.ts";
import { safeJson } from "./safe-json.ts";

/** Between two looks at round trips and lags, in milliseconds. */
const refreshMs = 1_000;

/** Events below the table. */
const eventsShown = 8;

/** Ends by Ctrl-C, or when the node leaves, with 0. */
export async function watchMembers(
  reached: Reached,
  options: MembersOptions,
  context: Context,
): Promise<ExitCode> {
  const watching = new Watching(reached, options, context);
  await until(watching.run(), () => watching.close());
  return exitCode.ok;
}

class Watching {
  readonly #reached: Reached;
  readonly #options: MembersOptions;
  readonly #context: Context;
  readonly #lines: EventLines;
  readonly #isLive: boolean;
  readonly #events: string[] = [];
  readonly #screen: LiveScreen;
  #hasLeft = false;
  #isClosed = false;
  #refresh: NodeJS.Timeout | undefined;
  #isAsking = false;

  constructor(reached: Reached, options: MembersOptions, context: Context) {
    this.#reached = reached;
    this.#options = options;
    this.#context = context;
    this.#lines = new EventLines(context.terminal, "out");
    this.#screen = new LiveScreen(context.terminal);
    this.#isLive = options.json !== true && context.terminal.width !== undefined;
  }

  async run(): Promise<void> {
    const { client } = this.#reached;
    const events = client.ask({ kind: "watch" });
    // What happens while the members are told comes behind them.
    const first = events.next();
    try {
      await this.#snapshot();
      if (this.#isLive) this.#refresh = setInterval(() => void this.#redraw(), refreshMs);
      for (let next = await first; !next.done; next = await events.next()) this.#take(next.value);
    } catch (error) {
      const isOver = this.#isClosed || this.#hasLeft;
      if (!(isOver && error instanceof ControlError)) throw error;
    } finally {
      clearInterval(this.#refresh);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#refresh);
    await this.#reached.client.close();
  }

  async #snapshot(): Promise<void> {
    const { terminal } = this.#context;
    const { node, members: answers } = await answerOf(this.#reached.client, { kind: "members" });
    const members = answers.map(({ member }) => member);
    for (const { node, name } of members) this.#lines.names.learn(node, name);
    if (this.#options.json) {
      terminal.out(
        safeJson({ event: "members", node: jsonNode(node), members: sorted(members).map(jsonMember) }),
      );
    } else if (this.#isLive) this.#draw(members);
    else {
      terminal.out(memberLines(members, terminal, this.#options.all === true).join("\n"));
      terminal.out(`${summaryOf(members, this.#reached.name)}; Ctrl-C ends the watch`);
    }
  }

  #take(reply: ControlReply): void {
    if (reply.kind !== "event") return;
    const { event } = reply;
    if (event.kind === "left") this.#hasLeft = true;
    if (this.#options.json) return this.#context.terminal.out(safeJson(jsonEvent(event)));
    const line = this.#lines.of(event);
    if (line === undefined) return;
    if (!this.#isLive) return this.#context.terminal.out(line);
    this.#events.push(line);
    if (this.#events.length > eventsShown) this.#events.shift();
    void this.#redraw();
  }

  async #redraw(): Promise<void> {
    if (this.#isAsking || this.#isClosed) return;
    this.#isAsking = true;
    try {
      const { members } = await answerOf(this.#reached.client, { kind: "members" });
      if (!this.#isClosed) this.#draw(members.map(({ member }) => member));
    } catch (error) {
      // The watch itself says how it ended.
      if (!(error instanceof ControlError)) throw error;
    } finally {
      this.#isAsking = false;
    }
  }

  #draw(members: readonly MemberReport[]): void {
    const { terminal } = this.#context;
    const room = Math.max(3, (terminal.height ?? 24) - eventsShown - 4);
    const lines = [
      ...memberLines(members, terminal, this.#options.all === true, room),
      `${summaryOf(members, this.#reached.name)}; Ctrl-C ends the watch`,
      ...this.#events,
    ];
    this.#screen.draw(lines);
  }
}
