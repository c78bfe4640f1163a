// The esbuild plugin over an injected core: imports of codecs are resolved by their sources, generated when they are
// loaded, and generated again when a file changes that only their types depend on.
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type {
  OnEndResult,
  OnLoadResult,
  OnResolveArgs,
  OnResolveResult,
  PartialMessage,
  Plugin,
  PluginBuild,
} from "esbuild";
import type ts from "typescript";
import { bearsHeader, codecPath, isCodecPath, sourcePathOf } from "../codec-path.ts";
import { UnreadableLock } from "../lock-text.ts";
import { CodecNotWritten, readIfPresent } from "./codec-file.ts";
import { codecFile, codecImport, codecSpecifier, isPath, sourceSpecifier } from "./codec-import.ts";
import { CodecLoader, type Generate, type LoadedCodec } from "./codec-loader.ts";
import { CompilerMissing } from "./compiler-module.ts";
import {
  compilerMessage,
  crashMessage,
  diagnosticMessage,
  type MessageContext,
  refusalMessage,
  shownPath,
} from "./esbuild-message.ts";
import type { SilentRefusal } from "./silent-refusal.ts";

/** Options of the plugin; all may be left out. */
export interface HewnOptions {
  /** A tsconfig.json, seen from esbuild's working directory. Without it: esbuild's own, else the nearest one. */
  readonly tsconfig?: string;
  /** The compiler (5.4 to 6) to read types with. Without it, the `typescript` that the project has installed. */
  readonly typescript?: typeof ts;
}

const pluginName = "hewn";

/** Marks a question of ours to esbuild, which we leave to esbuild when it comes back to us. */
const asEsbuildDoes = Symbol("as esbuild does");

/** Published packages bring their codecs along; theirs are not ours to write. */
const published = /[\\/]node_modules[\\/]/;

class EsbuildFront {
  readonly #build: PluginBuild;
  readonly #directory: string;
  readonly #loader: CodecLoader;
  /** What stops every codec alike and was said in this build. */
  readonly #told = new Set<string>();
  /** The sources of this build. */
  readonly #bundled = new Set<string>();

