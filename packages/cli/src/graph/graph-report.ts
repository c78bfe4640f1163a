// The graph of calls as `--json` prints it, and as all other forms are made of: names for people, places in lines.
import type { ActorCall, ActorCalls, AskCircle, Span } from "@hewn/plugin";
import type { JsonPlace } from "../json-report.ts";
import { locator } from "../locate.ts";

export interface ReportedActor extends JsonPlace {
  /** The class, with its file where several are called so. */
  readonly name: string;
  readonly reentrant: boolean;
}

export interface ReportedCall extends JsonPlace {
  /** The name of an actor, or a file. */
  readonly from: string;
  readonly to: string;
  readonly kind: ActorCall["kind"];
  /** Absent for a spawn. */
  readonly method?: string;
}

export interface GraphReport {
  readonly actors: readonly ReportedActor[];
  readonly calls: readonly ReportedCall[];
  /** Each a list of asks, of which the last leads to where the first comes from. */
  readonly circles: readonly (readonly ReportedCall[])[];
}

interface Found extends ActorCalls {
  readonly circles: readonly AskCircle[];
}

export function graphReport({ actors, calls, circles }: Found, shown: (file: string) => string): GraphReport {
  const locate = locator();
  const place = (span: Span): JsonPlace => ({ file: shown(span.file), ...locate(span) });
  const isUnique = (name: string): boolean => actors.filter((each) => each.name === name).length === 1;
  const names = new Map(
    actors.map(({ id, name, span }) => [id, isUnique(name) ? name : `${shown(span.file)}#${name}`]),
  );
  /** An actor of a referenced project may be known by its declarations only. */
  const nameOf = (id: string): string => names.get(id) ?? id.slice(id.lastIndexOf("#") + 1);
  const reported = ({ from, to, kind, method, span }: ActorCall): ReportedCall => ({
    from: from === undefined ? shown(span.file) : nameOf(from),
    to: nameOf(to),
    kind,
    ...(method === undefined ? {} : { method }),
    ...place(span),
  });
  return {
    actors: actors.map(({ id, span, reentrant }) => ({ name: nameOf(id), reentrant, ...place(span) })),
    calls: calls.map(reported),
    circles: circles.map((circle) => circle.map(reported)),
  };
}
