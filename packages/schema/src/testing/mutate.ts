// Changes a type as programmers change types, and in ways in which they should not.
import type {
  CanonicalField,
  CanonicalMixed,
  CanonicalNode,
  CanonicalStruct,
  CanonicalTuple,
  CanonicalType,
  CanonicalUnion,
  NodeIndex,
} from "../canonical-type.ts";
import { areTagged, clashOf, kindsOfNode } from "../kinds.ts";
import { parseCanonical } from "../parse-canonical.ts";
import type { Literal, Tag } from "../schema.ts";
import type { Random } from "./random.ts";

const plainTypes = [
  ...["boolean", "string", "bytes", "date", "null"],
  ...["Int16Array", "Uint8ClampedArray", "Float64Array"],
  ...["i8", "i16", "i32", "u8", "u16", "u32", "int", "f32", "f64", "number", "i64", "u64", "bigint"],
].map((name) => parseCanonical(JSON.stringify([1, name])).nodes[0] as CanonicalNode);

/** A copy of a type with one thing changed; the type itself where what was tried does not apply. */
export function mutated(type: CanonicalType, random: Random): CanonicalType {
  const nodes = [...type.nodes];
  const index = random.below(nodes.length);
  const node = nodes[index];
  if (node === undefined) return type;
  const add = (added: CanonicalNode): NodeIndex => nodes.push(added) - 1;
  const changed = change(node, random, add, index, nodes);
  if (changed === undefined) return type;
  nodes[index] = changed;
  return isSound(nodes) ? { root: type.root, nodes } : type;
}

type Add = (node: CanonicalNode) => NodeIndex;

function change(
  node: CanonicalNode,
  random: Random,
  add: Add,
  index: NodeIndex,
  nodes: readonly CanonicalNode[],
): CanonicalNode | undefined {
  if (random.chance(10)) return random.pick(plainTypes);
  const mayBeEmpty = node.kind !== "maybe" && node.kind !== "null";
  if (random.chance(20) && mayBeEmpty && !isVariant(index, nodes)) {
    const [acceptsNull, acceptsUndefined] = random.pick([
      [true, false],
      [false, true],
      [true, true],
    ] as const);
    return { kind: "maybe", type: add(node), null: acceptsNull, undefined: acceptsUndefined };
  }
  switch (node.kind) {
    case "integer":
    case "float":
    case "bigint":
      return random.pick(plainTypes.filter((each) => "format" in each));
    case "maybe":
      if (random.chance(40)) return nodes[node.type];
      return {
        ...node,
        ...random.pick([
          { null: true, undefined: true },
          { null: true, undefined: false },
          { null: false, undefined: true },
        ]),
      };
    case "array":
      return random.chance(50)
        ? { kind: "set", element: node.element }
        : { kind: "tuple", elements: [node.element], required: random.below(2) };
    case "set":
      return { kind: "array", element: node.element };
    case "record":
      return { kind: "map", key: add({ kind: "string" }), value: node.value };
    case "map":
      return random.chance(50)
        ? { kind: "record", value: node.value }
        : { ...node, key: add(random.pick(plainTypes)) };
    case "tuple":
      return changeTuple(node, random, add);
    case "choice":
      return {
        kind: "choice",
        members: changeOrdinals(
          node.members,
          random,
          (value, ordinal) => ({ value, ordinal }),
          ({ value }) => value,
        ),
      };
    case "struct":
      return changeStruct(node, random, add);
    case "union":
      return changeUnion(node, random, add);
    case "mixed":
      return changeMixed(node, random);
    default:
      return undefined;
  }
}

function isVariant(index: NodeIndex, nodes: readonly CanonicalNode[]): boolean {
  return nodes.some((node) => node.kind === "union" && node.variants.some(({ struct }) => struct === index));
}

function changeTuple(
  node: Extract<CanonicalNode, { kind: "tuple" }>,
  random: Random,
  add: Add,
): CanonicalNode | undefined {
  const { elements, required } = node;
  const [first] = elements;
  if (node.rest !== undefined || random.chance(30)) return changeRest(node, random, add);
  switch (random.below(4)) {
    case 0: {
      const type = add({
        kind: "maybe",
        type: add({ kind: "string" }),
        null: random.chance(30),
        undefined: true,
      });
      return { ...node, elements: [...elements, type] };
    }
    case 1:
      return {
        kind: "tuple",
        elements: elements.slice(0, -1),
        required: Math.min(required, Math.max(0, elements.length - 1)),
      };
    case 2:
      return elements.length === required
        ? { ...node, elements: [...elements, add({ kind: "string" })], required: required + 1 }
        : { ...node, required: required + 1 };
    default:
      return first === undefined ? undefined : { kind: "array", element: first };
  }
}

function changeRest(node: CanonicalTuple, random: Random, add: Add): CanonicalNode {
  const { elements, required, rest } = node;
  const fixed = { kind: "tuple", elements, required } as const;
  if (rest === undefined) return { ...fixed, rest: add(random.pick(plainTypes)) };
  if (random.chance(30)) return fixed;
  const isFixed = required === elements.length;
  if (isFixed && random.chance(50)) return { ...fixed, rest, trailing: [add({ kind: "string" })] };
  return {
    ...node,
    elements: elements.slice(0, -1),
    required: Math.min(required, Math.max(0, elements.length - 1)),
  };
}

