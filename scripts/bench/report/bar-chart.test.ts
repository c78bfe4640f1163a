import { describe, expect, test } from "@jest/globals";
import { type Bar, type BarChart, barChart } from "./bar-chart.ts";
import { charts } from "./charts.ts";
import { resultsOf } from "./results.ts";
import { sampleResults } from "./sample-results.testing.ts";
import { type Element, elementsOf, parseXml } from "./xml.testing.ts";

const bar = (label: string, value: number, more: Partial<Bar> = {}): Bar => {
  return { label, value, text: value.toFixed(2), isOurs: true, ...more };
};

const chartOf = (...bars: readonly Bar[]): BarChart => {
  return { title: "Speed", description: "How fast.", line: 1, legend: "line: 1", panels: [{ bars }] };
};

function ofKind(svg: string, kind: string): readonly Element[] {
  return elementsOf(parseXml(svg)).filter(({ attributes }) => attributes["class"]?.split(" ")[0] === kind);
}

function widths(svg: string): readonly number[] {
  return ofKind(svg, "bar").map(({ attributes }) => Number(attributes["width"]));
}

describe("a chart", () => {
  test("has bars as long as their values, from the same place", () => {
    const svg = barChart(chartOf(bar("a", 0.5), bar("b", 1), bar("c", 4)));
    const [half, one, four] = widths(svg);
    expect(one! / half!).toBeCloseTo(2, 2);
    expect(four! / one!).toBeCloseTo(4, 2);
    expect(new Set(ofKind(svg, "bar").map(({ attributes }) => attributes["x"])).size).toBe(1);
  });

  test("has its line, its ticks and its marks on the scale of the bars", () => {
    const svg = barChart(chartOf(bar("a", 1, { mark: 2 }), bar("b", 3)));
    const left = (element: Element | undefined, name: string): number => Number(element?.attributes[name]);
    const [one] = ofKind(svg, "bar");
    const end = left(one, "x") + left(one, "width");
    expect(left(ofKind(svg, "line")[0], "x1")).toBeCloseTo(end, 0);
    expect(left(ofKind(svg, "mark")[0], "x1")).toBeCloseTo(end + left(one, "width"), 0);
    const tick = ofKind(svg, "tick").find(({ text }) => text === "1");
    expect(left(tick, "x")).toBeCloseTo(end, 0);
  });

  test("is not crushed by one whisker", () => {
    const svg = barChart(chartOf(bar("a", 2, { interval: [1, 400] }), bar("b", 1)));
    expect(widths(svg)[1]).toBeGreaterThan(100);
    expect(ofKind(svg, "whisker")[0]!.attributes["d"]).toMatch(/l4 4l-4 4$/);
  });

  test("draws nothing for what is below zero, and says it", () => {
    const svg = barChart(chartOf(bar("a", -3, { interval: [-4, -2] }), bar("b", 1)));
    expect(widths(svg)[0]).toBe(0);
    expect(ofKind(svg, "value")[0]!.text).toBe("-3.00");
  });

  test("escapes what people call things", () => {
    const svg = barChart({ ...chartOf(bar('<a> & "b"', 1)), title: "a < b" });
    expect(ofKind(svg, "label")[0]!.text).toBe('<a> & "b"');
    expect(ofKind(svg, "title")[0]!.text).toBe("a < b");
  });

  test("says in words what it shows", () => {
    const [title, description] = parseXml(barChart(chartOf(bar("a", 2), bar("b", 1)))).children;
    expect([title!.name, title!.text]).toEqual(["title", "Speed"]);
    expect([description!.name, description!.text]).toEqual(["desc", "How fast. a 2.00; b 1.00."]);
  });

  test("follows the reader's choice of light or dark", () => {
    const svg = barChart(chartOf(bar("a", 1)));
    expect(svg).toContain("@media (prefers-color-scheme: dark)");
    expect(ofKind(svg, "back")[0]!.name).toBe("rect");
  });
});

interface Box {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** About where a text stands, in a wide font. */
function boxOf({ text, attributes }: Element): Box {
  const kind = attributes["class"]!;
  const size = kind === "title" ? 16 : kind === "legend" || kind === "tick" ? 12 : 13;
  const width = 0.6 * size * text.length;
  const x = Number(attributes["x"]) - (kind === "label" ? width : kind === "tick" ? width / 2 : 0);
  const baseline = Number(attributes["y"]);
  return {
    words: text,
    left: x,
    right: x + width,
    top: baseline - 0.8 * size,
    bottom: baseline + 0.2 * size,
  };
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("of a report", () => {
  const pictures = [...charts(resultsOf(sampleResults))];

  test.each(pictures)("the texts of %s stand in the picture and not on each other", (_, svg) => {
    const root = parseXml(svg);
    const boxes = elementsOf(root)
      .filter(({ name }) => name === "text")
      .map(boxOf);
    for (const [index, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(Number(root.attributes["width"]));
      expect(box.bottom).toBeLessThanOrEqual(Number(root.attributes["height"]));
      for (const other of boxes.slice(index + 1)) {
        expect(overlap(box, other) ? `${box.words} on ${other.words}` : "").toBe("");
      }
    }
  });
});
