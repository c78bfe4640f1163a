// What the catalog has of classes tagged `@actor`.
import { cases } from "./cases.ts";
import type { Entry } from "./entry.ts";

export const actorEntries = [
  {
    code: "HEWN1601",
    title: "misplaced-actor-tag",
    rule: "The tag begins a line of a '/**' comment directly before an exported class.",
    says: "is tagged @actor, but {reason}",
    fix: "{remedy}",
    cases: cases["misplaced-actor-tag"],
  },
  {
    code: "HEWN1602",
    title: "abstract-actor",
    rule: "A node makes an actor when it is asked to, and of an abstract class there are no instances.",
    says: "is an abstract class, of which no node can make an actor",
    fix: "Tag the classes that extend it, and remove the tag here.",
  },
  {
    code: "HEWN1603",
    title: "generic-actor",
    rule: "A protocol exists for types that are known; those of a generic class are known where it is used.",
    says: "is a generic class ('{type}'), whose messages are not known",
    fix: "Tag a class that extends it with arguments and has none of its own.",
  },
  {
    code: "HEWN1604",
    title: "foreign-base",
    rule: "The public methods of a base class are messages too. Those of the library and of packages were not written to be any, and change with versions.",
    says: "extends '{base}', which the project does not declare, so that its public methods would be messages",
    fix: "Keep an instance of it in a private field instead.",
  },
  {
    code: "HEWN1605",
    title: "actor-context",
    rule: "The constructor of an actor takes the context that it lives in, and behind it what 'spawn' is given. One that takes nothing at all needs no context.",
    says: "takes {found} first, where the context of the actor belongs",
    fix: "Put 'context: ActorContext' of @hewn/runtime before it.",
  },
  {
    code: "HEWN1606",
    title: "actor-constructor",
    rule: "The arguments of a spawn are those of the constructor: there is one, and it is public.",
    says: "is {reason}, so that a spawn cannot call it",
    fix: "Declare one public constructor, with what differs as a union.",
  },
  {
    code: "HEWN1607",
    title: "public-field",
    rule: "What others know of an actor are messages. A field could only be read where the actor runs.",
    says: "is a public field, which no other node could read",
    fix: "{remedy}",
    cases: cases["public-field"],
  },
  {
    code: "HEWN1608",
    title: "public-accessor",
    rule: "Reading a property takes no time; asking an actor does, and may fail.",
    says: "is an accessor, and an answer takes time and may fail",
    fix: "Write it as a method, '{name}() {…}', or make it private.",
  },
  {
    code: "HEWN1609",
    title: "overloaded-method",
    rule: "A message has one form. An overloaded method has several, and its answer depends on which.",
    says: "is overloaded, and a message has one form",
    fix: "Give each form a name of its own, or declare one signature with a discriminated union.",
  },
  {
    code: "HEWN1610",
    title: "generic-method",
    rule: "The codec of a message exists for types that are known, and those of a generic method are known where it is called.",
    says: "is a generic method, whose message is not known",
    fix: "Declare the types that it is called with, as a discriminated union where there are several.",
  },
  {
    code: "HEWN1611",
    title: "handle-name",
    rule: "A handle has the methods of its actor, and some names mean something on every object, promise or handle.",
    says: "has the name '{name}', {reason}",
    fix: "Choose another name.",
  },
  {
    code: "HEWN1612",
    title: "actor-tag-words",
    rule: "Tags of actors say how they are sent to: '@actor local', '@idempotent', '@deadline 5s', '@overflow wait', '@overflow reject', '@overflow dropOldest', '@mailbox 1000', '@reentrant'.",
    says: "is tagged '{tag}', {reason}",
    fix: "{remedy}",
    cases: cases["actor-tag-words"],
  },
] as const satisfies readonly Entry[];
