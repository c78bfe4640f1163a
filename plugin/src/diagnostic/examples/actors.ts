// Examples of what is said of classes tagged `@actor`.
import { type Example, example } from "../example.ts";

const context = 'import type { ActorContext, i32 } from "@hewn/runtime";\n';

const counter = `${context}
/** @actor */
export class Counter {
  #count = 0;
  constructor(_context: ActorContext, first: i32) {
    this.#count = first;
  }
  add(amount: i32): i32 {
    this.#count += amount;
    return this.#count;
  }
}`;

/** A class with one member, and the same with another one. */
function members(wrong: string, right: string): Example {
  const module = (body: string): string => `${context}
/** @actor */
export class Store {
  #items: readonly string[] = [];
  constructor(_context: ActorContext, items: readonly string[]) {
    this.#items = items;
  }
${body}
}`;
  return example(module(wrong), module(right));
}

/** What a function sends to an actor. */
function sends(wrong: string, right: string): Example {
  const module = (body: string): string => `
import { type ActorRef, ${body.includes("copyOf") ? "copyOf, " : ""}type i32 } from "@hewn/runtime";

export interface Task {
  readonly samples: readonly i32[];
}

/** @actor */
export class Worker {
  #done = 0;
  process(task: Task): i32 {
    this.#done += task.samples.length;
    return this.#done;
  }
}

export async function run(worker: ActorRef<Worker>, task: Task): Promise<void> {
${body}
}`;
  return example(module(wrong), module(right));
}

const spawns = (options: string): string => `
import type { ActorContext } from "@hewn/runtime";
import type { ActorDefinition } from "@hewn/runtime/actors";

/** @actor local */
export class Visitor {
  #visits = 0;
  visit(each: (count: number) => void): void {
    this.#visits++;
    each(this.#visits);
  }
}

export function start(context: ActorContext, visitor: ActorDefinition<Visitor, readonly []>): void {
  context.spawn(visitor, [], ${options});
}`;

export const actors = {
  HEWN1601: example(counter.replace("/** @actor */", "// @actor"), counter),
  HEWN1602: example(
    `
/** @actor */
export abstract class Shape {
  abstract area(): number;
}`,
    `
export abstract class Shape {
  abstract area(): number;
}

/** @actor */
export class Unit extends Shape {
  area(): number {
    return 1;
  }
}`,
  ),
  HEWN1603: example(
    `
/** @actor */
export class Cell<T> {
  #value: T | null = null;
  set(value: T): void {
    this.#value = value;
  }
  get(): T | null {
    return this.#value;
  }
}`,
    `
export class Cell<T> {
  #value: T | null = null;
  set(value: T): void {
    this.#value = value;
  }
  get(): T | null {
    return this.#value;
  }
}

/** @actor */
export class TextCell extends Cell<string> {}`,
  ),
  HEWN1604: example(
    `
/** @actor */
export class Names extends Set<string> {
  count(): number {
    return this.size;
  }
}`,
    `
/** @actor */
export class Names {
  readonly #names = new Set<string>();
  count(): number {
    return this.#names.size;
  }
}`,
  ),
  HEWN1605: example(counter.replace("_context: ActorContext, ", ""), counter),
  HEWN1606: example(counter.replace("  constructor", "  private constructor"), counter),
  HEWN1607: members("  size = 0;", "  size(): i32 {\n    return this.#items.length;\n  }"),
  HEWN1608: members(
    "  get size(): i32 {\n    return this.#items.length;\n  }",
    "  size(): i32 {\n    return this.#items.length;\n  }",
  ),
  HEWN1609: members(
    `  find(index: i32): string;
  find(prefix: string): string;
  find(key: i32 | string): string {
    return this.#items.find((item, index) => index === key || item === key) ?? "";
  }`,
    `  findAt(index: i32): string {
    return this.#items[index] ?? "";
  }
  findBy(prefix: string): string {
    return this.#items.find((item) => item.startsWith(prefix)) ?? "";
  }`,
  ),
  HEWN1610: members(
    "  count<T extends string>(item: T): i32 {\n    return this.#items.indexOf(item);\n  }",
    "  count(item: string): i32 {\n    return this.#items.indexOf(item);\n  }",
  ),
  HEWN1611: members(
    "  then(item: string): void {\n    this.#items = [...this.#items, item];\n  }",
    "  append(item: string): void {\n    this.#items = [...this.#items, item];\n  }",
  ),
  HEWN1612: members(
    "  /** @deadline soon */\n  size(): i32 {\n    return this.#items.length;\n  }",
    "  /** @deadline 5s */\n  size(): i32 {\n    return this.#items.length;\n  }",
  ),
  HEWN1613: example(
    `
import type { ActorRef } from "@hewn/runtime";

export class Listener {
  #heard = 0;
  hear(text: string): void {
    this.#heard += text.length;
  }
}

/** @wire */
export interface Subscription {
  readonly listener: ActorRef<Listener>;
}`,
    `
import type { ActorRef } from "@hewn/runtime";

/** @actor */
export class Listener {
  #heard = 0;
  hear(text: string): void {
    this.#heard += text.length;
  }
}

/** @wire */
export interface Subscription {
  readonly listener: ActorRef<Listener>;
}`,
  ),
  HEWN1701: sends(
    "  worker.process(task);",
    '  const outcome = await worker.process(task);\n  if (outcome.status !== "ok") throw new Error(outcome.status);',
  ),
  HEWN1702: sends(
    "  const samples = [task.samples.length];\n  await worker.process({ samples }).orThrow();\n  samples.push(2);",
    "  const samples = [task.samples.length];\n  await worker.process({ samples: copyOf(samples) }).orThrow();\n  samples.push(2);",
  ),
  HEWN1703: example(spawns('{ on: "other" }'), spawns('{ name: "near" }')),
} as const satisfies Readonly<Record<string, Example>>;
