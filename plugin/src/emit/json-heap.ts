// Which types' values are charged for when a JSON text is parsed: see the runtime's json-heap.ts. All others are parsed
// without a count.
import { mayBeAbsent, parts, type Struct, type Tuple, type Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";

/** What engines take for a tuple that has grown by an optional element or a rest: they leave room for more. */
const grownHeap = 160;
const fieldHeap = 8;

/** So many properties that hold undefined and that no text needs to mention go uncharged. */
const freeFieldsMax = 4;

/** Bytes that a tuple with more elements than it must have is charged. */
export function tupleCharge({ elements, required, rest }: Tuple): number {
  return rest !== undefined || required < elements.length ? grownHeap : 0;
}

/** Bytes that each value of a struct is charged. */
export function structCharge({ fields, absent = [] }: Struct): number {
  const unsaid = [...fields.filter(mayBeAbsent), ...absent].filter(({ optional }) => !optional).length;
  return unsaid > freeFieldsMax ? unsaid * fieldHeap : 0;
}

/** Whether something in the type, behind names too, is charged for. */
export function isCharged(file: CodecFile, type: Type): boolean {
  const seen = new Set<string>();
  const queue: Type[] = [type];
  for (const each of queue) {
    if (isChargedItself(each)) return true;
    queue.push(...parts(each));
    if (each.kind !== "ref" || seen.has(each.id)) continue;
    seen.add(each.id);
    const { codec, type: declared } = file.declaration(each.id);
    // What a package's functions do is not known here.
    if (codec !== undefined) return true;
    queue.push(declared);
  }
  return false;
}

function isChargedItself(type: Type): boolean {
  switch (type.kind) {
    case "bytes":
    case "typedArray":
    case "set":
    case "map":
      return true;
    case "union":
      return type.variants.some(({ struct }) => structCharge(struct) > 0);
    case "struct":
      return structCharge(type) > 0;
    case "tuple":
      return tupleCharge(type) > 0;
    default:
      return false;
  }
}
