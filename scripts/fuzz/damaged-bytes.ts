// Bytes that a peer should not have sent: valid messages with damage that knows MessagePack, damage that does not, and
// bytes from nowhere.
import { allOf, readTree, type WireTree, writeTree } from "../../plugin/src/property/wire-tree.testing.ts";
import type { Dice } from "./dice.ts";

/** Values of other types, valid and not, to stand where one of a message stood. */
const foreign: readonly Uint8Array[] = (
  "c0 c1 c2 c3 00 01 7f ff e0 80 90 a0 c400 c403010203 c70000 c70001 c80000 00 d40000 d501ff80 c70801ffffffffffffffff " +
  "c70400ffffffff c7040401020304 d6ff00000000 d7ffffffffffffffffff c70cff3b9aca00000000000000ffff c70cff00000000ffffffffffffffff " +
  "cc00 cc80 ccff cd0000 cdffff ce00000000 ceffffffff cf0000000000000000 cfffffffffffffffff cf0020000000000000 " +
  "d080 d0ff d18000 d280000000 d38000000000000000 d3001fffffffffffff d3ffe0000000000001 d37fffffffffffffff " +
  "ca00000000 ca80000000 ca7f800000 ca7fc00000 ca3f800000 ca7f7fffff cb0000000000000000 cb8000000000000000 " +
  "cb7ff8000000000000 cb7ff0000000000000 cbfff0000000000000 cb3ff8000000000000 cb3fb999999999999a cb4340000000000000 " +
  "cb47efffffe0000000 cb47f0000000000000 a161 a1ff a2c080 a2c3a9 a3eda080 a3e0808a a4f09fa680 a4f4908080 a3efbfbd a3efbbbf " +
  "a95f5f70726f746f5f5f ab636f6e7374727563746f72 a8746f537472696e67 a0 d900 da000161 db0000000161 d901c0 dbffffffff " +
  "dc0000 dc0001c0 dd00000000 ddffffffff de0000 de0001c0c0 dffffffffff 9100 92c0c0 93000000 81a16101 820101 82a161c0a161c0 " +
  "81a95f5f70726f746f5f5f80 c9ffffffff02 c70802000000000000f87f c70403000080ff c70502ffffffffff c6ffffffff c5ffff"
)
  .split(" ")
  .map((hex) => new Uint8Array(Buffer.from(hex, "hex")));

/** Strings at the edges of UTF-8: overlong, cut short, surrogates, beyond the last code point, and sound ones. */
const texts: readonly Uint8Array[] = (
  "c080 c1bf e080af e09f80 eda080 edbfbf eda081edb080 f08080af f08fbfbf f4908080 f5808080 fe ff 80 bf c2 e282 f09f98 f09f9880 c3a9 " +
  "e282ac efbfbd efbbbf61 00 61c328 6161616161616161616161616161616161ff 61616161616161616161616161616161c3a9"
)
  .split(" ")
  .map((hex) => new Uint8Array(Buffer.from(hex, "hex")));

/** A message with one to three damages; from time to time bytes that never were a message. */
export function damagedBytes(message: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  if (dice.oneIn(12)) return randomBytes(dice);
  let bytes = message;
  for (let rounds = 1 + dice.below(3); rounds > 0; rounds--) {
    bytes = dice.oneIn(3) ? crude(bytes, other, dice) : structural(bytes, dice);
  }
  return bytes;
}

function randomBytes(dice: Dice): Uint8Array {
  if (dice.oneIn(3)) return Uint8Array.from({ length: dice.below(40) }, () => dice.next());
  const parts = Array.from({ length: 1 + dice.below(6) }, () => [...dice.of(foreign)]);
  return new Uint8Array([...(dice.oneIn(2) ? [0x90 | parts.length] : []), ...parts.flat()]);
}

/** Damage that knows nothing of the format. */
function crude(bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length + 1);
  const before = [...bytes.subarray(0, at)];
  const after = bytes.subarray(at);
  switch (dice.below(7)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return new Uint8Array([...bytes, ...dice.of(foreign)]);
    case 2:
      return new Uint8Array([...before, dice.next() & 255, ...after]);
    case 3:
      return new Uint8Array([...before, ...after.subarray(1 + dice.below(4))]);
    case 4:
      return new Uint8Array([...before, ...other.subarray(dice.below(other.length + 1))]);
    case 5: {
      const copy = bytes.slice();
      if (copy.length > 0) copy[at % copy.length] = dice.next();
      return copy;
    }
    default: {
      const copy = bytes.slice();
      if (copy.length > 0) copy[at % copy.length]! ^= 1 << dice.below(8);
      return copy;
    }
  }
}

