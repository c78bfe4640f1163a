// Which file imports which, as the compiler resolved them: so that an edit regenerates everything that can see it.

export class ImportGraph {
  readonly #importers = new Map<string, Set<string>>();

  /** Edges are only ever added: one too many costs a little time, one too few leaves a codec stale. */
  add(importer: string, imported: string): void {
    const importers = this.#importers.get(imported);
    if (importers) importers.add(importer);
    else this.#importers.set(imported, new Set([importer]));
  }

  /** The files themselves and every file from which one of them can be reached. */
  affectedBy(files: Iterable<string>): Set<string> {
    const affected = new Set(files);
    for (const file of affected)
      for (const importer of this.#importers.get(file) ?? []) affected.add(importer);
    return affected;
  }
}
