// What the tags `@idempotent`, `@deadline` and `@overflow` say of a method, or of all methods of a class.
import type { SendingRules } from "@hewn/schema";
import type ts from "typescript";
import { durationOf, overflowOf } from "../../check/actors/duration.ts";
import type { Compiler } from "../compiler.ts";
import { type Frame, report, type Step } from "../entity.ts";
import { docTagsOf, type Tag } from "./tags.ts";

export interface Rules extends SendingRules {
  readonly idempotent?: true;
}

const names = ["idempotent", "deadline", "overflow"] as const;
type Name = (typeof names)[number];

/** What is wrong with a tag, and what to write instead. */
interface Fault {
  readonly reason: string;
  readonly remedy: string;
}

/** @param kind of the method; without it the tags are those of a class */
export function rulesOf(
  compiler: Compiler,
  frame: Frame,
  declaration: ts.Node,
  at: Step,
  kind?: "ask" | "tell",
): Rules {
  const rules: { idempotent?: true; deadlineMs?: number; overflow?: "wait" | "reject" | "dropOldest" } = {};
  for (const tag of docTagsOf(compiler.ts, declaration)) {
    const name = names.find((each) => each === tag.name);
    const fault = name === undefined ? nearFault(tag) : faultOf(name, tag, kind);
    if (fault) {
      const steps = at.text === "" ? [] : [at];
      const written = `@${tag.name}${tag.words === "" ? "" : ` ${tag.words}`}`;
      report(
        frame,
        "actor-tag-words",
        { steps, written: undefined, single: true, copied: false },
        { tag: written, ...fault },
      );
    } else if (name === "idempotent") rules.idempotent = true;
    else if (name === "deadline") Object.assign(rules, { deadlineMs: durationOf(tag.words) });
    else if (name === "overflow") Object.assign(rules, { overflow: overflowOf(tag.words) });
  }
  return rules;
}

function nearFault({ name }: Tag): Fault | undefined {
  const meant = names.find((each) => each === name.toLowerCase());
  if (meant === undefined) return undefined;
  return { reason: "and tags are in small letters", remedy: `Write '@${meant}'.` };
}

function faultOf(name: Name, { words }: Tag, kind: "ask" | "tell" | undefined): Fault | undefined {
  switch (name) {
    case "idempotent":
      if (kind === "ask") return undefined;
      return {
        reason:
          kind === "tell"
            ? "which is about answers, and nothing answers a 'void' method"
            : "which is about one method",
        remedy:
          kind === "tell"
            ? "Remove the tag, or let the method return something."
            : "Move the tag to the methods that may run twice without harm.",
      };
    case "deadline":
      if (kind === "tell") {
        return {
          reason: "which is about answers, and nothing answers a 'void' method",
          remedy: "Remove the tag, or let the method return something.",
        };
      }
      return durationOf(words) === undefined
        ? {
            reason: "which is no time",
            remedy: "Write a number and a unit: '@deadline 500ms', '@deadline 5s', '@deadline 2m'.",
          }
        : undefined;
    case "overflow":
      return overflowOf(words) === undefined
        ? {
            reason: "which is nothing that a full mailbox can do",
            remedy: "Write '@overflow wait', '@overflow reject' or '@overflow dropOldest'.",
          }
        : undefined;
  }
}
