// `hewn tree --watch`: on a terminal the tree as it changes, with the last changes below; elsewhere a line a change.
import { ControlError } from "@hewn/runtime/node";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { until } from "../interrupt.ts";
import { type Answer, answerOf } from "./answer.ts";
import { clockTime } from "./durations.ts";
import { pathText } from "./event-lines.ts";
import { LiveScreen } from "./live-screen.ts";
import { jsonId, jsonNode } from "./members-view.ts";
import type { Reached, WatchOptions } from "./reach.ts";
import { safeJson } from "./safe-json.ts";
import { type TreeChange, TreeChanges } from "./tree-changes.ts";
import {
  answerText,
  causeText,
  jsonEntry,
  jsonForest,
  learnNames,
  summaryOf,
  treeLines,
} from "./tree-view.ts";
import { Names } from "./words.ts";

/** Between two looks, in milliseconds. */
const refreshMs = 1_000;

/** Changes below the tree. */
const changesShown = 8;

/** Ends by Ctrl-C, or when the node leaves, with 0. */
export async function watchTree(
  reached: Reached,
  options: WatchOptions,
  context: Context,
): Promise<ExitCode> {
  const watching = new Watching(reached, options, context);
  await until(watching.run(), () => watching.close());
  return exitCode.ok;
}

class Watching {
  readonly #reached: Reached;
  readonly #context: Context;
  readonly #isJson: boolean;
  readonly #isLive: boolean;
  readonly #screen: LiveScreen;
  readonly #names = new Names();
  readonly #changes = new TreeChanges();
  readonly #last: string[] = [];
  #isClosed = false;
  #hasLeft = false;
  #stopWaiting: () => void = () => {};

  constructor(reached: Reached, options: WatchOptions, context: Context) {
    this.#reached = reached;
    this.#context = context;
    this.#isJson = options.json === true;
    this.#isLive = !this.#isJson && context.terminal.width !== undefined;
    this.#screen = new LiveScreen(context.terminal);
  }

  async run(): Promise<void> {
    const events = this.#followNode();
    try {
      await this.#first();
      while (!this.#isOver) {
        await this.#pause();
        if (!this.#isOver) await this.#look();
      }
    } catch (error) {
      // A node that leaves may not get to say so to a question that is under way.
      if (!(error instanceof ControlError) || !(this.#isOver || (await events) === "left")) throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopWaiting();
    await this.#reached.client.close();
  }

  get #isOver(): boolean {
    return this.#isClosed || this.#hasLeft;
  }

  /** What happens to members is a reason to look at once. */
  async #followNode(): Promise<"left" | "lost"> {
    try {
      for await (const reply of this.#reached.client.ask({ kind: "watch" })) {
        if (reply.kind !== "event") continue;
        if (reply.event.kind === "left") this.#hasLeft = true;
        this.#stopWaiting();
        if (this.#hasLeft) return "left";
      }
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
    }
    return "lost";
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, refreshMs);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #ask(): Promise<Answer> {
    const answer = await answerOf(this.#reached.client, { kind: "tree" });
    learnNames(answer.forests, this.#names);
    return answer;
  }

  async #first(): Promise<void> {
    const { terminal } = this.#context;
    const { node, forests } = await this.#ask();
    this.#changes.take(forests);
    if (this.#isJson)
      terminal.out(safeJson({ event: "tree", node: jsonNode(node), nodes: forests.map(jsonForest) }));
    else if (this.#isLive) this.#draw(forests);
    else {
      terminal.out(treeLines(forests, this.#names, terminal).join("\n"));
      terminal.out(`${summaryOf(forests, this.#reached.name)}; Ctrl-C ends the watch`);
    }
  }

  async #look(): Promise<void> {
    const { terminal } = this.#context;
    const { forests } = await this.#ask();
    for (const change of this.#changes.take(forests)) {
      if (this.#isJson) terminal.out(safeJson(jsonChange(change)));
      else if (this.#isLive) this.#last.push(lineOf(change, this.#names));
      else terminal.out(lineOf(change, this.#names));
    }
    this.#last.splice(0, this.#last.length - changesShown);
    if (this.#isLive) this.#draw(forests);
  }

  #draw(forests: Answer["forests"]): void {
    const { terminal } = this.#context;
    const room = Math.max(3, (terminal.height ?? 24) - changesShown - 3);
    const lines = treeLines(forests, this.#names, terminal);
    const hidden = lines.length > room ? [`… and ${lines.length - room} more`] : [];
    const summary = `${summaryOf(forests, this.#reached.name)}; Ctrl-C ends the watch`;
    this.#screen.draw([...lines.slice(0, room), ...hidden, summary, ...this.#last]);
  }
}

/** A change as a line. */
export function lineOf(change: TreeChange, names: Names): string {
  if (change.kind === "answer") {
    const said = answerText(change.forest.answer) || "tells of its supervisors again";
    return `${clockTime(0, Date.now())}  ${names.of(change.forest.node)}  ${said}`;
  }
  const { at } = change;
  const who = `${names.of(at.node)}/${pathText(at.path)}`;
  const now = clockTime(0, Date.now());
  if (change.kind === "gone") return `${now}  ${who}  is gone`;
  const { is } = change;
  const where = is.node === undefined ? "" : ` on ${names.of(is.node)}`;
  if (change.kind === "appeared") return `${now}  ${who}  ${is.status}${where}`;
  if (change.kind === "changed") return `${now}  ${who}  ${change.was.status} -> ${is.status}${where}`;
  const { restarted } = is;
  const time = restarted === undefined ? now : clockTime(restarted.msAgo, Date.now());
  const why = restarted === undefined ? "" : `: ${causeText(is.name, restarted)}`;
  return `${time}  ${who}  generation ${is.generation} ${is.status}${where}${why}`;
}

function jsonChange(change: TreeChange): object {
  const at = new Date().toISOString();
  if (change.kind === "answer") {
    const { node, name, answer } = change.forest;
    return { event: "answer", at, ...jsonId(node), name, answer };
  }
  const place = { ...jsonId(change.at.node), path: change.at.path };
  const entry = change.kind === "gone" ? change.was : change.is;
  return { event: change.kind, at, ...place, ...jsonEntry(entry) };
}
