// Makes a plan that fails a run smaller, as long as it still does: delta debugging (Zeller and Hildebrandt) over its
// actions, then over its machines, and then over what is sent.

import type { Action, Plan } from "./plan.ts";

export interface Shrunk {
  readonly plan: Plan;
  /** Runs that it took. */
  readonly tries: number;
}

/** @param fails whether a run of that plan fails in the same way */
export async function shrink(
  plan: Plan,
  fails: (plan: Plan) => Promise<boolean>,
  triesMax: number,
): Promise<Shrunk> {
  let best = plan;
  let tries = 0;
  const attempt = async (candidate: Plan): Promise<boolean> => {
    if (tries >= triesMax) return false;
    tries++;
    const isBetter = await fails(candidate);
    if (isBetter) best = candidate;
    return isBetter;
  };
  for (let size = -1; best.actions.length !== size && tries < triesMax; ) {
    size = best.actions.length;
    await fewerActions(() => best, attempt);
    await fewerMachines(() => best, attempt);
  }
  await smallerSends(() => best, attempt);
  return { plan: best, tries };
}

type Attempt = (candidate: Plan) => Promise<boolean>;

async function fewerActions(best: () => Plan, attempt: Attempt): Promise<void> {
  for (
    let length = Math.ceil(best().actions.length / 2);
    length >= 1;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let start = 0; start < best().actions.length; ) {
      const { machines, actions } = best();
      const rest = [...actions.slice(0, start), ...actions.slice(start + length)];
      if (!(await attempt({ machines, actions: rest }))) start += length;
    }
  }
}

async function fewerMachines(best: () => Plan, attempt: Attempt): Promise<void> {
  for (const machine of best().machines) {
    const { machines, actions } = best();
    if (machines.length === 1) return;
    await attempt({
      machines: machines.filter((name) => name !== machine),
      actions: actions.flatMap((each) => withoutMachine(each, machine)),
    });
  }
}

function withoutMachine(each: Action, machine: string): readonly Action[] {
  const from = each.from.filter((name) => name !== machine);
  const to = each.to.filter((name) => name !== machine);
  const isEmpty = (each.from.length > 0 && from.length === 0) || (each.to.length > 0 && to.length === 0);
  return isEmpty ? [] : [{ ...each, from, to }];
}

async function smallerSends(best: () => Plan, attempt: Attempt): Promise<void> {
  for (const name of ["count", "bytes"]) {
    for (let index = 0; index < best().actions.length; index++) {
      for (let smaller = true; smaller; ) {
        const { machines, actions } = best();
        const each = actions[index];
        const value = each?.kind === "send" ? (each.numbers[name] ?? 0) : 0;
        const less = { ...each?.numbers, [name]: Math.floor(value / 2) };
        const changed = actions.map((other) => (other === each ? { ...other, numbers: less } : other));
        smaller = value > 1 && (await attempt({ machines, actions: changed }));
      }
    }
  }
}
