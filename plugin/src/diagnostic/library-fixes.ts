// What to declare instead of objects of the standard library, by their names.

const anError = "Declare a discriminated union of what can go wrong, with the data that each case needs.";

/** By the name of the interface. */
export const libraryFixes: Readonly<Record<string, string>> = {
  Date: "Declare 'Date' itself: what arrives is a Date of its own.",
  RegExp: "Declare the pattern as a string, its 'source'.",
  URL: "Declare the address as a string, its 'href'.",
  Error: anError,
  String: "Declare 'string', the primitive.",
  Number: "Declare 'number', the primitive.",
  Boolean: "Declare 'boolean', the primitive.",
  BigInt: "Declare 'bigint', the primitive.",
  Symbol: "Use a string literal.",
  Map: "Declare 'ReadonlyMap<K, V>' itself.",
  ReadonlyMap: "Declare 'ReadonlyMap<K, V>' itself.",
  Set: "Declare 'ReadonlySet<T>' itself.",
  ReadonlySet: "Declare 'ReadonlySet<T>' itself.",
  WeakMap: "Declare a ReadonlyMap with the entries that should be sent.",
  WeakSet: "Declare a ReadonlySet of the values that should be sent.",
  WeakRef: "Declare the value itself.",
  Float16Array: "Declare 'Float32Array', which holds each of its numbers.",
};

/** The same of memory, which belongs to one process. */
export const memoryFixes: Readonly<Record<string, string>> = {
  Buffer: "Declare 'Uint8Array'; every Buffer is one.",
  NonSharedBuffer: "Declare 'Uint8Array'; every Buffer is one.",
  ArrayBuffer: "Declare 'Uint8Array'.",
  SharedArrayBuffer: "Declare 'Uint8Array'.",
  DataView: "Declare 'Uint8Array'.",
};

/** Of an object of the library that has no fix of its own. */
export function otherLibraryFix(name: string): string {
  return name.endsWith("Error") ? anError : "Declare an interface with the data of it that should be sent.";
}

/** Of streams, sockets, handles and what else is open in one process. */
export const openFix = "Send the data that it holds or yields, and open it where it is used.";
