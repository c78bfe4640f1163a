// Horizontal bars as SVG: panels one below the other, each with a scale of its own. The picture brings its background
// and follows the reader's choice of light or dark; title and description say in words what it shows.
import { type Attributes, element, escaped } from "./svg.ts";

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Stands behind the bar. */
  readonly text: string;
  /** Ends of the whisker. */
  readonly interval?: readonly [low: number, high: number];
  /** A short line across the bar: what the value is held to. */
  readonly mark?: number;
  /** In the stronger colour. */
  readonly isOurs: boolean;
}

export interface Panel {
  readonly heading?: string;
  readonly bars: readonly Bar[];
}

export interface BarChart {
  readonly title: string;
  /** What the bars say, for those who do not see them; what each bar says is added. */
  readonly description: string;
  /** A line across all bars of every panel. */
  readonly line?: number;
  readonly legend: string;
  readonly panels: readonly Panel[];
}

interface Scale {
  /** The value at the right end. */
  readonly most: number;
  /** Where a value stands from the left; what leaves the scale stands at its end. */
  readonly at: (value: number) => number;
}

const width = 760;
const plotLeft = 160;
const plotWidth = 460;
const top = 62;
const barPitch = 26;
const barHeight = 16;
const headingHeight = 26;
const axisHeight = 34;

const colours = {
  light: {
    back: "#ffffff",
    ink: "#1f2328",
    soft: "#59636e",
    grid: "#d8dee4",
    ours: "#0a62c9",
    other: "#9aa4af",
    mark: "#b3261e",
  },
  dark: {
    back: "#0d1117",
    ink: "#e6edf3",
    soft: "#9198a1",
    grid: "#2f363d",
    ours: "#4c9bff",
    other: "#5d6773",
    mark: "#ff8278",
  },
};

const style = `
text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
.title, .heading { font-weight: 600; }
.title { font-size: 16px; }
.legend, .tick { font-size: 12px; }
.label { text-anchor: end; }
.tick { text-anchor: middle; }
.value { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round; }
.line { stroke-width: 1.5; }
.whisker { fill: none; }
.mark { stroke-width: 2.5; }
${coloured(colours.light)}
@media (prefers-color-scheme: dark) {
${coloured(colours.dark)}
}
`;

function coloured({ back, ink, soft, grid, ours, other, mark }: typeof colours.light): string {
  return `.back { fill: ${back}; }
text { fill: ${ink}; }
.legend, .tick { fill: ${soft}; }
.value { stroke: ${back}; }
.ours { fill: ${ours}; }
.other { fill: ${other}; }
.grid { stroke: ${grid}; }
.line, .whisker { stroke: ${ink}; }
.mark { stroke: ${mark}; }`;
}

export function barChart(chart: BarChart): string {
  const tops: number[] = [];
  let height = top;
  for (const panel of chart.panels) {
    tops.push(height);
    height += heightOf(panel);
  }
  const bounds: Attributes = { width, height, viewBox: `0 0 ${width} ${height}` };
  const root: Attributes = { xmlns: "http://www.w3.org/2000/svg", ...bounds, role: "img" };
  const parts = [
    element("title", { id: "title" }, escaped(chart.title)),
    element("desc", { id: "desc" }, escaped(described(chart))),
    element("style", {}, style),
    element("rect", { class: "back", width, height }),
    text("title", 16, 26, chart.title),
    text("legend", 16, 48, chart.legend),
    ...chart.panels.flatMap((panel, index) => panelParts(panel, tops[index]!, chart.line)),
  ];
  return `${element("svg", { ...root, "aria-labelledby": "title desc" }, `\n${parts.join("\n")}\n`)}\n`;
}

function heightOf({ heading, bars }: Panel): number {
  return (heading === undefined ? 0 : headingHeight) + bars.length * barPitch + axisHeight;
}

