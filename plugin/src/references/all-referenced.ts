// The projects that one references, directly and through others.

/** @returns those that can be reached from `first` in the order in which they are met, without it */
export function allReferenced<P>(first: P, referencesOf: (project: P) => Iterable<P>): readonly P[] {
  const found = new Set([first]);
  // A set that grows while it is gone over is gone over to its end.
  for (const project of found) for (const each of referencesOf(project)) found.add(each);
  return [...found].slice(1);
}
