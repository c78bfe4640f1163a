import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { afterEdits, TsServer } from "./editor/ts-server.testing.ts";
import { TestProject, tsconfig } from "./tspc/project.testing.ts";

// Servers are processes of their own, and the machine may be busy.
jest.setTimeout(180_000);

const root = join(import.meta.dirname, "../..");
const compilers = { "TypeScript 6": "typescript", "TypeScript 5": "typescript-5" };
const plugin = { name: "@hewn/plugin/language-service" };
const transformer = { transform: "@hewn/plugin/transformer", transformProgram: true };

const order = `import type { Customer } from "./customer.js";

/** @wire */
export interface Order {
  readonly items: string[][];
  readonly customer: Customer;
}
`;
const customer = "export interface Customer {\n  name: string;\n}\n";

const running: TsServer[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(plugins: readonly object[], files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-editor-")));
  folders.push(folder);
  const compilerOptions = { module: "nodenext", target: "es2022", strict: true, types: [], plugins };
  const all = {
    "package.json": '{"type":"module"}',
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    "src/order.ts": order,
    "src/customer.ts": customer,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function serve(compiler: string, folder: string, flags: readonly string[] = []): TsServer {
  const server = new TsServer(compiler, folder, flags);
  running.push(server);
  return server;
}

describe.each(Object.entries(compilers))("in the language server of %s", (_, compiler) => {
  const installed = join(root, "node_modules", compiler);

  test("diagnostics are those of tspc, and go away as soon as the text is right", async () => {
    const folder = project([plugin, transformer]);
    const server = serve(installed, folder);
    const [file, other] = [join(folder, "src/order.ts"), join(folder, "src/customer.ts")];
    server.open(file);
    const [found = []] = await server.semanticErrors(file);
    expect(found.map(({ code, source, start, text }) => ({ code, source, start, text }))).toEqual([
      {
        code: 901102,
        source: "hewn",
        start: { line: 5, offset: 12 },
        text: "HEWN1102: 'Order.items' is a mutable array ('string[][]'). Fix: Write 'readonly string[][]'.",
      },
      {
        code: 901102,
        source: "hewn",
        start: { line: 5, offset: 12 },
        text: "HEWN1102: 'Order.items[]' is a mutable array ('string[]'). Fix: Write 'readonly string[]'.",
      },
      {
        code: 901101,
        source: "hewn",
        start: { line: 6, offset: 12 },
        text: "HEWN1101: 'Order.customer.name' can be assigned to; every property of a wire type is readonly. Fix: Write 'readonly name'.",
      },
    ]);
    expect(found.at(-1)?.relatedInformation).toMatchObject([
      { message: "'Order' is tagged @wire here", span: { file, start: { line: 4, offset: 18 } } },
      {
        message: "'Order.customer.name' is declared here",
        span: { file: other, start: { line: 2, offset: 3 } },
      },
    ]);

    server.replace(file, order.replace("string[][]", "readonly (readonly string[])[]"));
    server.open(other);
    server.replace(other, customer.replace("name", "readonly name"));
    expect(await server.semanticErrors(file, other)).toEqual([[], []]);
    server.replace(file, order.replace("string[][]", "any"));
    const [changed = []] = await server.semanticErrors(file);
    expect(changed.map(({ code }) => code)).toEqual([901201]);
  });

  test("what is wrong at calls of actors is said while it is there", async () => {
    const sends = `import type { ActorRef } from "@hewn/runtime";
import type { Worker } from "./worker.js";

export function send(worker: ActorRef<Worker>, amounts: number[]): void {
  worker.add(amounts);
}
`;
    const worker = `/** @actor */
export class Worker {
  add(amounts: readonly number[]): number {
    return amounts.length;
  }
}
`;
    const folder = project([plugin], { "src/worker.ts": worker, "src/sends.ts": sends });
    mkdirSync(join(folder, "node_modules/@hewn"), { recursive: true });
    symlinkSync(join(root, "runtime"), join(folder, "node_modules/@hewn/runtime"), "dir");
    const server = serve(installed, folder);
    const file = join(folder, "src/sends.ts");
    server.open(file);
    const [found] = await server.semanticErrors(file);
    expect(found?.map(({ code, start }) => ({ code, start }))).toEqual([
      { code: 901701, start: { line: 5, offset: 3 } },
      { code: 901702, start: { line: 5, offset: 14 } },
    ]);
    const mended = sends
      .replace("number[]", "readonly number[]")
      .replace("void", "unknown")
      .replace("  worker", "  return worker");
    server.replace(file, mended);
    expect(await server.semanticErrors(file)).toEqual([[]]);
  });

  test("a quick fix mends where the cause stands, and fix-all what the file reports", async () => {
    const folder = project([plugin]);
    const server = serve(installed, folder);
    const file = join(folder, "src/order.ts");
    server.open(file);
    const [found = []] = await server.semanticErrors(file);
    const last = found.at(-1);
    if (!last) throw new Error("nothing is reported");
    const fixes = await server.codeFixes(file, last);
    expect(fixes.map(({ description, fixId }) => ({ description, fixId }))).toEqual([
      { description: "Make 'name' readonly", fixId: "hewn" },
    ]);
    expect(fixes[0]?.changes).toEqual([
      {
        fileName: join(folder, "src/customer.ts"),
        textChanges: [{ start: { line: 2, offset: 3 }, end: { line: 2, offset: 3 }, newText: "readonly " }],
      },
    ]);
    const changes = await server.combinedFix(file, "hewn");
    const texts = changes.map(({ fileName, textChanges }) =>
      afterEdits(readFileSync(fileName, "utf8"), textChanges),
    );
    expect(texts).toEqual([
      order.replace("string[][]", "readonly (readonly string[])[]"),
      customer.replace("name", "readonly name"),
    ]);
    expect(await server.request<readonly string[]>("getSupportedCodeFixes", { file })).toEqual(
      expect.arrayContaining(["901101", "901401", "2304"]),
    );
  });

  test("an unreadable wire.lock and files without wire types disturb nothing", async () => {
    const folder = project([plugin], { "wire.lock": "{", "src/plain.ts": "export const a: string = 1;\n" });
    const server = serve(installed, folder);
    const [file, plain] = [join(folder, "src/order.ts"), join(folder, "src/plain.ts")];
    server.open(file);
    server.open(plain);
    const [found, others] = await server.semanticErrors(file, plain);
    expect(found).toHaveLength(3);
    expect(others?.map(({ code }) => code)).toEqual([2322]);
    expect(server.log).toContain("wire.lock");
  });
});

test("the packed package is found by the server that stands beside it", async () => {
  const folder = project([plugin]);
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@hewn"), { recursive: true });
  const workspaces = ["plugin", "packages/schema"].flatMap((name) => ["--workspace", name]);
  execFileSync("npm", ["pack", ...workspaces, "--loglevel=error", "--pack-destination", folder], {
    cwd: root,
    stdio: "pipe",
  });
  for (const tarball of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
    const name = /^hewn-(\w+)-/.exec(tarball)?.[1] ?? "";
    mkdirSync(join(modules, "@hewn", name));
    execFileSync("tar", [
      "-xzf",
      join(folder, tarball),
      "-C",
      join(modules, "@hewn", name),
      "--strip-components=1",
    ]);
  }
  mkdirSync(join(modules, "@noble"));
  symlinkSync(join(root, "node_modules/@noble/hashes"), join(modules, "@noble/hashes"), "dir");
  cpSync(join(root, "node_modules/typescript"), join(modules, "typescript"), { recursive: true });
  const server = serve(join(modules, "typescript"), folder);
  const file = join(folder, "src/order.ts");
  server.open(file);
  const [found] = await server.semanticErrors(file);
  expect(found?.map(({ code }) => code)).toEqual([901102, 901102, 901101]);
  expect(server.log).toContain("Plugin validation succeeded");
});

test("tspc passes over the entry of the editor", async () => {
  const compiled = new TestProject({
    "tsconfig.json": tsconfig({ plugins: [plugin, transformer] }),
    "src/order.ts": order.replace("string[][]", "string"),
    "src/customer.ts": customer,
  });
  try {
    const { code, output } = await compiled.compile("-p", ".");
    expect(code).toBe(2);
    expect(output.match(/TS\d+: HEWN\d+/g)).toEqual(["TS901101: HEWN1101"]);
  } finally {
    await compiled.close();
  }
});
