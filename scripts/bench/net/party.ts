// One process of a pair: a server or a client of one stack. Takes lines on its standard input and answers each with a
// line; net-bench.ts starts it.
//
// party.ts <server|client> <stack> <peers' folder> [address]
import { deepStrictEqual } from "node:assert";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { hewn, hewnAlone, hewnTls } from "./hewn.ts";
import { hewnActors } from "./hewn-actors.ts";
import { Counter, type Link, type RowName, type Stack } from "./link.ts";
import { everyOf, Load, type OperationName } from "./load.ts";
import { messagesOf } from "./messages.ts";
import { raw, rawTls, rawViews, rawWithCodecs } from "./raw.ts";

const own: Readonly<Record<string, Stack>> = {
  hewn,
  "hewn actors": hewnActors,
  "hewn tls": hewnTls,
  "hewn alone": hewnAlone,
  raw,
  "raw views": rawViews,
  "raw tls": rawTls,
  "raw with codecs": rawWithCodecs,
};

const [role, name = "", folder = "", address = ""] = process.argv.slice(2);

async function stackOf(): Promise<Stack> {
  const known = own[name];
  if (known !== undefined) return known;
  const module = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as { readonly stack: Stack };
  return module.stack;
}

/** Answers a command. */
type Commands = (words: readonly string[]) => Promise<string> | string;

async function server(): Promise<Commands> {
  const counter = new Counter();
  console.log(await (await stackOf()).serve(counter));
  return ([row, operation]) => {
    counter.begin(everyOf(row as RowName, operation as OperationName));
    return "ok";
  };
}

async function client(): Promise<Commands> {
  let load: Load | undefined;
  const link = await (await stackOf()).connect(address, {
    answered: (message) => load?.answered(message),
    ready: () => load?.pump(),
  });
  const running = new Load(link);
  load = running;
  console.log("ready");
  const inputs = new Map<RowName, readonly unknown[]>();
  return async ([row, operation, ms]) => {
    const ofRow = row as RowName;
    const inputsOfRow = inputs.get(ofRow) ?? nativesOf(link, ofRow);
    inputs.set(ofRow, inputsOfRow);
    if (operation === "check") return check(link, running, ofRow, inputsOfRow);
    const turn = { row: ofRow, operation: operation as OperationName, ms: Number(ms) };
    const { ns, messages } = await running.run(inputsOfRow, turn);
    return `${ns} ${messages}`;
  };
}

function nativesOf(link: Link, row: RowName): readonly unknown[] {
  return messagesOf(row).map((value) => (link.toNative ? link.toNative(row, value) : value));
}

/** Every object comes back as it was. */
async function check(link: Link, load: Load, row: RowName, inputs: readonly unknown[]): Promise<string> {
  const answers = await load.echo(inputs, row, (message) =>
    plain(link.fromNative ? link.fromNative(row, message) : message),
  );
  deepStrictEqual(answers, messagesOf(row).map(plain));
  return "ok";
}

/** Buffers and arrays of bytes are alike here. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const answer = await (role === "server" ? server() : client());
for await (const line of createInterface({ input: process.stdin })) {
  console.log(await answer(line.split(" ")));
}
process.exit();
