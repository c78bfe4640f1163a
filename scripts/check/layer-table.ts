// The one table of who may import whom. A layer may import the layers it stands on and what those stand on, itself,
// and nothing else; docs/ARCHITECTURE.md explains it in words.

export interface Layer {
  readonly name: string;
  /** Folders (ending in a slash) and files; the longest match decides where a file belongs. */
  readonly files: readonly string[];
  /** The layers directly beneath. `type x` allows only `import type`, and only to this layer itself. */
  readonly on: readonly string[];
  /** Packages of others. `type x` allows only what is erased; `node:x` one module of Node. */
  readonly packages?: readonly string[];
  /** The packages, `node:` modules and globals that single files take besides. */
  readonly exceptions?: Readonly<Record<string, readonly string[]>>;
  /** A folder that tools write and git does not know; what is imported from there is not looked for. */
  readonly made?: string;
  /** Does input and output: sockets, timers, clocks, randomness, `process` and every `node:` module. */
  readonly host?: true;
}

export const layers: readonly Layer[] = [
  { name: "schema", files: ["packages/schema/src/"], on: [], packages: ["@noble/hashes"] },

  { name: "plugin names", files: ["plugin/src/codec-path.ts", "plugin/src/codec-names.ts"], on: [] },
  {
    name: "plugin diagnostic",
    files: ["plugin/src/diagnostic/"],
    on: ["schema"],
    packages: ["type typescript"],
  },
  {
    name: "plugin check",
    files: ["plugin/src/check/"],
    on: ["plugin diagnostic", "schema", "plugin names"],
    packages: ["type typescript"],
  },
  {
    name: "plugin analyze",
    files: ["plugin/src/analyze/"],
    on: ["plugin check"],
    packages: ["type typescript"],
  },
  {
    name: "plugin fix",
    files: ["plugin/src/fix/"],
    on: ["plugin diagnostic"],
    packages: ["type typescript"],
  },
  {
    name: "plugin emit",
    files: ["plugin/src/emit/"],
    on: ["schema", "plugin names", "type runtime codec", "type runtime actors"],
  },
  {
    name: "plugin core",
    files: ["plugin/src/"],
    on: ["plugin analyze", "plugin emit"],
    packages: ["type typescript"],
  },
  {
    name: "plugin fronts",
    files: [
      "plugin/src/index.ts",
      "plugin/src/transformer.ts",
      "plugin/src/transformer/",
      "plugin/src/esbuild.ts",
      "plugin/src/bundler/",
      "plugin/src/language-service.ts",
      "plugin/src/editor/",
      "plugin/src/lock-file.ts",
      "plugin/src/lock-text.ts",
      "plugin/src/references/",
      "plugin/src/tspc/",
    ],
    on: ["plugin core", "plugin fix"],
    packages: ["typescript", "type esbuild"],
    host: true,
  },
  {
    name: "cli",
    files: ["packages/cli/src/"],
    // `hewn decode` reads with the primitives that codecs read with, so that their verdicts are the same; `hewn keygen`
    // makes what nodes take.
    on: ["plugin fronts", "runtime codec", "runtime node"],
    packages: ["chokidar", "commander", "ts-morph", "type typescript"],
    host: true,
  },

  {
    name: "runtime types",
    files: ["runtime/src/copy-of.ts", "runtime/src/numbers.ts", "runtime/src/immutable.ts"],
    on: [],
  },
  {
    name: "runtime codec",
    files: ["runtime/src/codec/"],
    on: ["runtime types"],
    // The condition `node` of `#text`: the same primitives on Node's own buffers.
    exceptions: {
      "runtime/src/codec/text.node.ts": ["Buffer"],
      "runtime/src/codec/text-window.node.ts": ["Buffer"],
      "runtime/src/codec/wide-text.node.ts": ["Buffer", "process"],
    },
  },
  { name: "runtime transport", files: ["runtime/src/transport/"], on: ["runtime codec"] },
  { name: "runtime membership", files: ["runtime/src/membership/"], on: ["runtime codec"] },
  { name: "runtime actors", files: ["runtime/src/actors/"], on: ["runtime codec"] },
  { name: "runtime supervision", files: ["runtime/src/supervision/"], on: ["runtime actors"] },
  {
    name: "runtime remote",
    files: ["runtime/src/remote/"],
    on: ["runtime supervision", "runtime membership", "runtime transport"],
  },
  { name: "runtime registry", files: ["runtime/src/registry/"], on: ["runtime transport"] },
  { name: "runtime cluster", files: ["runtime/src/cluster/"], on: ["runtime remote", "runtime registry"] },
  { name: "runtime", files: ["runtime/src/index.ts"], on: ["runtime cluster"] },
  { name: "runtime node", files: ["runtime/src/node/"], on: ["runtime cluster"], host: true },
  { name: "runtime simulation", files: ["runtime/src/simulation/"], on: ["runtime cluster"] },
  {
    // Threads, real time, and what stands between simulated code and the real world.
    name: "runtime simulation threads",
    files: ["runtime/src/simulation/worker/", "runtime/src/simulation/kit/"],
    on: ["runtime simulation"],
    host: true,
  },
  {
    name: "runtime simulation face",
    files: ["runtime/src/simulation/index.ts"],
    on: ["runtime simulation threads"],
  },

  {
    name: "scripts",
    files: ["scripts/", "fixtures/"],
    on: ["cli", "runtime node", "runtime simulation face", "runtime"],
    host: true,
  },
  {
    name: "bench peers",
    files: ["scripts/bench/peers/"],
    on: [],
    made: "scripts/bench/peers/.build/",
    packages: [
      "@bufbuild/protobuf",
      "@furyjs/fury",
      "@msgpack/msgpack",
      "avsc",
      "bebop",
      "cbor-x",
      "msgpackr",
      "pbf",
      "protobufjs",
      "schemapack",
    ],
    host: true,
  },
  {
    name: "network bench peers",
    files: ["scripts/bench/net/peers/"],
    on: [],
    made: "scripts/bench/net/peers/.build/",
    packages: [
      "@grpc/grpc-js",
      "@grpc/proto-loader",
      "@nats-io/transport-node",
      "moleculer",
      "msgpackr",
      "nact",
      "ws",
    ],
    host: true,
  },
];

/** A file that is named in the table takes its test along. */
function testOf(file: string): string {
  return file.replace(/\.ts$/, ".test.ts");
}

/** The layer of a file, by the longest entry of the table that covers it. */
export function layerOf(table: readonly Layer[], file: string): Layer | undefined {
  let best: Layer | undefined;
  let length = -1;
  for (const layer of table) {
    for (const entry of layer.files) {
      const covers = entry.endsWith("/") ? file.startsWith(entry) : file === entry || file === testOf(entry);
      if (covers && entry.length > length) {
        best = layer;
        length = entry.length;
      }
    }
  }
  return best;
}

/** Everything a layer may import: itself and, all the way down, what it stands on. */
export function reach(table: readonly Layer[], layer: Layer): ReadonlySet<string> {
  const names = new Set<string>();
  const queue = [layer.name];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    queue.push(...(table.find((candidate) => candidate.name === name)?.on ?? []));
  }
  return names;
}
