// `hewn explain`: the rule behind a diagnostic, in words. Loads no compiler.
import { type CatalogEntry, catalog } from "@hewn/plugin";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export async function explain(
  given: string | undefined,
  options: CommonOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  if (given === undefined) {
    if (options.json) terminal.out(JSON.stringify({ ok: true, diagnostics: catalog.map(plain) }));
    else for (const { code, title } of catalog) terminal.out(`${terminal.styleOut("bold", code)}  ${title}`);
    return exitCode.ok;
  }
  const entry = find(given);
  if (options.json) terminal.out(JSON.stringify({ ok: true, diagnostics: [plain(entry)] }));
  else terminal.out(inWords(entry, context));
  return exitCode.ok;
}

/** Takes what people copy: the code in any case, its number alone, the number that tsc prints, or the title. */
function find(given: string): CatalogEntry {
  const number = /^(?:hewn|ts90)?(\d{4})$/i.exec(given)?.[1];
  const entry = catalog.find(({ code, title }) => code === `HEWN${number}` || title === given.toLowerCase());
  if (entry) return entry;
  throw new ConfigurationError(`There is no diagnostic ${given}.`, {
    fix: "`hewn explain` lists them all.",
  });
}

function inWords({ code, title, rule, says, fix }: CatalogEntry, { terminal }: Context): string {
  const heading = (text: string) => terminal.styleOut("bold", text);
  return [
    `${heading(code)}  ${title}`,
    "",
    `${heading("Why:")}      ${rule}`,
    `${heading("Reported:")} '<path to the declaration>' ${withPlaceholders(says)}`,
    `${heading("Fix:")}      ${withPlaceholders(fix)}`,
  ].join("\n");
}

function plain({ code, title, rule, says, fix }: CatalogEntry): object {
  return { code, title, rule, message: withPlaceholders(says), fix: withPlaceholders(fix) };
}

/** `{type}`, which stands for what was found, as `<type>`. */
function withPlaceholders(text: string): string {
  return text.replace(/\{(\w+)\}/g, "<$1>");
}
