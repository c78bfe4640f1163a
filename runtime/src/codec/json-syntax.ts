// Finds the first character that makes a text no JSON: engines word it each in their own way, or not at all.
import { afterScalar, afterSpace, afterString } from "./json-scan.ts";

/** The offset of the first character that JSON does not allow; the length of the text where it ends too early. */
export function syntaxErrorOffset(text: string): number {
  // The closing brackets that are due, innermost last.
  const open: string[] = [];
  let p = 0;
  for (;;) {
    p = enter(text, afterSpace(text, p), open);
    if (p < 0) return ~p;
    p = leave(text, p, open);
    if (p < 0) return ~p;
    if (open.length === 0) return afterSpace(text, p);
  }
}

/** Goes into containers from `p` on up to the end of a scalar or of an empty container. */
function enter(text: string, from: number, open: string[]): number {
  let p = from;
  for (;;) {
    const character = text.charAt(p);
    if (character !== "{" && character !== "[") return afterScalar(text, p);
    const close = character === "{" ? "}" : "]";
    p = afterSpace(text, p + 1);
    if (text.charAt(p) === close) return p + 1;
    open.push(close);
    if (character === "{") p = afterKey(text, p);
    if (p < 0) return p;
  }
}

/** Goes on after a value: out of containers that end here, to where the next value begins. */
function leave(text: string, from: number, open: string[]): number {
  let p = from;
  while (open.length > 0) {
    const close = open[open.length - 1]!;
    p = afterSpace(text, p);
    if (text.charAt(p) === ",") return close === "}" ? afterKey(text, afterSpace(text, p + 1)) : p + 1;
    if (text.charAt(p) !== close) return ~p;
    open.pop();
    p++;
  }
  return p;
}

/** From a key over its colon to the value. */
function afterKey(text: string, p: number): number {
  const end = text.charAt(p) === '"' ? afterString(text, p) : ~p;
  if (end < 0) return end;
  const colon = afterSpace(text, end);
  return text.charAt(colon) === ":" ? afterSpace(text, colon + 1) : ~colon;
}
