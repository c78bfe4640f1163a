// What the tags `@idempotent`, `@deadline` and `@overflow` say of a method, or of all methods of a class.
import type { SendingRules } from "@hewn/schema";
import type ts from "typescript";
import { durationOf, overflowOf } from "../../check/actors/duration.ts";
import type { Compiler } from "../compiler.ts";
import { type Frame, report, type Step } from "../entity.ts";
import { docTagsOf, type Tag } from "./tags.ts";

export interface Rules extends SendingRules {
  readonly idempotent?: true;
  readonly mailboxMessages?: number;
  readonly reentrant?: true;
}

const names = ["idempotent", "deadline", "overflow", "mailbox", "reentrant"] as const;
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
  let rules: Rules = {};
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
    } else if (name !== undefined) rules = { ...rules, ...ruleOf(name, tag.words) };
  }
  return rules;
}

function ruleOf(name: Name, words: string): Rules {
  switch (name) {
    case "idempotent":
      return { idempotent: true };
    case "reentrant":
      return { reentrant: true };
    case "mailbox":
      return { mailboxMessages: Number(words) };
    case "deadline": {
      const deadlineMs = durationOf(words);
      return deadlineMs === undefined ? {} : { deadlineMs };
    }
    case "overflow": {
      const overflow = overflowOf(words);
      return overflow === undefined ? {} : { overflow };
    }
  }
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
    case "mailbox":
    case "reentrant":
      if (kind !== undefined)
        return { reason: "which is about a whole actor", remedy: "Move the tag to the class." };
      if (name === "reentrant" || /^[1-9]\d{0,7}$/.test(words)) return undefined;
      return {
        reason: "which is no number of messages",
        remedy: "Write how many messages wait at most: '@mailbox 1000'.",
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
