// An object whose methods are called as code of a process, whoever calls them.

/** @param within calls a function as code of that process, or throws where it is gone */
export function inWorldOf<T extends object>(object: T, within: <R>(run: () => R) => R): T {
  return new Proxy(object, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...args: readonly unknown[]) => within(() => Reflect.apply(value, target, args) as unknown);
    },
  });
}
