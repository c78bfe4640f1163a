import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { blessedReport, reportGoldens } from "../../bless/report.ts";
import type { RecordedResult } from "../conditions.ts";
import { isContest } from "../row.ts";
import { charts } from "./charts.ts";
import { page } from "./page.ts";
import { resultsOf } from "./results.ts";
import { sampleResults } from "./sample-results.testing.ts";

const pageOf = (...all: readonly RecordedResult[]): string => {
  const results = resultsOf(all);
  return page(results, charts(results));
};
const text = pageOf(...sampleResults);
const codec = sampleResults.find(({ bench, node }) => bench === "codec" && node.startsWith("24"))!;

test("the report is what its goldens say", () => {
  for (const [file, content] of blessedReport()) {
    expect(readFileSync(join(reportGoldens, file), "utf8")).toBe(content);
  }
});

test("the order of the results makes no difference", () => {
  const turned = sampleResults.toReversed();
  expect(pageOf(...turned)).toBe(text);
  expect(charts(resultsOf(turned))).toEqual(charts(resultsOf(sampleResults)));
});

test.each([[sampleResults], [[{ ...codec, rows: codec.rows.slice(0, 1) }]]])(
  "every picture is shown, and every picture that is shown is there",
  (results) => {
    const shown = [...pageOf(...results).matchAll(/\(benchmarks\/([\w-]+)\.svg\)/g)].map(([, name]) => name);
    expect(shown.toSorted()).toEqual([...charts(resultsOf(results)).keys()].toSorted());
  },
);

describe("tables", () => {
  test("have the figures of the result", () => {
    expect(text).toContain(
      "| SensorReading | 93 | 1.70 | 1.66–1.75 | 1.6 | bebop 158, @msgpack/msgpack 261, JSON 390 |",
    );
    expect(text).toContain("| SensorReading | 32 | **0.84** | avsc 27, bebop 32, JSON 79.6 |");
  });

  test("mark rows below their floor, and name them before", () => {
    expect(text).toContain("| Order | 2100 | 1.50 | 1.41–1.58 | 1.6, **not reached** |");
    expect(text).toContain("**Not reached: 2 rows.**");
    expect(text).toContain("- Encoding to owned bytes: Order 1.50 of 1.6\n- Decoding: Order 0.80 of 1.3");
  });

  test("hold nothing to floors that are stated for another engine", () => {
    expect(pageOf({ ...codec, node: "26.1.0" })).not.toContain("not reached");
    expect(pageOf({ ...codec, portable: true })).not.toContain("not reached");
  });

  test("name budgets that are not kept", () => {
    expect(text).toContain("**Budgets that are not kept: 1**: cold, plugin (1310 of 1200 ms).");
    expect(text).toContain("**Beyond that: 1 type**: SensorReading (3543).");
  });

  test("of the network tell the share of each limit, and who is better where less is more", () => {
    expect(text).toContain(
      "| small | 3500000 | 0.35 | 0.31–0.39 | 0.88 | 0.70 (0.66–0.74) | 13.50 | 12.10–14.20 | erlang 260000, ws 180000 |",
    );
    expect(text).toContain("| small tls | 3100000 | 0.44 | 0.40–0.50 | 0.89 |");
    expect(text).toContain(
      "| record | 47.5 | 1.70 | 1.60–1.90 | 1.10 |  | **0.80** | 0.70–0.90 | erlang 38, ws 75 |",
    );
    expect(text).toContain("| accepted | 17 | 16–18 | 15, **not kept** | 5 |");
  });

  test("of actors tell how they stand beside peers, and beside the transport without them", () => {
    expect(text).toContain(
      "| an ask, one after the other | 180 | **0.83** | 1.00–1.00 | erlang 150, nact 2100 |",
    );
    expect(text).toContain("| small | 900000 | 0.10 | 0.09–0.11 | 0.26 | 3.46 | erlang 260000 |");
  });

  test("of clusters tell what most trials keep, and what was said of nodes that live", () => {
    expect(text).toContain(
      "| a process is killed: known to all that were connected to it | 130 | 90–140 | 12 | 100, **not kept** | 20 |",
    );
    expect(text).toContain("| each loop blocked for 2 s every 5 s | 0 | 1 | 900 | 3 |");
    expect(text).toContain("**8** with local health, **200** without it");
  });

  test("stand beside each other for other engines", () => {
    expect(text).toContain("| Node 24 | Node 26 | Node 24, portable |");
    expect(text).toContain("| 1.70 (1.66–1.75) | 1.70 (1.66–1.75) | **0.85** (1.66–1.75) |");
  });
});

describe("where a peer is better", () => {
  const section = text.slice(text.indexOf("## Where a peer is better"));

  test("is every row that is behind, with how much and who else", () => {
    expect(section).toContain("In 3 rows of the main tables.");
    expect(section).toContain("| decode | Order | msgpackr shared | 1.25 | fury 1.03 |");
    expect(section).toContain("| bytes | SensorReading | avsc | 1.19 |  |");
    expect(section).toContain("| bundle | SensorReading | bebop | 1.76 |  |");
    expect(section).toContain("Node 24, portable: 4 rows");
  });

  test("says why, of those that are better alone", () => {
    expect(section).toContain("**msgpackr** reads");
    expect(section).toContain("**Avro**");
    expect(section).not.toContain("**schemapack**");
  });

  test("may be nowhere", () => {
    const rows = codec.rows.filter(isContest).filter(({ ahead }) => ahead > 1);
    expect(pageOf({ ...codec, rows })).toContain("In no row of the main tables.");
  });
});

describe("a result", () => {
  test("of a quick run is called one", () => {
    expect(text).not.toContain("Not of record");
    expect(pageOf({ ...codec, isQuick: true })).toContain("> **Not of record.**");
  });

  test("is told with its machine where there are several", () => {
    const other = { ...codec, node: "22.1.0", machine: { ...codec.machine, cores: 8 } };
    const both = pageOf(codec, other);
    expect(both).toContain("| 2 cores of Some CPU 9000, 8.0 GiB of memory, Linux 6.1 x64 |");
    expect(both).toContain("| 8 cores of Some CPU 9000, 8.0 GiB of memory, Linux 6.1 x64 |");
  });

  test("is refused beside another of the same conditions", () => {
    expect(() => resultsOf([codec, codec])).toThrow("there are two results of codec on Node 24");
  });

  test("is refused when nobody knows what it is of", () => {
    expect(() => resultsOf([{ ...codec, bench: "weather" }])).toThrow("no such bench");
    const rows = codec.rows.map((row) => ({ ...row, operation: "dance" }));
    expect(() => pageOf({ ...codec, rows })).toThrow("knows no operation 'dance'");
  });
});
