// The rule that no method of an actor has a name by which something else is known on its handles. A handle with a
// method `then` would be taken for a promise by every `await`.

const promises = new Set(["then", "catch", "finally"]);
const objects = new Set([
  "constructor",
  "toString",
  "toLocaleString",
  "valueOf",
  "toJSON",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "__proto__",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
]);
const replies = new Set(["orThrow"]);

/** Why no handle can have a method of this name, as the rest of a sentence; undefined if it can. */
export function nameTakenBy(name: string): string | undefined {
  if (promises.has(name)) return "which makes 'await' take a handle for a promise";
  if (objects.has(name)) return "which the language calls on every object";
  if (replies.has(name)) return "by which a reply is asked for its value";
  return undefined;
}
