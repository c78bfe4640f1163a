// `hewn decode`: says what is in a message: its value by a type of the project, or what MessagePack it is.
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { rankTypes } from "../decode/fitting-types.ts";
import { type Input, readInput, type SourceOptions } from "../decode/input/source.ts";
import { jsonText, type ReportedMessage } from "../decode/json-report.ts";
import type { Message, MessageError } from "../decode/message.ts";
import { loadTypes, type ProjectType, type ProjectTypes } from "../decode/project-types.ts";
import { DecodeRun, type Extract } from "../decode/run.ts";
import { excerptOf, sayError, tableOf } from "../decode/text-report.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { list } from "../wording.ts";

export interface DecodeFlags extends CommonOptions, SourceOptions {
  readonly type?: string;
  readonly guess?: boolean;
  readonly annotate?: boolean;
  readonly all?: boolean;
  readonly offset?: string;
  readonly length?: string;
}

/** What is decoded, and by which type. */
interface Task {
  readonly input: Input;
  readonly extract: Extract;
  readonly type: ProjectType | undefined;
  /** Undefined where no project was looked at. */
  readonly types: ProjectTypes | undefined;
}

/** Fitting types that are named. */
const fittingMax = 5;

export async function decode(
  inputs: readonly string[],
  flags: DecodeFlags,
  context: Context,
): Promise<ExitCode> {
  const task = await taskOf(inputs, flags, context);
  if (!flags.quiet && !flags.json)
    for (const note of task.input.notes) context.terminal.err(`hewn: note: ${note}`);
  const run = new DecodeRun(task.extract, task.type);
  const error = flags.json ? reportJson(run, task, flags, context) : reportText(run, task, flags, context);
  const isGuessed = !flags.guess || task.type !== undefined;
  return error === undefined && isGuessed ? exitCode.ok : exitCode.findings;
}

async function taskOf(inputs: readonly string[], flags: DecodeFlags, context: Context): Promise<Task> {
  if (flags.type !== undefined && flags.guess)
    throw new ConfigurationError("--type and --guess exclude each other.");
  const input = await readInput(inputs, flags, context);
  const extract = extractOf(input, flags);
  if (flags.type === undefined && !flags.guess) return { input, extract, type: undefined, types: undefined };
  const types = await loadTypes(flags, context);
  const type = flags.type === undefined ? guess(extract, types, flags, context) : types.find(flags.type);
  return { input, extract, type, types };
}

function extractOf({ bytes, from }: Input, { offset, length }: DecodeFlags): Extract {
  if (bytes.length === 0) throw new ConfigurationError(`There are no bytes in ${from}.`);
  const start = wholeNumber("--offset", offset) ?? 0;
  if (start >= bytes.length)
    throw new ConfigurationError(
      `--offset ${offset} lies behind the input, which has ${bytes.length} bytes.`,
    );
  const wanted = wholeNumber("--length", length);
  if (wanted === 0) throw new ConfigurationError("--length 0 leaves nothing to decode.");
  return { bytes, start, end: Math.min(bytes.length, start + (wanted ?? bytes.length)) };
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^(?:\d{1,15}|0x[0-9a-f]{1,12})$/i.test(text)) return Number(text);
  throw new ConfigurationError(`${option} takes a number of bytes, such as 64 or 0x40; not ${text}.`);
}

/** The type that explains most; undefined when none fits. */
function guess(
  { bytes, start, end }: Extract,
  types: ProjectTypes,
  flags: DecodeFlags,
  { terminal }: Context,
): ProjectType | undefined {
  const ranked = rankTypes(bytes.subarray(start, end), types.tagged);
  const least = (ranked[0]?.explainedBytes ?? 0) / 2;
  const fitting = ranked.filter(({ fits, explainedBytes }) => fits && explainedBytes >= least);
  const [best, ...others] = fitting.map(({ type }) => type);
  if (flags.json) return best;
  if (best !== undefined) {
    const too = others.length === 0 ? "" : `; ${named(others)} would fit too`;
    terminal.err(`hewn: read as ${best.full}${too}`);
    return best;
  }
  const nearest = ranked
    .slice(0, 3)
    .map(({ type, explainedBytes }) => `${type.full} up to offset ${start + explainedBytes}`);
  terminal.err(
    `hewn: no type of the project fits${nearest.length === 0 ? "" : `; the nearest: ${list(nearest)}`}`,
  );
  return undefined;
}

