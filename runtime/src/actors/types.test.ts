// What compiles with actors' types and what does not: tsc is the judge, as everywhere the gate `types` looks.
import { expect, test } from "@jest/globals";
import type {
  ActorContext,
  ActorRef,
  IdempotentReply,
  LocalActorDefinition,
  Outcome,
  Placement,
  RefOf,
  Reply,
  Told,
} from "./index.ts";
import { type Counter, CounterActor, type Ping, type Pong } from "./sample-actors.testing.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<_T extends true>(): void {}

type Sends<A> = Exclude<keyof ActorRef<A>, symbol>;

test("a handle has the public methods of its class and nothing else", () => {
  holds<Equal<Sends<Counter>, "add" | "read" | "readLater" | "reset">>();
  expect.assertions(0);
});

test("what returns void is told, and everything else is asked", () => {
  class Results {
    nothing(): void {}
    async later(): Promise<void> {}
    missing(): undefined {}
    maybe(): number | undefined {
      return undefined;
    }
    anything(): unknown {
      return 0;
    }
    never(): never {
      throw new Error();
    }
    async value(a: number, b?: string, ...more: readonly boolean[]): Promise<string> {
      return `${a}${b}${more}`;
    }
  }
  type Ref = ActorRef<Results>;
  holds<Equal<Ref["nothing"], () => Told>>();
  holds<Equal<Ref["later"], () => Reply<void>>>();
  holds<Equal<Ref["missing"], () => Reply<undefined>>>();
  holds<Equal<Ref["maybe"], () => Reply<number | undefined>>>();
  holds<Equal<Ref["anything"], () => Reply<unknown>>>();
  holds<Equal<Ref["never"], () => Reply<never>>>();
  holds<Equal<Ref["value"], (a: number, b?: string, ...more: readonly boolean[]) => Reply<string>>>();
  expect.assertions(0);
});

/** Never called: only the compiler reads it. */
export async function uses(
  context: ActorContext,
  local: LocalActorDefinition<Ping, readonly []>,
  where: Placement,
): Promise<void> {
  const ref: ActorRef<Counter> = context.spawn(CounterActor, ["a"]);
  const named: RefOf<typeof CounterActor> = context.spawn(CounterActor, ["a"], { name: "first" });
  const far: Promise<Outcome<ActorRef<Counter, "read">>> = context.spawn(CounterActor, ["a"], { on: where });
  const ping: ActorRef<Ping> = context.spawn(local, []);

  const told: Told = ref.add(1);
  if (told.status !== "accepted") await told.ready();
  const outcome: Outcome<string> = await ref.read().within(100);
  const retried: IdempotentReply<string> = named.read().within(5).retry();
  const value: string = await retried.orThrow();
  context.watch(ref);

  // @ts-expect-error an outcome has to be narrowed
  outcome.value;
  // @ts-expect-error a handle of the class alone does not know what may be repeated
  ref.read().retry();
  // @ts-expect-error only what is tagged may be repeated
  named.readLater(1).retry();
  // @ts-expect-error private
  ref.secret();
  // @ts-expect-error protected
  ref.hidden();
  // @ts-expect-error a property is no message
  ref.context;
  // @ts-expect-error of another type
  ref.add("1");
  // @ts-expect-error too many
  ref.read(1);
  // @ts-expect-error the constructor takes a text
  context.spawn(CounterActor, [1]);
  // @ts-expect-error the constructor takes something
  context.spawn(CounterActor, []);
  // @ts-expect-error an actor tagged local stays here
  context.spawn(local, [], { on: where });
  // @ts-expect-error what has the same methods is no handle
  context.watch({ add: () => told });
  // @ts-expect-error another actor
  const other: ActorRef<Pong> = ref;
  void [far, ping, value, other];
}

/** Never called: only the compiler reads it. */
export function binds(): void {
  class Other {
    add(_amount: number): void {}
  }
  // @ts-expect-error another class
  CounterActor.from(Other);
}
