// Changes of types and what they mean for compatibility: rows of a table. Here are those of unions of several kinds.
import { array, mixed, plain, struct, type Written } from "../build.testing.ts";

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
const yes: readonly string[] = [];

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
  row("arms that are not numbered swapped", mixed(a, "string"), mixed("string", a), yes, yes),
];
