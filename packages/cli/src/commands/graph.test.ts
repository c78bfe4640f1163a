import { describe, expect, jest, test } from "@jest/globals";
import { inProject } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const account = `import type { ActorContext, ActorRef, i32 } from "@hewn/runtime";
import { LedgerActor } from "./ledger.codec.js";
import type { Ledger } from "./ledger.js";
import { posted } from "./posted.js";

/** @actor */
export class Account {
  readonly #context: ActorContext<Account>;
  #ledger: ActorRef<Ledger> | undefined;

  constructor(context: ActorContext<Account>) {
    this.#context = context;
  }

  open(): void {
    this.#ledger = this.#context.spawn(LedgerActor, [this.#context.self]);
  }

  async pay(amount: i32): Promise<i32> {
    return this.#ledger ? posted(this.#ledger, amount) : 0;
  }

  balance(): i32 {
    return 0;
  }
}
`;

const posted = `import type { ActorRef } from "@hewn/runtime";
import type { Ledger } from "./ledger.js";

export async function posted(ledger: ActorRef<Ledger>, amount: number): Promise<number> {
  return await ledger.post(amount).orThrow();
}
`;

const ledger = `import type { ActorContext, ActorRef, i32 } from "@hewn/runtime";
import type { Account } from "./account.js";

/** @actor */
export class Ledger {
  readonly #account: ActorRef<Account>;

  constructor(_context: ActorContext, account: ActorRef<Account>) {
    this.#account = account;
  }

  async post(amount: i32): Promise<i32> {
    return amount + (await this.#account.balance().orThrow());
  }

  close(): void {
    this.#account.open();
  }
}
`;

const main = `import type { ActorContext } from "@hewn/runtime";
import { AccountActor } from "./account.codec.js";

export function run(context: ActorContext): void {
  context.spawn(AccountActor, []).open();
}
`;

const files = {
  "src/account.ts": account,
  "src/posted.ts": posted,
  "src/ledger.ts": ledger,
  "src/main.ts": main,
};

/** Without the ask that closes the circle. */
const straight = {
  ...files,
  "src/ledger.ts": ledger.replace("(await this.#account.balance().orThrow())", "1"),
};

/** What varies between runs. */
function settled(text: string): string {
  return text.replace(/\d+ ms/g, "1 ms");
}

const circle = `warning: asks may go in a circle: Account -> Ledger -> Account
  Account asks Ledger.post  src/posted.ts:5:16
  Ledger asks Account.balance  src/ledger.ts:13:28
  fix: Make one of these methods return void, so that it is told, or tag one of the classes @reentrant.
`;

describe("hewn graph", () => {
  test("lists who calls whom, also through functions, and ends with 1 where asks go in a circle", async () => {
    await inProject(files, async (project) => {
      const { code, stdout, stderr } = await project.hewn("graph");
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(settled(stdout)).toBe(`Account  src/account.ts:7:14
  spawns Ledger     src/account.ts:16:20
  asks Ledger.post  src/posted.ts:5:16

Ledger  src/ledger.ts:5:14
  asks Account.balance  src/ledger.ts:13:28
  tells Account.open    src/ledger.ts:17:5

src/main.ts
  spawns Account      src/main.ts:5:3
  tells Account.open  src/main.ts:5:3

${circle}
hewn: 2 actors, 6 calls, 1 circle of asks (1 ms)
`);
      expect(await project.hewn("graph", "--quiet")).toEqual({ code: 1, stdout: `${circle}\n`, stderr: "" });
    });
  });

  test("ends with 0 where no asks go in a circle, and tells are in none", async () => {
    await inProject(straight, async (project) => {
      const { code, stdout } = await project.hewn("graph");
      expect(code).toBe(0);
      expect(stdout).not.toContain("warning");
      expect(settled(stdout)).toContain("hewn: 2 actors, 5 calls, no circle of asks (1 ms)");
    });
    const reentrant = { ...files, "src/ledger.ts": ledger.replace("@actor", "@actor\n * @reentrant") };
    await inProject(reentrant, async (project) => {
      expect(await project.hewn("graph", "-q")).toEqual({ code: 0, stdout: "", stderr: "" });
    });
  });

  test("--json prints one object, and --dot a graph with the warnings on stderr", async () => {
    await inProject(files, async (project) => {
      const { code, stdout } = await project.hewn("graph", "--json");
      expect(code).toBe(1);
      const ask = { kind: "ask", from: "Account", to: "Ledger", method: "post" };
      const back = { kind: "ask", from: "Ledger", to: "Account", method: "balance" };
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        actors: [
          { name: "Account", reentrant: false, file: "src/account.ts", line: 7, column: 14 },
          { name: "Ledger", reentrant: false, file: "src/ledger.ts", line: 5, column: 14 },
        ],
        circles: [
          [
            { ...ask, file: "src/posted.ts", line: 5, column: 16 },
            { ...back, line: 13, column: 28 },
          ],
        ],
      });
      const dot = await project.hewn("graph", "--dot");
      expect(dot).toMatchObject({ code: 1, stderr: `${circle}\n` });
      expect(dot.stdout).toBe(`digraph actors {
  node [shape=box];
  "Account";
  "Ledger";
  "src/main.ts" [shape=note];
  "Account" -> "Ledger" [style=dotted];
  "Ledger" -> "Account" [style=solid, label="balance", color=red];
  "Ledger" -> "Account" [style=dashed, label="open"];
  "src/main.ts" -> "Account" [style=dotted];
  "src/main.ts" -> "Account" [style=dashed, label="open"];
  "Account" -> "Ledger" [style=solid, label="post", color=red];
}
`);
    });
  });

  test("a project without actors has none, and --dot with --json is wrong usage", async () => {
    await inProject({ "src/a.ts": "export const a = 1;\n" }, async (project) => {
      const { code, stdout } = await project.hewn("graph");
      expect({ code, stdout: settled(stdout) }).toEqual({
        code: 0,
        stdout: "hewn: 0 actors, 0 calls, no circle of asks (1 ms)\n",
      });
      expect(await project.hewn("graph", "--dot", "--json")).toMatchObject({ code: 2 });
    });
  });
});
