// Cases that only a directed hand reaches: depth, budgets, the longest strings and arrays. They need the giants.
import { referenceDecode } from "../../plugin/src/property/reference-decode.testing.ts";
import { type Bench, checkError, same, Wrong } from "./bench.ts";
import { judgeHeap } from "./heap-cases.ts";
import type { Subject } from "./subject.ts";

interface Limits {
  readonly bench: Bench;
  readonly subject: (name: string) => Subject;
}

function refused(
  { bench }: Limits,
  subject: Subject,
  side: "decode" | "encode",
  codes: string,
  call: () => unknown,
  length?: number,
): void {
  const outcome = bench.outcome(call, side);
  if (!("error" in outcome)) throw new Wrong(`${subject.title}: taken instead of ${codes}`);
  checkError(bench, outcome.error, subject, length);
  if (!codes.split(" ").includes(outcome.error.code)) {
    throw new Wrong(`${subject.title}: ${outcome.error.code} instead of ${codes}`);
  }
}

/** The message is refused with one of the codes. */
function refusesBytes(limits: Limits, name: string, codes: string, bytes: Uint8Array): void {
  const subject = limits.subject(name);
  refused(limits, subject, "decode", codes, () => subject.decode(bytes), bytes.length);
}

function refusesText(limits: Limits, name: string, codes: string, text: string): void {
  const subject = limits.subject(name);
  refused(limits, subject, "decode", codes, () => subject.parse(text), text.length);
}

function refusesValue(limits: Limits, name: string, codes: string, value: unknown): void {
  const subject = limits.subject(name);
  refused(limits, subject, "encode", codes, () => subject.encode(value));
  refused(limits, subject, "encode", codes, () => subject.stringify(value));
  if (subject.is(value)) throw new Wrong(`${subject.title}: is says yes to what is ${codes}`);
}

function bytes(...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => new Uint8Array(part))));
}

function repeated(count: number, ...part: readonly number[]): Uint8Array {
  return new Uint8Array(count * part.length).map((_, i) => part[i % part.length] ?? 0);
}

function chain(length: number): object {
  let list: object = { item: 0 };
  for (let i = 1; i < length; i++) list = { item: i & 127, next: list };
  return list;
}

function list32(count: number): number[] {
  return [0xdd, count >>> 24, (count >>> 16) & 255, (count >>> 8) & 255, count & 255];
}

/** The message with the most repetitions of a part, up to a size, that is within the budget. */
function longestTaken(
  subject: Subject,
  before: readonly number[],
  part: readonly number[],
  size: number,
): Uint8Array {
  const message = (count: number) => bytes(before, list32(count), repeated(count, ...part));
  const isTaken = (count: number): boolean => {
    try {
      subject.decode(message(count));
      return true;
    } catch {
      return false;
    }
  };
  let [least, most] = [0, Math.floor(size / part.length)];
  if (isTaken(most)) return message(most);
  // Near enough to the edge to be seen in a measurement.
  while (most - least > size / 200) {
    const middle = (least + most) >> 1;
    if (isTaken(middle)) least = middle;
    else most = middle;
  }
  return message(least);
}

/** What a call gives; `undefined` where it throws. */
function attempt(call: () => unknown): { value: unknown } | undefined {
  try {
    return { value: call() };
  } catch {
    return undefined;
  }
}

function chainText(length: number): string {
  return `${'{"item":1,"next":'.repeat(length)}{"item":1}${"}".repeat(length)}`;
}

