// `hewn explain`: the rule behind a diagnostic, in words. Loads no compiler.
import {
  type Case,
  type CatalogEntry,
  catalog,
  examples,
  failures,
  fill,
  reported,
  sampleText,
} from "@hewn/plugin";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly rule?: string;
  readonly message: string;
  /** Message and fix are those of the example. */
  readonly fix?: string;
  /** What else to write, where that depends on the case. */
  readonly cases?: readonly Case[];
  /** A module that is refused with the code, and the same one corrected. */
  readonly example?: { readonly wrong: string; readonly right: string };
}

/** Refused types, and what stops hewn inside a compiler; the messages of those say all there is. */
const explanations: readonly Explanation[] = [
  ...catalog.map(explanationOf),
  ...Object.entries(failures).map(([title, { code, says, example }]) => ({
    code,
    title,
    message: fill(says, example),
  })),
];

function explanationOf(entry: CatalogEntry): Explanation {
  const { code, title, rule, cases = [] } = entry;
  const { wrong, right } = examples[code];
  const example = { wrong: sampleText(wrong), right: sampleText(right) };
  return { code, title, rule, ...reported[code], ...(cases.length > 0 ? { cases } : {}), example };
}

export async function explain(
  given: string | undefined,
  options: CommonOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  const found = given === undefined ? explanations : [find(given)];
  if (options.json) terminal.out(JSON.stringify({ ok: true, diagnostics: found }));
  else if (given === undefined)
    for (const { code, title, rule, message } of found)
      terminal.out(`${terminal.styleOut("bold", code)}  ${title}: ${rule ?? message}`);
  else terminal.out(found.map((one) => inWords(one, context)).join("\n\n"));
  return exitCode.ok;
}

/** Takes what people copy: the code in any case, its number alone, the number that tsc prints, or the title. */
function find(given: string): Explanation {
  const number = /^(?:hewn|ts90)?(\d{4})$/i.exec(given)?.[1];
  const found = explanations.find(
    ({ code, title }) => code === `HEWN${number}` || title === given.toLowerCase(),
  );
  if (found) return found;
  const near = explanations.filter(({ title }) => title.includes(given.toLowerCase()));
  const meant = near.map(({ code, title }) => `${title} (${code})`).join(", ");
  throw new ConfigurationError(`There is no diagnostic ${given}.`, {
    fix: meant === "" ? "`hewn explain` lists them all." : `Did you mean ${meant}?`,
  });
}

function inWords(explanation: Explanation, { terminal }: Context): string {
  const { code, title, rule, message, fix, cases, example } = explanation;
  const heading = (text: string) => terminal.styleOut("bold", text);
  const block = (name: string, lines: readonly string[]) => ["", heading(name), ...lines];
  return [
    `${heading(code)}  ${title}`,
    "",
    ...(rule === undefined ? [] : [`${heading("Why:")}      ${rule}`]),
    `${heading("Reported:")} ${message}`,
    ...(fix === undefined ? [] : [`${heading("Fix:")}      ${fix}`]),
    ...(cases === undefined
      ? []
      : block(
          "By case:",
          cases.map(({ when, fix: own }) => `  ${when}: ${own}`),
        )),
    ...(example === undefined ? [] : block("Refused:", indented(example.wrong))),
    ...(example === undefined ? [] : block("Accepted:", indented(example.right))),
  ].join("\n");
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => (line === "" ? "" : `  ${line}`));
}
