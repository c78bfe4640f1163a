// What is done to a system in a run, and when: the form in which scenarios are written, chance makes plans, and
// findings are printed. One line an action:
//
//   machines a b c
//   0    connect a>b
//   100  send a>b pair=1 count=3 bytes=100
//   200  cut a,b<>c
//   250  crash b

/** Who an action is about. */
type Target = "machine" | "way" | "anywhere";

interface Form {
  readonly target: Target;
  /** The numbers that an action may name, with what they are where it does not. */
  readonly numbers: Readonly<Record<string, number>>;
}

const forms = {
  /** Starts a process where none runs. */
  start: { target: "machine", numbers: {} },
  /** Kills the process; its system closes what it had open. */
  crash: { target: "machine", numbers: {} },
  /** Ends the machine without a word to anybody. */
  "power-off": { target: "machine", numbers: {} },
  /** Stops the process, not its system, for so long; 0 is until `thaw`. */
  freeze: { target: "machine", numbers: { ms: 0 } },
  /** The same by code that computes: other threads of the process run on. */
  block: { target: "machine", numbers: { ms: 0 } },
  thaw: { target: "machine", numbers: {} },
  /** Refuses every dial from here on, until `accept`. */
  refuse: { target: "machine", numbers: {} },
  accept: { target: "machine", numbers: {} },
  /** Readers get pieces of at most so many bytes; 0 is as they come. */
  pieces: { target: "machine", numbers: { bytes: 1 } },
  /** Each stream is read at so many bytes a millisecond; 0 is without a limit. */
  reading: { target: "machine", numbers: { bytesPerMs: 1 } },
  /** Somebody who is no node opens a stream and says what no node would; `which` chooses what. */
  intrude: { target: "machine", numbers: { which: 0 } },
  /** Tells the process to leave as it would when it is stopped; it ends when it has done so. */
  leave: { target: "machine", numbers: {} },
  /** Tells the system that these are to know each other. */
  connect: { target: "way", numbers: {} },
  send: { target: "way", numbers: { pair: 0, count: 1, bytes: 10 } },
  /** Holds up everything that goes this way, for so long; 0 is until `heal`. */
  cut: { target: "way", numbers: { ms: 0 } },
  heal: { target: "way", numbers: {} },
  link: { target: "way", numbers: { latencyMs: 1, jitterMs: 0, bytesPerMs: 10_000 } },
  /** Breaks one of the connections between these, as both ends learn. */
  reset: { target: "way", numbers: { which: 0 } },
  /** Breaks one of the connections between these; only the first one learns of it. */
  "half-open": { target: "way", numbers: { which: 0 } },
  /** Nothing gets through one of the connections between these any more, and nobody learns of it. */
  blackhole: { target: "way", numbers: { which: 0 } },
  /** Takes every fault back and starts every machine that does not run. */
  calm: { target: "anywhere", numbers: {} },
} as const satisfies Readonly<Record<string, Form>>;

export type ActionKind = keyof typeof forms;
export const actionKinds = Object.keys(forms) as readonly ActionKind[];

export interface Action {
  readonly atMs: number;
  readonly kind: ActionKind;
  /** The machines that it is about, or from which. */
  readonly from: readonly string[];
  /** To which machines. */
  readonly to: readonly string[];
  /** Both ways. */
  readonly isMutual: boolean;
  /** Every number of its kind. */
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Plan {
  readonly machines: readonly string[];
  /** By time. */
  readonly actions: readonly Action[];
}

/** Says in its message which line of a plan is wrong, and how. */
export class PlanError extends Error {}

/** Every pair of machines that an action is about. */
export function waysOf({ from, to, isMutual }: Action): readonly (readonly [string, string])[] {
  const ways = from.flatMap((a) => to.map((b) => [a, b] as const));
  return isMutual ? ways.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]) : ways;
}

