// One message of the application as it goes over the wire, explained byte by byte.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate } from "@hewn/plugin";
import type { Codec } from "@hewn/runtime";
import { Catalogue, FrameWriter, headerBytes } from "@hewn/runtime/transport";
import ts from "typescript";
import { type Annotation, annotate } from "../../packages/cli/src/annotate/annotate.ts";
import { annotationTable } from "../../packages/cli/src/annotate/annotation-table.ts";

/** What a compiled codec file of the application exports, as far as it is used here. */
interface ReadingCodecs<Reading> {
  readonly SensorReadingCodec: Codec<Reading>;
  readonly EndOfReadingsCodec: Codec<never>;
  readonly stringifySensorReading: (reading: Reading) => string;
}

export interface ExplainedMessage {
  readonly lines: readonly string[];
  readonly json: string;
  /** Of the message alone, without its frame. */
  readonly messageBytes: number;
  readonly frameBytes: number;
}

/** The first reading of the compiled application in `folder` that has all its optional fields. */
export async function explainReading(folder: string): Promise<ExplainedMessage> {
  const compiled = async (name: string): Promise<unknown> =>
    import(pathToFileURL(join(folder, "dist", name)).href);
  const { SensorReadingCodec, EndOfReadingsCodec, stringifySensorReading } = (await compiled(
    "reading.codec.js",
  )) as ReadingCodecs<{ readonly batteryMv?: number }>;
  const { CommandCodec } = (await compiled("command.codec.js")) as { readonly CommandCodec: Codec<never> };
  const { readReadings } = (await compiled("readings-file.js")) as {
    readonly readReadings: (path: string) => { readonly batteryMv?: number }[];
  };
  const reading = readReadings(join(folder, "data/readings.csv")).find(({ batteryMv }) => batteryMv);
  if (reading === undefined) throw new Error("the data file has no reading with a battery");

  const catalogue = new Catalogue([SensorReadingCodec, EndOfReadingsCodec, CommandCodec]);
  const frame = frameOf(SensorReadingCodec, catalogue.indexOf(SensorReadingCodec.name) ?? 0, reading);
  const start = headerBytes + 1;
  const annotations = [...annotateFrame(frame, start), ...annotateMessage(folder, frame, start)];
  return {
    lines: annotationTable(annotations),
    json: stringifySensorReading(reading),
    messageBytes: frame.length - start,
    frameBytes: frame.length,
  };
}

function frameOf<T>(codec: Codec<T>, index: number, value: T): Uint8Array {
  const written: Uint8Array[] = [];
  const writer = new FrameWriter({
    sink: { write: (bytes) => written.push(bytes) > 0 },
    schedule: () => {},
  });
  writer.messageLengthMax = 1 << 20;
  writer.write(codec, index, value);
  writer.flush();
  return new Uint8Array(Buffer.concat(written));
}

function annotateFrame(frame: Uint8Array, start: number): Annotation[] {
  const part = (offset: number, end: number, label: string) => {
    return { offset, bytes: frame.subarray(offset, end), path: label, label, depth: 0, known: true };
  };
  return [
    { ...part(0, 4, "frame: length"), format: "", value: `${frame.length - 4} bytes follow` },
    { ...part(4, 5, "frame: kind"), format: "", value: "message" },
    { ...part(5, start, "frame: type"), format: "positive fixint", value: `index ${frame[5]}` },
  ];
}

function annotateMessage(folder: string, frame: Uint8Array, start: number): Annotation[] {
  const configPath = join(folder, "tsconfig.json");
  const { config } = ts.readConfigFile(configPath, (path) => readFileSync(path, "utf8"));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const source = join(folder, "src/reading.ts");
  const program = ts.createProgram([source], options);
  const file = program.getSourceFile(source);
  const generated = file === undefined ? undefined : generate(ts, program, file);
  const schema = generated?.schema;
  const declaration = [...(schema?.declarations.values() ?? [])].find(({ name }) => name === "SensorReading");
  if (schema === undefined || declaration === undefined) throw new Error("SensorReading has no schema");
  return annotate(frame, { typed: { schema, id: declaration.id }, offset: start });
}
