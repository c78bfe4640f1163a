// `hewn explain`: the rule behind a diagnostic, in words. Loads no compiler.
import { catalog, examples, failures, sampleText } from "@hewn/plugin";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly rule?: string;
  readonly message: string;
  readonly fix?: string;
  /** A module that is refused with the code, and the same one corrected. */
  readonly example?: { readonly wrong: string; readonly right: string };
}

/** Refused types, and what stops hewn inside a compiler; the messages of those say all there is. */
const explanations: readonly Explanation[] = [
  ...catalog.map(({ code, title, rule, says, fix }) => {
    const message = `'<path to the declaration>' ${withPlaceholders(says)}`;
    const { wrong, right } = examples[code];
    const example = { wrong: sampleText(wrong), right: sampleText(right) };
    return { code, title, rule, message, fix: withPlaceholders(fix), example };
  }),
  ...Object.entries(failures).map(([title, { code, says }]) => ({
    code,
    title,
    message: withPlaceholders(says),
  })),
];

export async function explain(
  given: string | undefined,
  options: CommonOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  const found = given === undefined ? explanations : [find(given)];
  if (options.json) terminal.out(JSON.stringify({ ok: true, diagnostics: found }));
  else if (given === undefined)
    for (const { code, title } of found) terminal.out(`${terminal.styleOut("bold", code)}  ${title}`);
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

function inWords({ code, title, rule, message, fix, example }: Explanation, { terminal }: Context): string {
  const heading = (text: string) => terminal.styleOut("bold", text);
  return [
    `${heading(code)}  ${title}`,
    "",
    ...(rule === undefined ? [] : [`${heading("Why:")}      ${rule}`]),
    `${heading("Reported:")} ${message}`,
    ...(fix === undefined ? [] : [`${heading("Fix:")}      ${fix}`]),
    ...(example === undefined
      ? []
      : [
          "",
          heading("Refused:"),
          ...indented(example.wrong),
          "",
          heading("Accepted:"),
          ...indented(example.right),
        ]),
  ].join("\n");
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => (line === "" ? "" : `  ${line}`));
}

/** `{type}`, which stands for what was found, as `<type>`. */
function withPlaceholders(text: string): string {
  return text.replace(/\{(\w+)\}/g, "<$1>");
}