function described({ description, panels }: BarChart): string {
  const ofPanel = ({ heading, bars }: Panel): string => {
    const all = bars.map((bar) => `${bar.label} ${bar.text}`).join("; ");
    return heading === undefined ? `${all}.` : `${heading}: ${all}.`;
  };
  return [description, ...panels.map(ofPanel)].join(" ");
}

function text(kind: string, x: number, y: number, words: string): string {
  return element("text", { class: kind, x, y }, escaped(words));
}

function panelParts(panel: Panel, panelTop: number, line: number | undefined): readonly string[] {
  const { bars, heading } = panel;
  const barsTop = panelTop + (heading === undefined ? 0 : headingHeight);
  const bottom = barsTop + bars.length * barPitch;
  const scale = scaleOf(bars, line);
  const { most, at } = scale;
  const vertical = (kind: string, value: number): string =>
    element("line", { class: kind, x1: at(value), x2: at(value), y1: barsTop, y2: bottom });
  return [
    ...(heading === undefined ? [] : [text("heading", 16, panelTop + 17, heading)]),
    ...ticks(most).flatMap((tick) => [
      vertical("grid", tick),
      text("tick", at(tick), bottom + 16, String(tick)),
    ]),
    ...bars.flatMap((bar, index) => barParts(bar, barsTop + index * barPitch, scale)),
    ...(line === undefined ? [] : [vertical("line", line)]),
    ...bars.map((bar, index) => text("value", at(reach(bar)) + 8, barsTop + index * barPitch + 18, bar.text)),
  ];
}

/** A whisker may leave the picture, so that one noisy row does not crush the others; what is below zero stands at it. */
function scaleOf(bars: readonly Bar[], line = 0): Scale {
  const longest = Math.max(line, ...bars.flatMap(({ value, mark }) => [value, mark ?? 0]));
  const most = Math.min(Math.max(longest, ...bars.map(reach)), 1.5 * longest) || 1;
  return { most, at: (value) => plotLeft + (plotWidth * Math.max(0, Math.min(value, most))) / most };
}

/** How far right a bar comes with all that belongs to it. */
function reach({ value, interval, mark }: Bar): number {
  return Math.max(value, interval?.[1] ?? 0, mark ?? 0);
}

function barParts(bar: Bar, pitchTop: number, scale: Scale): readonly string[] {
  const { at } = scale;
  const y = pitchTop + (barPitch - barHeight) / 2;
  const middle = pitchTop + barPitch / 2;
  const size: Attributes = { x: at(0), y, width: at(bar.value) - at(0), height: barHeight };
  const parts = [
    text("label", plotLeft - 10, middle + 5, bar.label),
    element("rect", { class: bar.isOurs ? "bar ours" : "bar other", ...size }),
  ];
  if (bar.interval !== undefined) parts.push(whisker(bar.interval, middle, scale));
  if (bar.mark !== undefined) {
    const x = at(bar.mark);
    parts.push(element("line", { class: "mark", x1: x, x2: x, y1: y - 3, y2: y + barHeight + 3 }));
  }
  return parts;
}

/** Ends in a cap, or where it leaves the picture in a point. */
function whisker([low, high]: readonly [number, number], y: number, { most, at }: Scale): string {
  const tenth = (x: number): number => Math.round(x * 10) / 10;
  const [left, right] = [tenth(at(low)), tenth(at(high))];
  const cap = high <= most ? `M${right} ${y - 4}v8` : `M${right - 4} ${y - 4}l4 4l-4 4`;
  return element("path", { class: "whisker", d: `M${left} ${y - 4}v8M${left} ${y}H${right}${cap}` });
}

/** Zero and round figures up to `most`, at most seven in all. */
function ticks(most: number): readonly number[] {
  if (most <= 0) return [0];
  const power = 10 ** Math.floor(Math.log10(most / 6));
  const step = power * ([1, 2, 5, 10].find((round) => round * power * 6 >= most) ?? 10);
  const count = Math.floor(most / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, nth) => Number((nth * step).toPrecision(6)));
}