function bySlot(fields: readonly CanonicalField[]): CanonicalStruct {
  return { kind: "struct", fields: [...fields].sort((a, b) => a.slot - b.slot) };
}

function changeStruct({ fields }: CanonicalStruct, random: Random, add: Add): CanonicalNode | undefined {
  const one = fields.length === 0 ? undefined : random.pick(fields);
  const two = fields.length === 0 ? undefined : random.pick(fields);
  const others = fields.filter((field) => field !== one);
  switch (random.below(5)) {
    case 0: {
      const slot = random.below(12);
      const name = random.pick(["new", "a", "b"]);
      if (fields.some((field) => field.slot === slot || field.name === name)) return undefined;
      const type = add(random.pick(plainTypes.filter(({ kind }) => kind !== "null")));
      if (random.chance(30)) return bySlot([...fields, { name, slot, optional: false, type }]);
      const optional = add({ kind: "maybe", type, null: random.chance(30), undefined: true });
      return bySlot([...fields, { name, slot, optional: true, type: optional }]);
    }
    case 1:
      return one && bySlot(others);
    case 2:
      if (one === undefined || others.some(({ name }) => name === "renamed")) return undefined;
      return bySlot([...others, { ...one, name: "renamed" }]);
    case 3: {
      if (one === undefined || two === undefined || one === two) return undefined;
      const rest = others.filter((field) => field !== two);
      return bySlot([...rest, { ...one, slot: two.slot }, { ...two, slot: one.slot }]);
    }
    default:
      return one && bySlot([...others, { ...one, slot: 1 + Math.max(...fields.map(({ slot }) => slot)) }]);
  }
}

function changeOrdinals<T extends { readonly ordinal: number }>(
  members: readonly T[],
  random: Random,
  make: (literal: Literal, ordinal: number) => T,
  literal: (member: T) => Tag,
): readonly T[] {
  const one = random.below(members.length);
  const next = 1 + Math.max(-1, ...members.map(({ ordinal }) => ordinal));
  const fresh =
    ["fresh", "other"].find((each) => !members.some((member) => literal(member) === each)) ?? "last";
  switch (random.below(4)) {
    case 0:
      return [...members, make(fresh, next)];
    case 1:
      return members.length < 2 ? members : members.filter((_, index) => index !== one);
    case 2:
      return members.map((member, index) => (index === one ? make(fresh, member.ordinal) : member));
    default:
      return [
        ...members.filter((_, index) => index !== one),
        ...members.slice(one, one + 1).map((member) => ({ ...member, ordinal: next })),
      ];
  }
}

function changeUnion(node: CanonicalUnion, random: Random, add: Add): CanonicalNode {
  if (random.chance(20)) return { ...node, discriminant: "renamed" };
  const make = (tag: Literal, ordinal: number) => ({
    tag,
    ordinal,
    struct: add({ kind: "struct", fields: [] }),
  });
  return { ...node, variants: changeOrdinals(node.variants, random, make, ({ tag }) => tag) };
}

function changeMixed(node: CanonicalMixed, random: Random): CanonicalNode {
  const one = random.below(node.arms.length);
  const others = node.arms.filter((_, index) => index !== one);
  const next = 1 + Math.max(...node.arms.map(({ ordinal }) => ordinal));
  if (random.chance(50)) return { ...node, arms: others };
  return { ...node, arms: node.arms.map((arm, index) => (index === one ? { ...arm, ordinal: next } : arm)) };
}

/** What the analyzer would never make is of no interest. */
function isSound(nodes: readonly CanonicalNode[]): boolean {
  const kindOf = (index: NodeIndex): string => nodes[index]?.kind ?? "";
  const acceptsUndefined = (index: NodeIndex): boolean => {
    const node = nodes[index];
    return node?.kind === "maybe" && node.undefined;
  };
  return nodes.every((node) => {
    if (node.kind === "maybe")
      return kindOf(node.type) !== "maybe" && (kindOf(node.type) !== "null" || (node.null && node.undefined));
    if (node.kind === "struct")
      return node.fields.every(({ optional, type }) => !optional || acceptsUndefined(type));
    if (node.kind === "union") return node.variants.every(({ struct }) => kindOf(struct) === "struct");
    if (node.kind === "mixed") return isSoundMixed(node, nodes);
    if (node.kind === "tuple")
      return node.elements.every((element, i) => i < node.required || acceptsUndefined(element));
    return true;
  });
}

function isSoundMixed({ arms, tagged }: CanonicalMixed, nodes: readonly CanonicalNode[]): boolean {
  const isArm = ({ type }: { readonly type: NodeIndex }): boolean =>
    !["mixed", "maybe", "null"].includes(nodes[type]?.kind ?? "null");
  if (arms.length < 2 || !arms.every(isArm)) return false;
  const kinds = arms.map(({ type }) => kindsOfNode({ root: type, nodes }, type));
  const isApart = kinds.every((own, index) => kinds.slice(0, index).every((other) => !clashOf(own, other)));
  return isApart && areTagged(kinds) === tagged;
}