  constructor(build: PluginBuild, generate: Generate, options: HewnOptions) {
    const { absWorkingDir, tsconfig: ownTsconfig } = build.initialOptions;
    const tsconfig = options.tsconfig ?? ownTsconfig;
    this.#build = build;
    this.#directory = absWorkingDir ?? process.cwd();
    this.#loader = new CodecLoader(generate, {
      directory: this.#directory,
      tsconfig: tsconfig === undefined ? undefined : resolve(this.#directory, tsconfig),
      typescript: options.typescript,
    });
  }

  start(): void {
    this.#told.clear();
    this.#bundled.clear();
    this.#loader.begin();
  }

  /** Leaves the file to esbuild, and looks at the calls in it at the end: what they call is known then. */
  note(source: string): undefined {
    if (!published.test(source)) this.#bundled.add(source);
  }

  end(): OnEndResult {
    try {
      const { diagnostics, textOf } = this.#loader.callDiagnostics(this.#bundled);
      const context: MessageContext = { directory: this.#directory, textOf };
      return { errors: diagnostics.map((diagnostic) => diagnosticMessage(diagnostic, context)) };
    } catch (failure) {
      // What stops every codec alike was said of the first one.
      if (failure instanceof UnreadableLock) return {};
      const context: MessageContext = { directory: this.#directory, textOf: () => undefined };
      return { errors: [crashMessage(failure, [...this.#bundled][0] ?? "", context)] };
    }
  }

  async resolve(args: OnResolveArgs): Promise<OnResolveResult | undefined> {
    if (!args.resolveDir) return undefined;
    if (!isPath(args.path) && args.kind !== "entry-point") return this.#resolveByPackage(args);
    const { codec, found, candidates } = codecImport(args.path, args.resolveDir, existsSync);
    if (published.test(codec)) return undefined;
    return found ? { path: this.#real(codec) } : this.#resolveWithoutSource(args, candidates);
  }

  /** Either a file that only has the name of a codec, or an error that the source would mend if it appeared. */
  async #resolveWithoutSource(
    { path, importer, kind, namespace, resolveDir, pluginData }: OnResolveArgs,
    candidates: readonly string[],
  ): Promise<OnResolveResult | undefined> {
    if (pluginData === asEsbuildDoes) return undefined;
    const context = { importer, kind, namespace, resolveDir, pluginData: asEsbuildDoes };
    const { errors } = await this.#build.resolve(path, context);
    const source = shownPath(this.#directory, candidates[0] ?? resolveDir);
    const notes = [{ text: `A codec is generated from its source, but there is no ${source}.` }];
    const told = errors.map(({ text }) => ({ text, notes }));
    // esbuild warns of files to watch without a path, even beside an error.
    return told.length > 0
      ? { errors: told, path: candidates[0] ?? path, watchFiles: [...candidates] }
      : undefined;
  }

  /** Aliases and package imports: where esbuild finds the source, there the codec stands. */
  async #resolveByPackage(args: OnResolveArgs): Promise<OnResolveResult | undefined> {
    const { importer, kind, namespace, resolveDir } = args;
    // A referenced project need not have been built: what it would be built of is there.
    const asker = isCodecPath(importer) ? sourcePathOf(importer, existsSync) : importer;
    const source = namespace === "file" ? this.#loader.referencedSource(args.path, asker) : undefined;
    if (source !== undefined) return { path: this.#real(codecPath(source)) };
    const context = { importer, kind, namespace, resolveDir };
    const { errors, path, namespace: where } = await this.#build.resolve(sourceSpecifier(args.path), context);
    if (errors.length > 0 || where !== "file" || published.test(path)) return undefined;
    const codec = codecPath(path);
    return isCodecPath(codec) ? { path: codec } : undefined;
  }

  /** One file, one module: esbuild tells modules apart by real paths unless it is told otherwise. */
  #real(path: string): string {
    return this.#build.initialOptions.preserveSymlinks
      ? path
      : join(realpathSync(dirname(path)), basename(path));
  }

  async load(codec: string): Promise<OnLoadResult | undefined> {
    if (published.test(codec)) return undefined;
    const source = sourcePathOf(codec, existsSync);
    if (!existsSync(source)) return undefined;
    const loaded = await this.#loader.load(source);
    const watched = { watchFiles: [...loaded.watchFiles], watchDirs: [...loaded.watchDirectories] };
    const obstacle = this.#obstacle(loaded.failure);
    if (obstacle) return { ...this.#once(obstacle), ...watched };
    const present = loaded.text ?? readIfPresent(codec);
    const errors = this.#errors(loaded, source, present);
    const contents = present === undefined ? {} : { contents: present };
    return { errors, ...contents, loader: "ts", resolveDir: dirname(codec), ...watched };
  }

  #errors(loaded: LoadedCodec, source: string, present: string | undefined): PartialMessage[] {
    const context: MessageContext = { directory: this.#directory, textOf: loaded.textOf };
    const errors = [
      ...loaded.configErrors.map((error) => compilerMessage(this.#loader.compiler(), error, context)),
      ...loaded.diagnostics.map((diagnostic) => diagnosticMessage(diagnostic, context)),
      ...(loaded.refusal ? this.#refusal(loaded.refusal, source, context) : []),
    ];
    const { failure, text } = loaded;
    if (failure instanceof CodecNotWritten) errors.push({ text: failure.message });
    else if (failure !== undefined) errors.push(crashMessage(failure, source, context));
    // A file that somebody wrote by hand may have the name of a codec as long as its neighbour has no wire type.
    else if (text === undefined && (present === undefined || bearsHeader(present)))
      errors.push(this.#untagged(source));
    return errors;
  }

  #refusal(refusal: SilentRefusal, source: string, context: MessageContext): PartialMessage[] {
    const errors = refusal.compilerErrors.map((error) =>
      compilerMessage(this.#loader.compiler(), error, context),
    );
    return errors.length > 0 ? errors : [refusalMessage(refusal, source, context)];
  }

  #untagged(source: string): PartialMessage {
    const file = shownPath(this.#directory, source);
    return {
      text: `${file} has no exported type with a @wire tag, so it has no codec`,
      notes: [{ text: "Write /** @wire */ above the type, or remove the import of its codec." }],
    };
  }

  /** What stops every codec alike: it is no mistake of any source. */
  #obstacle(failure: unknown): PartialMessage | undefined {
    if (failure instanceof CompilerMissing) return { text: failure.message };
    if (!(failure instanceof UnreadableLock)) return undefined;
    return { text: failure.message, location: { file: shownPath(this.#directory, failure.path) } };
  }

  /** The first codec says it; the others would only repeat it. */
  #once(obstacle: PartialMessage): OnLoadResult {
    const text = obstacle.text ?? "";
    if (this.#told.has(text)) return { contents: "", loader: "empty" };
    this.#told.add(text);
    return { errors: [obstacle] };
  }
}

/** Makes the plugin out of the core that it is to run. */
export function createEsbuildPlugin(generate: Generate): (options?: HewnOptions) => Plugin {
  return (options = {}) => ({
    name: pluginName,
    setup(build) {
      const front = new EsbuildFront(build, generate, options);
      build.onStart(() => front.start());
      build.onResolve({ filter: codecSpecifier }, (args) => front.resolve(args));
      build.onLoad({ filter: codecFile, namespace: "file" }, ({ path }) => front.load(path));
      build.onLoad({ filter: /\.[mc]?tsx?$/, namespace: "file" }, ({ path }) => front.note(path));
      build.onEnd(() => front.end());
    },
  });
}
