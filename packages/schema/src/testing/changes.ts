// Changes of types and what they mean for compatibility: rows of a table. Here are those of unions of
// several kinds and of tuples with a rest.
import {
  array,
  mixed,
  orUndefined,
  plain,
  restTuple,
  struct,
  tuple,
  type Written,
} from "../build.testing.ts";

export interface Row {
  readonly change: string;
  readonly older: Written;
  readonly newer: Written;
  readonly newReadsOld: readonly string[];
  readonly oldReadsNew: readonly string[];
}

export function row(
  change: string,
  older: Written,
  newer: Written,
  newReadsOld: readonly string[],
  oldReadsNew: readonly string[],
): Row {
  return { change, older, newer, newReadsOld, oldReadsNew };
}

const a = struct({ a: "i32" });
const pair = tuple(2, "i32", "i32");
const binaryArms: readonly string[] = ["binary:arm-encoding"];
const yes: readonly string[] = [];

const a1 = restTuple(["i32"], "string");

export const restChanges: readonly Row[] = [
  row("a tuple made one with a rest", tuple(1, "i32"), a1, yes, ["tuple-length"]),
  row("a tuple with a rest made an array", restTuple(["i32"], "i32"), array("i32"), yes, ["kind"]),
  row("a rest that begins later", a1, restTuple(["i32", "string"], "string"), ["tuple-length"], yes),
  row("the type of a rest made wider", restTuple([], "u8", "string"), restTuple([], "i32", "string"), yes, [
    "number-range([...])",
  ]),
  row("an element added behind a rest", a1, restTuple(["i32"], "string", "string"), ["tuple-length"], yes),
  row("a rest inside of a tuple", tuple(3, "i32", "u8", "i32"), restTuple(["i32"], "u8", "i32"), yes, [
    "tuple-length",
    "number-range([-1])",
  ]),
  row(
    "a rest that does not fit",
    tuple(2, "i32", "string"),
    restTuple(["i32"], "string", "boolean"),
    ["kind([1])"],
    ["tuple-length", "kind([-1])"],
  ),
];

export const mixedChanges: readonly Row[] = [
  row("`string` made `string | i32`", plain("string"), mixed("string", "i32"), yes, [
    "arm-unknown(<number>)",
  ]),
  row("an arm added that differs in kind", mixed("string", "i32"), mixed("i32", "boolean", "string"), yes, [
    "arm-unknown(<boolean>)",
  ]),
  row("an object made an object or a string", a, mixed(a, "string"), yes, ["arm-unknown(<string>)"]),
  row(
    "an object made an object or an array",
    a,
    mixed(a, array("string")),
    ["binary:arm-encoding"],
    ["binary:arm-encoding", "json:arm-unknown(<array>)"],
  ),
  row(
    "an arm added that shares a kind",
    mixed("string", a),
    mixed("string", a, array("string")),
    ["binary:arm-encoding"],
    ["binary:arm-encoding", "json:arm-unknown(<array>)"],
  ),
  row(
    "an arm added beside numbered ones",
    mixed(a, array("string")),
    mixed(a, array("string"), "string"),
    yes,
    ["arm-unknown(<string>)"],
  ),
  row(
    "a number's format changed inside an arm",
    mixed("string", "i32"),
    mixed("string", "u8"),
    ["number-range(<number>)"],
    yes,
  ),
  row(
    "`number` made `number | string`",
    plain("number"),
    mixed("number", "string"),
    ["json:not-finite"],
    ["arm-unknown(<string>)"],
  ),
  row(
    "`number | boolean` made `number | string`",
    mixed("number", "boolean"),
    mixed("number", "string"),
    ["arm-unknown(<boolean>)", "json:not-finite(<number>)"],
    ["arm-unknown(<string>)"],
  ),
  row(
    "numbered arms swapped",
    mixed(a, array("string")),
    mixed(array("string"), a),
    ["binary:ordinal-reused(<object>)", "binary:ordinal-reused(<array>)"],
    ["binary:ordinal-reused(<array>)", "binary:ordinal-reused(<object>)"],
  ),
  row("a tuple of another length added", pair, mixed(pair, tuple(3, "i32", "i32", "i32")), binaryArms, [
    "binary:arm-encoding",
    "json:arm-unknown(<array of 3>)",
  ]),
  row(
    "a tuple of another length added beside others",
    mixed(pair, tuple(0)),
    mixed(pair, tuple(0), tuple(3, "i32", "i32", "i32")),
    yes,
    ["arm-unknown(<array of 3>)"],
  ),
  row(
    "a tuple among others longer by an optional element",
    mixed(pair, tuple(0)),
    mixed(tuple(2, "i32", "i32", orUndefined("i32")), tuple(0)),
    yes,
    ["tuple-length(<array of 2 to 3>)"],
  ),
  row(
    "a tuple among others longer by a required element",
    mixed(pair, tuple(0)),
    mixed(tuple(3, "i32", "i32", "i32"), tuple(0)),
    ["binary:ordinal-reused(<array of 2>)", "json:arm-unknown(<array of 2>)"],
    ["binary:ordinal-reused(<array of 3>)", "json:arm-unknown(<array of 3>)"],
  ),
  row(
    "tuples of different lengths made an array",
    mixed(pair, tuple(0)),
    array("i32"),
    ["binary:arm-encoding"],
    ["binary:arm-encoding", "json:kind"],
  ),
  row("arms that are not numbered swapped", mixed(a, "string"), mixed("string", a), yes, yes),
];
