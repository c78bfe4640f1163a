// For tests: results of every bench, small, with rows below their floor, beyond their budget and behind a peer.
import type { RecordedResult } from "../conditions.ts";
import type { BudgetRow, ContestRow, NetRow } from "../row.ts";

const conditions = {
  date: "2026-01-31",
  machine: { cpu: "Some CPU 9000", cores: 2, memoryBytes: 8 * 2 ** 30, os: "Linux 6.1 x64" },
  rounds: 31,
  isQuick: false,
  portable: false,
  only: [],
};

function contest(row: string, operation: string, more: Partial<ContestRow>): ContestRow {
  const isSize = operation === "bytes" || operation === "bundle";
  const unit = isSize ? "bytes" : "ns";
  const figures = { ahead: 1, aheadLow: 1, aheadHigh: 1, best: "JSON", peers: {} };
  return { row, operation, unit, hewn: 100, ...figures, ...more };
}

const speed: readonly ContestRow[] = [
  contest("SensorReading", "encode", {
    hewn: 93,
    peers: { JSON: 390, bebop: 158, "bebop readFrom": 90, "@msgpack/msgpack": 261 },
    ahead: 1.7,
    aheadLow: 1.66,
    aheadHigh: 1.75,
    best: "bebop",
  }),
  contest("Order", "encode", {
    hewn: 2100,
    peers: { JSON: 4519, bebop: 3150, avsc: 4217 },
    ahead: 1.5,
    aheadLow: 1.41,
    aheadHigh: 1.58,
    best: "bebop",
  }),
  contest("Order", "decode", {
    hewn: 3000,
    peers: { JSON: 5000, bebop: 3900, fury: 2900, "msgpackr shared": 2400 },
    ahead: 0.8,
    aheadLow: 0.78,
    aheadHigh: 0.83,
    best: "msgpackr shared",
  }),
  contest("SensorReading", "parse", {
    hewn: 200,
    peers: { JSON: 320 },
    ahead: 1.6,
    aheadLow: 1.5,
    aheadHigh: 1.7,
  }),
];

const bytes = contest("SensorReading", "bytes", {
  hewn: 32,
  peers: { JSON: 79.6, avsc: 27, bebop: 32 },
  ahead: 0.84,
  aheadLow: 0.84,
  aheadHigh: 0.84,
  best: "avsc",
});

const bundles: readonly ContestRow[] = [
  contest("SensorReading", "bundle", {
    hewn: 3543,
    peers: { msgpackr: 11935, bebop: 2018 },
    ahead: 0.57,
    aheadLow: 0.57,
    aheadHigh: 0.57,
    best: "bebop",
  }),
  contest("further type", "bundle", {
    hewn: 300,
    peers: { msgpackr: 0, bebop: 375 },
    ahead: 1.25,
    aheadLow: 1.25,
    aheadHigh: 1.25,
    best: "bebop",
  }),
];

const compiling: readonly BudgetRow[] = [
  {
    row: "cold",
    operation: "plugin",
    unit: "ms",
    hewn: 1310,
    low: 1250,
    high: 1420,
    budget: 1200,
    peers: {},
    ahead: 0.92,
    parts: { whole: 3200, "tspc without plugin": 1890 },
  },
  {
    row: "generate",
    operation: "cli",
    unit: "ms",
    hewn: 2426,
    low: 2300,
    high: 2500,
    budget: 4000,
    peers: {},
    ahead: 1.65,
    parts: { whole: 2426 },
  },
];

