// The fault proxy as a process: obeys commands, and answers each with what it has seen; "listen" with its port.
import { FaultProxy } from "./fault-proxy.testing.ts";
import type { ProxyCommand } from "./faults.testing.ts";
import { obeyParent } from "./program-process.testing.ts";

/** `listen` is answered with the port, everything else with the counts. */
export type ProgramCommand = ProxyCommand | { readonly kind: "listen" } | { readonly kind: "look" };

const proxy = new FaultProxy();

obeyParent<ProgramCommand>(async (command) => {
  if (command.kind === "listen") return proxy.listen();
  if (command.kind !== "look") await proxy.obey(command);
  return proxy.counts;
});