/** An action with the numbers that it does not name. */
export function action(
  atMs: number,
  kind: ActionKind,
  target: {
    readonly from?: readonly string[];
    readonly to?: readonly string[];
    readonly isMutual?: boolean;
  } = {},
  numbers: Readonly<Record<string, number>> = {},
): Action {
  const { from = [], to = [], isMutual = false } = target;
  return { atMs, kind, from, to, isMutual, numbers: { ...forms[kind].numbers, ...numbers } };
}

export function formatAction({ atMs, kind, from, to, isMutual, numbers }: Action): string {
  const form: Form = forms[kind];
  const target = form.target === "way" ? `${from.join()}${isMutual ? "<>" : ">"}${to.join()}` : from.join();
  const named = Object.entries(numbers).filter(([name, value]) => form.numbers[name] !== value);
  const words = [kind, target, ...named.map(([name, value]) => `${name}=${value}`)];
  return `${`${atMs}`.padEnd(6)} ${words.filter((word) => word !== "").join(" ")}`;
}

export function formatPlan({ machines, actions }: Plan): string {
  return [`machines ${machines.join(" ")}`, ...actions.map(formatAction)].join("\n");
}

/** @throws PlanError where a line is none of a plan, or names a machine that there is not */
export function parsePlan(text: string): Plan {
  let machines: readonly string[] | undefined;
  const actions: Action[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const words = line
      .replace(/#.*/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    try {
      if (machines === undefined) machines = parseMachines(words);
      else actions.push(parseAction(words, machines));
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      throw new PlanError(`line ${index + 1}: ${error.message}`);
    }
  }
  if (machines === undefined) throw new PlanError("a plan begins with a line `machines a b c`");
  return { machines, actions: actions.sort((a, b) => a.atMs - b.atMs) };
}

function parseMachines([word, ...machines]: readonly string[]): readonly string[] {
  if (word !== "machines") throw new PlanError("a plan begins with a line `machines a b c`");
  if (machines.length === 0) throw new PlanError("there is no machine");
  const wrong = machines.find((name) => !/^[a-z][a-z0-9]{0,30}$/.test(name));
  if (wrong !== undefined) throw new PlanError(`'${wrong}' is no name for a machine`);
  if (new Set(machines).size < machines.length) throw new PlanError("a machine is there twice");
  return machines;
}

function parseAction([time, word, ...rest]: readonly string[], machines: readonly string[]): Action {
  const atMs = Number(time);
  if (!(atMs >= 0)) throw new PlanError(`'${time}' is no time in milliseconds`);
  const kind = actionKinds.find((each) => each === word);
  if (kind === undefined) throw new PlanError(`'${word}' is no action: there are ${actionKinds.join(", ")}`);
  const form: Form = forms[kind];
  const target = form.target === "anywhere" ? {} : parseTarget(rest.shift(), form.target, machines);
  return action(atMs, kind, target, Object.fromEntries(rest.map((each) => parseNumber(each, kind))));
}

function parseTarget(word: string | undefined, target: Target, machines: readonly string[]) {
  const match = /^([a-z0-9,]+)(?:(<?>)([a-z0-9,]+))?$/.exec(word ?? "");
  const isWay = match?.[2] !== undefined;
  if (match === null || isWay !== (target === "way")) {
    throw new PlanError(`'${word ?? ""}' names no ${target === "way" ? "way, as a>b or a<>b" : "machine"}`);
  }
  const from = parseNames(match[1] ?? "", machines);
  return { from, to: isWay ? parseNames(match[3] ?? "", machines) : [], isMutual: match[2] === "<>" };
}

function parseNames(text: string, machines: readonly string[]): readonly string[] {
  const names = text.split(",");
  const wrong = names.find((name) => !machines.includes(name));
  if (wrong !== undefined) throw new PlanError(`there is no machine '${wrong}'`);
  return names;
}

function parseNumber(word: string, kind: ActionKind): readonly [string, number] {
  const [name = "", text = ""] = word.split("=");
  const value = Number(text);
  if (!Object.hasOwn(forms[kind].numbers, name)) throw new PlanError(`${kind} knows no '${name}'`);
  if (text === "" || !(value >= 0)) throw new PlanError(`'${text}' is no number for ${name}`);
  return [name, value];
}
