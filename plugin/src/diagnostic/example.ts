// The form of the examples that teach each code: a module that is refused, and the same one corrected.

export interface Sample {
  /** A whole module, without a line break at its end. */
  readonly text: string;
  /** Its name, where the name matters; `input.ts` otherwise. */
  readonly file?: string;
  /** Another file of the project, where it matters that there is one. */
  readonly beside?: string;
  /** What tsconfig.json sets besides strict options, where that matters, in its own words. */
  readonly options?: Readonly<Record<string, string | boolean>>;
  /** The module as it was when wire.lock was written, where a lock matters. */
  readonly locked?: string;
}

export interface Example {
  /** Refused with the code; nothing else is wrong with it. */
  readonly wrong: Sample;
  /** The same content in a form that crosses the wire. */
  readonly right: Sample;
}

/** An example of which nothing matters but the text. */
export function example(wrong: string, right: string): Example {
  return { wrong: { text: wrong.trim() }, right: { text: right.trim() } };
}

/** A sample as it is shown: what matters besides the text stands above it in comments. */
export function sampleText({ text, file, beside, options, locked }: Sample): string {
  const settings = Object.entries(options ?? {}).map(
    ([name, value]) => `"${name}": ${JSON.stringify(value)}`,
  );
  return [
    ...(file === undefined ? [] : [`// ${file}${beside === undefined ? "" : `, beside ${beside}`}`]),
    ...(settings.length === 0 ? [] : [`// tsconfig.json: ${settings.join(", ")}`]),
    ...(locked === undefined ? [] : lockedLines(locked, text)),
    text,
  ].join("\n");
}

function lockedLines(locked: string, text: string): readonly string[] {
  if (locked === text) return ["// wire.lock was written for this text"];
  return ["// wire.lock was written for:", ...locked.split("\n").map((line) => `// ${line}`)];
}
