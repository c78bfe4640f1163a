// The thread of a heap meter: its heap holds nothing but the module, so that a collection takes next to no time.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { Measured, MeterCall } from "./heap-meter.testing.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes of the heap and of buffers that are still used after a collection. */
function usedHeap(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

type Exports = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

function measured(exports: Exports, { name, args }: MeterCall): Measured {
  const before = usedHeap();
  try {
    const value = exports[name]!(...args);
    const taken = usedHeap() - before;
    // Looked at behind the collection, so that the engine cannot let go of it before.
    return value === undefined ? { refused: "undefined" } : { taken };
  } catch (error) {
    return { refused: (error as { code?: string }).code ?? String(error) };
  }
}

const exports = (await import(workerData as string)) as Exports;
parentPort!.on("message", (call: MeterCall) => parentPort!.postMessage(measured(exports, call)));