const between: readonly (NetRow | BudgetRow)[] = [
  {
    ...{ row: "small", operation: "tell", unit: "1/s", hewn: 3_500_000, raw: 10_000_000 },
    ...{ ofRaw: 0.35, ofRawLow: 0.31, ofRawHigh: 0.39 },
    limits: { "raw with codecs": { figure: 4_000_000, of: 0.88 } },
    alone: { hewn: 7_000_000, raw: 10_000_000, ofRaw: 0.7, ofRawLow: 0.66, ofRawHigh: 0.74 },
    peers: { ws: 180_000, erlang: 260_000 },
    ...{ ahead: 13.5, aheadLow: 12.1, aheadHigh: 14.2, best: "erlang" },
  },
  {
    ...{ row: "small tls", operation: "tell", unit: "1/s", hewn: 3_100_000, raw: 7_000_000 },
    ...{ ofRaw: 0.44, ofRawLow: 0.4, ofRawHigh: 0.5 },
    limits: { "hewn in the clear": { figure: 3_500_000, of: 0.89 } },
    peers: {},
  },
  {
    ...{ row: "record", operation: "askP50", unit: "us", hewn: 47.5, raw: 28 },
    ...{ ofRaw: 1.7, ofRawLow: 1.6, ofRawHigh: 1.9 },
    limits: { "raw with codecs": { figure: 43, of: 1.1 } },
    peers: { ws: 75, erlang: 38 },
    ...{ ahead: 0.8, aheadLow: 0.7, aheadHigh: 0.9, best: "erlang" },
  },
  {
    ...{ row: "idle", operation: "accepted", unit: "KB", hewn: 17, low: 16, high: 18, budget: 15 },
    ...{ peers: { raw: 5 }, ahead: 0.88, parts: {} },
  },
];

const clusters: readonly BudgetRow[] = [
  {
    ...{
      row: "detect-sigkill",
      operation: "connected",
      unit: "ms",
      hewn: 130,
      low: 90,
      high: 140,
      budget: 100,
    },
    ...{ peers: {}, parts: {}, ahead: 0.77, besides: { median: 12, longest: 140, trials: 20 } },
  },
  {
    ...{
      row: "detect-cut",
      operation: "lanP95",
      unit: "ms",
      hewn: 4300,
      low: 4100,
      high: 4700,
      budget: 5000,
    },
    ...{ peers: {}, parts: {}, ahead: 1.16, besides: { median: 3300, longest: 4700, trials: 20 } },
  },
  {
    ...{ row: "false-deaths", operation: "stalls", unit: "deaths", hewn: 0, low: 0, high: 0, budget: 0 },
    ...{ peers: {}, parts: {}, ahead: 1, besides: { unreachable: 1, stalled: 900, suspicions: 3 } },
  },
  {
    ...{
      row: "local-health",
      operation: "suspicions",
      unit: "of without",
      hewn: 0.04,
      low: 0.04,
      high: 0.04,
    },
    ...{ budget: 0.1, peers: {}, parts: {}, ahead: 2.5, besides: { on: 8, off: 200 } },
  },
];

const betweenActors: NetRow = {
  ...{ row: "small", operation: "tell", unit: "1/s", hewn: 900000, raw: 9000000, peers: { erlang: 260000 } },
  ...{
    ofRaw: 0.1,
    ofRawLow: 0.09,
    ofRawHigh: 0.11,
    ahead: 3.46,
    aheadLow: 3.3,
    aheadHigh: 3.6,
    best: "erlang",
  },
  limits: { "hewn's transport": { figure: 3500000, of: 0.26 } },
};

const slower = (row: ContestRow): ContestRow => ({ ...row, ahead: row.ahead / 2 });

export const sampleResults: readonly RecordedResult[] = [
  { bench: "codec", node: "26.1.0", rows: speed, ...conditions },
  { bench: "codec", node: "24.21.0", rows: [...speed, bytes], ...conditions },
  { bench: "codec", node: "24.21.0", rows: speed.map(slower), ...conditions, portable: true },
  { bench: "size", node: "24.21.0", rows: [bytes, ...bundles], ...conditions, rounds: 1 },
  { bench: "compile", node: "24.21.0", rows: compiling, ...conditions, rounds: 7 },
  { bench: "net", node: "24.21.0", rows: between, ...conditions },
  {
    ...{ bench: "actors", node: "24.21.0", ...conditions },
    rows: [
      contest("local", "ask", { hewn: 180, peers: { nact: 2100, erlang: 150 }, ahead: 0.83 }),
      betweenActors,
    ],
  },
  { bench: "cluster", node: "24.21.0", rows: clusters, ...conditions, rounds: 20 },
];
