// Circles of asks as warnings: who asks whom, each where it is written, and what to do about it.
import { deed, placeOf } from "./graph-lines.ts";
import type { GraphReport } from "./graph-report.ts";

export function circleLines({ circles }: GraphReport): readonly string[] {
  return circles.flatMap((circle) => {
    const [first] = circle;
    const names = [...circle.map(({ from }) => from), first?.from ?? ""];
    return [
      `warning: asks may go in a circle: ${names.join(" -> ")}`,
      ...circle.map((call) => `  ${call.from} ${deed(call)}  ${placeOf(call)}`),
      "  fix: Make one of these methods return void, so that it is told, or tag one of the classes @reentrant.",
      "",
    ];
  });
}