function named(types: readonly ProjectType[]): string {
  const shown = types.slice(0, fittingMax).map(({ full }) => full);
  return types.length > fittingMax ? `${list(shown)} and ${types.length - fittingMax} more` : list(shown);
}

function reportText(
  run: DecodeRun,
  task: Task,
  flags: DecodeFlags,
  context: Context,
): MessageError | undefined {
  const { terminal } = context;
  const output = new Lines((text) => terminal.out(text));
  let last: Message | undefined;
  let which = 0;
  for (const message of run.messages(flags.all === true)) {
    last = message;
    which++;
    output.add(
      linesOf(run, message, { flags, isTyped: task.type !== undefined, which, width: terminal.width }),
    );
  }
  output.flush();
  const error = last?.error ?? (last && run.trailing(last));
  if (last === undefined || error === undefined) return undefined;
  sayError(error, flags.all ? which : undefined, task.input, context);
  if (task.type !== undefined && !flags.annotate && last.error !== undefined)
    terminal.err(["  Understood before it:", ...excerptOf(run, last, terminal.errWidth)].join("\n"));
  if (error.code === "trailingBytes" && !flags.all)
    terminal.err("  --all decodes what follows as further messages.");
  const fitting = otherTypes(task, last);
  if (fitting.length > 0) terminal.err(`  It would fit: ${named(fitting)}.`);
  return error;
}

interface Manner {
  readonly flags: DecodeFlags;
  readonly isTyped: boolean;
  readonly which: number;
  readonly width: number | undefined;
}

/** What stdout says of one message: its value, the table of its items, or both where there is no type. */
function linesOf(
  run: DecodeRun,
  message: Message,
  { flags, isTyped, which, width }: Manner,
): readonly string[] {
  const value = message.json === undefined ? [] : [message.json];
  if (isTyped && !flags.annotate) return value;
  const table = [...(which > 1 ? [""] : []), ...tableOf(run, message, width)];
  if (flags.annotate || value.length === 0) return table;
  return [...table, "", ...value];
}

/** Types that the message would be a whole value of. */
function otherTypes({ extract, types, type }: Task, { offset, error }: Message): readonly ProjectType[] {
  if (types === undefined || error === undefined) return [];
  const others = types.tagged.filter((each) => each !== type);
  const ranked = rankTypes(extract.bytes.subarray(offset, extract.end), others);
  // What explains less than the type that was named only fits because it skips the rest.
  const better = ranked.filter(({ fits, explainedBytes }) => fits && explainedBytes > error.offset - offset);
  return better.map((each) => each.type);
}

function reportJson(
  run: DecodeRun,
  task: Task,
  flags: DecodeFlags,
  { terminal, elapsedMs }: Context,
): MessageError | undefined {
  const messages: ReportedMessage[] = [];
  for (const message of run.messages(flags.all === true)) {
    const isShown = flags.annotate || message.error !== undefined;
    messages.push(isShown ? { message, items: run.items(message) } : { message });
  }
  const last = messages.at(-1)?.message;
  const error = last?.error ?? (last && run.trailing(last));
  const fitting = last?.error === undefined || task.types === undefined ? undefined : otherTypes(task, last);
  const report = {
    input: task.input,
    ...(task.type && { type: task.type.full }),
    ...(fitting && { fitting: fitting.map(({ full }) => full) }),
    messages,
    ...(error && { error }),
    ms: elapsedMs(),
  };
  terminal.out(jsonText(report));
  return error;
}

/** Lines written some thousand characters at a time: messages can be many and short. */
class Lines {
  readonly #write: (text: string) => void;
  #lines: string[] = [];
  #length = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(lines: readonly string[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#length += line.length;
    }
    if (this.#length > 65_536) this.flush();
  }

  flush(): void {
    if (this.#lines.length > 0) this.#write(this.#lines.join("\n"));
    this.#lines = [];
    this.#length = 0;
  }
}
