// What Hewn holds itself to on Node 24 with the build for Node: how many times ahead of the best peer each row must be.
import type { WorkloadName } from "./values.ts";

type Floors = Readonly<Partial<Record<WorkloadName, number>>>;

const everyRow = (floor: number): Record<WorkloadName, number> => ({
  SensorReading: floor,
  NodeId: floor,
  Command: floor,
  Readings1000: floor,
  MediaContent: floor,
  Order: floor,
  Doubles10k: floor,
  Article: floor,
  GameState: floor,
});

/** By operation, then by row; an operation without an entry is reported and held to nothing. */
const floors: Readonly<Record<string, Floors>> = {
  encode: {
    SensorReading: 1.6,
    NodeId: 1.5,
    Command: 1.7,
    Readings1000: 1.5,
    MediaContent: 1.8,
    Order: 1.6,
    Doubles10k: 1.05,
    Article: 2.5,
    GameState: 1.6,
  },
  encodeInto: {
    SensorReading: 2.3,
    NodeId: 2.3,
    Command: 2.0,
    Readings1000: 1.5,
    MediaContent: 1.8,
    Order: 1.6,
    Doubles10k: 2.0,
    Article: 3.0,
    GameState: 1.6,
  },
  decode: {
    SensorReading: 1.8,
    NodeId: 1.3,
    Command: 1.8,
    Readings1000: 1.15,
    MediaContent: 1.25,
    Order: 1.3,
    Doubles10k: 0.9,
    Article: 0.9,
    GameState: 0.9,
  },
  stringify: { ...everyRow(1), GameState: 1.5 },
  parse: { ...everyRow(0.9), SensorReading: 1.5, GameState: 2 },
};

/** Undefined where none is stated. */
export function floorOf(operation: string, row: string): number | undefined {
  const ofOperation: Readonly<Record<string, number>> = floors[operation] ?? {};
  return ofOperation[row];
}