/** Damage to one value of the message, whole again around it. */
function structural(bytes: Uint8Array, dice: Dice): Uint8Array {
  const tree = readTree(bytes);
  if (!tree) return crude(bytes, bytes, dice);
  const victim = dice.of(allOf(tree));
  const changed = damaged(victim, dice);
  return writeTree(replaced(tree, victim, changed));
}

function replaced(tree: WireTree, victim: WireTree, by: WireTree): WireTree {
  if (tree === victim) return by;
  if (tree.kind === "array") return { ...tree, items: tree.items.map((item) => replaced(item, victim, by)) };
  if (tree.kind !== "map") return tree;
  const entries = tree.entries.map(([key, value]): [WireTree, WireTree] => {
    return [replaced(key, victim, by), replaced(value, victim, by)];
  });
  return { ...tree, entries };
}

const raw = (bytes: readonly number[] | Uint8Array): WireTree => {
  return { kind: "raw", bytes: new Uint8Array(bytes), start: 0 };
};

function damaged(tree: WireTree, dice: Dice): WireTree {
  if (dice.oneIn(4)) return raw(dice.of(foreign));
  if (dice.oneIn(16)) return raw([0x91, ...writeTree(tree)]);
  switch (tree.kind) {
    case "integer":
      return nearInteger(tree.value, dice);
    case "float":
      return { ...tree, bits: tree.bits === 32 ? 64 : 32 };
    case "text":
    case "bytes":
      return damagedText(tree, dice);
    case "array":
      return { ...tree, items: damagedList(tree.items, dice), ...wrongCount(dice) };
    case "map":
      return { ...tree, entries: damagedList(tree.entries, dice), ...wrongCount(dice) };
    case "ext":
      return dice.oneIn(2)
        ? { ...tree, type: dice.of([0, 1, 2, 3, 4, 255, 127]) }
        : { ...tree, bytes: tree.bytes.subarray(dice.below(tree.bytes.length + 1)) };
    default:
      return raw(dice.of(foreign));
  }
}

/** Sometimes a longer head than the value needs, which readers take. */
function wrongCount(dice: Dice): { wider?: number } {
  return dice.oneIn(3) ? { wider: 1 + dice.below(2) } : {};
}

/** Bigints of more bytes than fit 64 bits: some canonical, some not, one too long. */
function longInteger(dice: Dice): WireTree {
  const length = dice.of([0, 1, 7, 8, 9, 16, 17, 300, 2047, 2048, 2049]);
  const bytes = new Uint8Array(length).fill(dice.of([0, 1, 0x7f, 0x80, 0xff]));
  return { kind: "ext", head: 0xc8, type: 1, bytes, start: 0 };
}

function nearInteger(value: bigint, dice: Dice): WireTree {
  if (dice.oneIn(12)) return longInteger(dice);
  const limits = [7n, 8n, 15n, 16n, 31n, 32n, 53n, 63n, 64n].flatMap((bits) => [1n << bits, -(1n << bits)]);
  const bases = dice.oneIn(2) ? [value, -value] : limits;
  const near = dice.of(bases) + BigInt(dice.below(3)) - 1n;
  const clipped = near >= 1n << 64n ? (1n << 64n) - 1n : near < -(1n << 63n) ? -(1n << 63n) : near;
  return { kind: "integer", value: clipped, wider: dice.below(5), start: 0 };
}

function damagedText(tree: Extract<WireTree, { kind: "text" | "bytes" }>, dice: Dice): WireTree {
  if (dice.oneIn(3)) return { ...tree, wider: 1 + dice.below(3) };
  if (dice.oneIn(4)) return { ...tree, kind: tree.kind === "text" ? "bytes" : "text" };
  const at = dice.below(tree.bytes.length + 1);
  const bytes = new Uint8Array([
    ...tree.bytes.subarray(0, at),
    ...dice.of(texts),
    ...tree.bytes.subarray(at),
  ]);
  return { ...tree, bytes };
}

/** With one item less, one twice, or all of them in another order or several times. */
export function damagedList<T>(items: readonly T[], dice: Dice): T[] {
  const copy = [...items];
  const at = dice.below(Math.max(1, copy.length));
  switch (copy.length === 0 ? 4 : dice.below(5)) {
    case 0:
      copy.splice(at, 1);
      break;
    case 1:
      copy.splice(dice.below(copy.length + 1), 0, ...copy.slice(at, at + 1));
      break;
    case 2:
      copy.reverse();
      break;
    case 3:
      copy.length = at;
      break;
    default:
      return Array.from({ length: dice.of([2, 3, 16, 40]) }, () => copy).flat();
  }
  return copy;
}