/** Each is a case; their names are what a finding shows. */
export const limitCases: Readonly<Record<string, (limits: Limits) => void>> = {
  "lists of 128 are taken"(limits) {
    const list = limits.subject("List");
    same(list.decode(list.encode(chain(128))), chain(128), "decode");
    same(list.parse(list.stringify(chain(128))), chain(128), "parse");
    same(list.is(chain(128)), true, "is");
  },
  "lists of 129 are refused"(limits) {
    const list = limits.subject("List");
    refusesValue(limits, "List", "tooDeep", chain(129));
    refusesBytes(limits, "List", "tooDeep", list.encode(chain(129), { depthMax: 129 }));
    refusesText(limits, "List", "tooDeep", list.stringify(chain(129), { depthMax: 129 }));
  },
  "a caller raises the depth to 1000 and no further"(limits) {
    const list = limits.subject("List");
    const options = { depthMax: 1e9 };
    const message = list.encode(chain(1000), options);
    same(list.decode(message, options), chain(1000), "decode");
    refused(limits, list, "encode", "tooDeep", () => list.encode(chain(1001), options));
    const more = bytes([0x92, 0], message);
    refused(limits, list, "decode", "tooDeep", () => list.decode(more, options), more.length);
  },
  "a value in itself is refused"(limits) {
    const endless: Record<string, unknown> = { item: 1 };
    endless["next"] = endless;
    refusesValue(limits, "List", "tooDeep", endless);
    const children: unknown[] = [];
    children.push({ children });
    refusesValue(limits, "Tree", "tooDeep", { children });
  },
  "100000 levels of a recursive type"(limits) {
    refusesBytes(limits, "List", "tooDeep", bytes(repeated(100_000, 0x92, 0x01), [0x91, 0x01]));
    refusesBytes(limits, "Tree", "tooDeep", bytes(repeated(100_000, 0x91, 0x91), [0x90]));
    refusesBytes(limits, "Boxed", "tooDeep", bytes(repeated(100_000, 0x91, 0x91), [0xc0]));
    refusesText(limits, "List", "tooDeep", chainText(100_000));
    refusesText(limits, "Tree", "tooDeep", `${'{"children":['.repeat(100_000)}${"]}".repeat(100_000)}`);
  },
  "a number that is not finite has bytes and, beside text, no JSON"(limits) {
    const ids = limits.subject("Ids");
    for (const id of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      same(ids.decode(ids.encode(["a", id])), ["a", id], "decode");
      refused(limits, ids, "encode", "notFinite", () => ids.stringify(["a", id]));
    }
    same(ids.parse('["NaN",1]'), ["NaN", 1], "parse");
  },
  "texts that are no dates are refused"(limits) {
    for (const text of ["", "x", "2024-02-30T00:00:00Z", "2024-01-01"])
      refusesText(limits, "Times", "invalidDate", JSON.stringify([text]));
  },
  "100000 levels where nobody looks"(limits) {
    const list = limits.subject("List");
    const message = bytes([0x93, 0x01, 0xc0], repeated(100_000, 0x91), [0xc0]);
    same(list.decode(message), { item: 1 }, "decode");
    const inside = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    same(list.parse(`{"x":${inside},"item":1}`), { item: 1 }, "parse");
    refusesText(limits, "List", "outOfRange", `{"x":${inside},"item":1000}`);
  },
  "texts of brackets"(limits) {
    for (const text of ["[", "{", '{"a":', "[[],", '"\\', "-", "\ud800"]) {
      refusesText(limits, "List", "badJson", text.repeat(100_000));
    }
  },
  "headers that claim too much"(limits) {
    for (const name of ["Arrays", "Maps", "Floats", "Texts", "Wide", "Long", "Records", "Tree", "Variants"]) {
      for (const head of [
        [0xdd, 255, 255, 255, 255],
        [0xdc, 255, 255],
        [0xdf, 255, 255, 255, 255],
        [0xc9, 255, 255, 255, 255, 2],
      ]) {
        refusesBytes(limits, name, "truncated wrongType wrongLength missingField", bytes(head, [0x90, 0x90]));
      }
    }
  },
  "nested headers that each claim what is left"(limits) {
    const heads = Array.from({ length: 3000 }, (_, i) => list32(15_000 - 5 * i - 5));
    refusesBytes(limits, "Arrays", "truncated wrongType", bytes(...heads));
    refusesBytes(
      limits,
      "Tree",
      "truncated tooDeep wrongType",
      bytes(...heads.map((head) => [0x91, ...head])),
    );
  },
  "containers of one byte beyond the budget"(limits) {
    refusesBytes(limits, "Maps", "overBudget", bytes(list32(300_000), repeated(300_000, 0x80)));
    refusesBytes(limits, "Absent", "missingField wrongType truncated", bytes([0x80]));
    refusesBytes(
      limits,
      "Arrays",
      "wrongType overBudget",
      bytes(list32(300_000), repeated(300_000, 0xc4, 0)),
    );
  },
  "numbers chosen to collide"(limits) {
    // Equal in their lowest 64 bits, which are all that V8 hashes of a bigint.
    const elements = Array.from({ length: 1000 }, (_, i) => `"${(BigInt(i) << 64n) + 5n}"`);
    refusesText(limits, "BigSets", "hashFlooding", `[[${elements.join(",")}]]`);
    const words = elements.map((_, i) => [0xc7, 11, 1, 1, i >> 8, i & 255, 0, 0, 0, 0, 0, 0, 0, 5]);
    refusesBytes(limits, "BigSets", "hashFlooding", bytes([0x91], list32(1000), ...words));
  },
  "what a single value can have wrong"(limits) {
    const most = bytes([0x91, 0xc8, 0x08, 0x00, 0x01, 0x7f], repeated(2047, 0xff));
    same(limits.subject("Big").decode(most), [2n ** 16_383n - 1n], "decode");
    refusesBytes(limits, "Big", "tooManyDigits", bytes([0x91, 0xc8, 0x08, 0x01, 0x01], repeated(2049, 1)));
    refusesText(limits, "Big", "tooManyDigits", `["${"9".repeat(4933)}"]`);
    refusesValue(limits, "Big", "tooManyDigits", [2n ** 16_383n]);
    refusesBytes(limits, "Records", "unsafeKey", bytes([0x91, 0x81, 0xa9], Buffer.from("__proto__"), [1]));
    refusesText(limits, "Records", "unsafeKey", '[{"__proto__":1}]');
    refusesValue(limits, "Records", "unsafeKey", [JSON.parse('{"__proto__":1}')]);
    refusesBytes(limits, "Texts", "invalidUtf8", bytes([0x91, 0xa1, 0xff]));
    refusesText(limits, "Texts", "loneSurrogate", '["\\ud800"]');
    refusesText(limits, "BytesList", "invalidBase64", '["AB=="]');
    refusesText(limits, "Sets", "duplicateElement", "[[1,1]]");
    refusesBytes(limits, "Sets", "duplicateElement", bytes([0x91, 0x92, 1, 1]));
    refusesBytes(limits, "Maps", "duplicateKey", bytes([0x91, 0x82, 0xa0, 1, 0xa0, 1]));
    refusesBytes(limits, "Records", "duplicateKey", bytes([0x91, 0x82, 0xa0, 1, 0xa0, 1]));
  },
  "every pair of bytes in a string"({ subject }) {
    const text = subject("Text");
    for (let lead = 0x80; lead < 0x100; lead++) {
      for (let second = 0; second < 0x100; second++) {
        for (const tail of [[], [0x80], [0xbf, 0x80], [0x80, 0x80, 0x41]]) {
          const string = [0x61, lead, second, ...tail];
          const message = bytes([0x91, 0xa0 | string.length], string);
          const expected = referenceDecode(text.named.shape, message);
          same(
            attempt(() => text.decode(message)),
            expected,
            Buffer.from(message).toString("hex"),
          );
        }
      }
    }
  },
  "messages at the edge of the budget"(limits) {
    const parts = {
      Maps: [0x80],
      Records: [0x80],
      Sets: [0x90],
      Arrays: [0x90],
      Texts: [0xa0],
      BytesList: [0xc4, 0],
    };
    const structs = {
      Pairs: [0x90],
      Lone: [0x90],
      Absents3: [0x90],
      Absents5: [0x90],
      Absents7: [0x90],
      Absents40: [0x90],
      Tree: [0x91, 0x90],
    };
    const typed = { Dates: [0xd6, 0xff, 0, 0, 0, 0], Shorts: [0xc4, 0] };
    for (const [name, part] of Object.entries({ ...parts, ...structs, ...typed })) {
      for (const size of [10_000, 150_000]) {
        const subject = limits.subject(name);
        limits.bench.beat();
        judgeHeap(limits.bench, subject, longestTaken(subject, name === "Tree" ? [0x91] : [], part, size));
      }
    }
  },
  "wrong inputs"(limits) {
    const list = limits.subject("List");
    for (const input of [
      undefined,
      null,
      "x",
      5,
      {},
      [0x91],
      new ArrayBuffer(3),
      new DataView(new ArrayBuffer(3)),
      new Uint16Array(3),
    ]) {
      refused(limits, list, "decode", "wrongInput", () => list.decode(input as Uint8Array), 0);
    }
    for (const input of [undefined, null, 5, {}, new Uint8Array(2), Object("{}")]) {
      refused(limits, list, "decode", "wrongInput", () => list.parse(input as string), 0);
    }
  },
  "a string longer than engines have"(limits) {
    const message = new Uint8Array(0x2000_0020);
    message.set([0x91, 0xdb, 0x1f, 0xff, 0xff, 0xf8]);
    refusesBytes(limits, "Text", "tooLong", message.subarray(0, 6 + 0x1fff_fff8));
  },
  "an array longer than the format has"(limits) {
    const floats = limits.subject("Floats");
    refused(limits, floats, "encode", "tooLarge", () => floats.encode(new Array(2 ** 29)));
  },
  "arrays that are all holes"(limits) {
    for (const name of ["Texts", "Arrays", "Tree"]) {
      const holes = new Array(2 ** 32 - 1);
      refusesValue(limits, name, "wrongType tooLarge", name === "Tree" ? { children: holes } : holes);
    }
  },
  "too little room"(limits) {
    const list = limits.subject("List");
    for (const offset of [-1, 3, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2]) {
      refused(limits, list, "encode", "noRoom", () => list.encodeInto(chain(1), new Uint8Array(2), offset));
    }
    refused(limits, list, "encode", "wrongType", () =>
      list.encodeInto(chain(1), [] as unknown as Uint8Array),
    );
  },
  "text that grows between two looks"({ bench, subject }) {
    const words = subject("Words");
    const value = words.values[0] as object;
    const seen = new Set<string>();
    // Room is made once for many fields. A text that has grown afterwards makes its own, and so does a wide number behind
    // it: what is written is what was seen last, or there is no room for it.
    for (let size = 330; size < 360; size++) {
      const target = new Uint8Array(size);
      const outcome = bench.outcome(() => words.encodeInto(flickering(value), target), "encode");
      if ("error" in outcome) seen.add(outcome.error.code);
      else words.decode(target.subarray(0, outcome.value as number));
    }
    same([...seen], ["noRoom"], "the codes of the errors");
  },
};

/** An object whose texts are empty at the first look and short at the next. */
function flickering(object: object): object {
  const copy = { ...object };
  for (const [name, value] of Object.entries(object)) {
    let looks = 0;
    if (typeof value !== "string") continue;
    Object.defineProperty(copy, name, {
      get: () => (looks++ === 0 ? "" : "sixteen letters!"),
      enumerable: true,
    });
  }
  return copy;
}
