// What a person reads of a decoded input: values on stdout, what is wrong on stderr, and tables.
import { annotationTable } from "../annotate/annotation-table.ts";
import type { Context } from "../context.ts";
import { count } from "../wording.ts";
import type { Input } from "./input/source.ts";
import type { Message, MessageError } from "./message.ts";
import { culprit, type DecodeRun } from "./run.ts";

/** Of what was understood before an error, the last items are shown. */
const itemsShown = 20;

/** The items of a message in a table; the one that an error is about is marked. */
export function tableOf(run: DecodeRun, message: Message, width: number | undefined): readonly string[] {
  const items = run.items(message);
  const marked = message.error && culprit(items, message.error);
  return annotationTable(items, {
    ...(width !== undefined && { width }),
    ...(marked !== undefined && { marked }),
  });
}

/** The last items up to the one that the error is about. */
export function excerptOf(run: DecodeRun, message: Message, width: number | undefined): readonly string[] {
  const { error } = message;
  if (error === undefined) return [];
  const items = run.items(message);
  const end = culprit(items, error) + 1;
  const start = Math.max(0, end - itemsShown);
  const table = annotationTable(items.slice(start, end), {
    ...(width !== undefined && { width }),
    marked: end - 1 - start,
  });
  const above = start > 0 ? [`  … ${count(start, "item")} before these; --annotate shows all`] : [];
  return [...above, ...table];
}

/** Says why the input is not decoded whole. @param which the message's number, from 1, where there are several */
export function sayError(
  error: MessageError,
  which: number | undefined,
  input: Input,
  context: Context,
): void {
  const { terminal } = context;
  const number = which === undefined ? "" : `message ${which}: `;
  terminal.err(`${terminal.styleErr("red", "hewn:")} ${number}${error.message} (${error.code})`);
  if (error.missingBytes !== undefined) terminal.err(`  ${missingText(error.missingBytes, input)}`);
  terminal.err(
    `  The input: ${count(input.bytes.length, "byte")}, ${encodings[input.encoding]} ${input.from}.`,
  );
}

const encodings = {
  hex: "read as hex from",
  decimal: "read as decimal numbers from",
  base64: "read as base64 from",
  binary: "as they are in",
} as const;

function missingText(missing: number, input: Input): string {
  const text = `At least ${count(missing, "byte")} ${missing === 1 ? "is" : "are"} missing`;
  return missing > 16 * input.bytes.length + 65_536
    ? `${text}: a length is damaged, or this is no message.`
    : `${text}.`;
}
