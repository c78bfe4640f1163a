// What happens on the network of a run, as lines of its trace and as observations.

import type { Observation } from "./observation.ts";
import type { Simulation } from "./simulation.ts";
import type { NetworkWatch } from "./virtual-connection.ts";
import { WireTap } from "./wire-tap.ts";

export function notedNetwork(
  simulation: Simulation,
  observe: (observation: Observation) => void,
): NetworkWatch {
  const note = (line: string) => simulation.note(line);
  const tap = new WireTap((observation) => {
    if (observation.kind === "frame") {
      const { connection, from, frame, bytes } = observation;
      note(`${connection} ${from} writes ${frame} ${bytes}`);
      simulation.sometimes(`frame: ${frame}`);
    }
    observe(observation);
  });
  return {
    dialled: ({ name, from, to }) => note(`${name} ${from} dials ${to}`),
    opened: ({ name, from }) => note(`${name} ${from} is connected`),
    accepted: ({ name, to }) => note(`${name} ${to} accepts`),
    written: (connection, end, bytes) => {
      tap.written(connection, end, bytes);
      const amount = end.outboxBytes + bytes.length;
      observe({ kind: "waiting", at: end.process.name, place: "socket bytes", amount });
    },
    read: ({ name }, end, bytes) =>
      simulation.trace.addDetail(simulation.nowUs, `${name} ${end.role} ${bytes.length}`),
    closed: ({ name }, end, failure) =>
      note(`${name} ${end.process.name} is closed${failure ? `: ${failure.code}` : ""}`),
  };
}
