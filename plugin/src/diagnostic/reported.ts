// What is reported for the refused example of each code, written by `npm run bless diagnostics`.
import type { Code } from "./catalog.ts";

export interface Reported {
  readonly message: string;
  readonly fix: string;
}

export const reported: Readonly<Record<Code, Reported>> = {
  HEWN1001: {
    message: "'Job.onDone' is a function ('(result: string) => void'); closures cannot cross the wire",
    fix: "Send the data that the function works on, or a literal that names what to do.",
  },
  HEWN1002: {
    message: "'Account.deposit' is a method; a wire type has data only",
    fix: "Make it a free function that takes the value as its argument.",
  },
  HEWN1003: {
    message: "'Order.shape' is a constructor ('new () => Circle'); a wire type has data only",
    fix: "Send a literal that names the class and choose the constructor on the other side.",
  },
  HEWN1004: {
    message: "'Counter' can be called ('Counter'); closures cannot cross the wire",
    fix: "Remove the call signature and keep the properties.",
  },
  HEWN1005: {
    message:
      "'Transfer.from' is an instance of class 'Account'; prototypes and private state cannot cross the wire",
    fix: "Declare an interface with the readonly properties of 'Account' that are data, and use it instead.",
  },
  HEWN1006: {
    message: "'Search.pattern' is an object of the standard library ('RegExp') without a wire format",
    fix: "Declare the pattern as a string, its 'source'.",
  },
  HEWN1007: {
    message: "'Packet.memory' is a resource of this process ('ArrayBuffer') that means nothing in another",
    fix: "Declare 'Uint8Array'.",
  },
  HEWN1008: {
    message: "'Answer.text' is a promise ('Promise<string>'); a message holds values that are already there",
    fix: "Await it before sending and declare the type of its result.",
  },
  HEWN1009: {
    message:
      "'Feed.lines' is an iterator or iterable ('Iterable<string>'), which produces its values by running code",
    fix: "Collect the values and declare 'readonly T[]' of them.",
  },
  HEWN1101: {
    message: "'Point.x' can be assigned to; every property of a wire type is readonly",
    fix: "Write 'readonly x'.",
  },
  HEWN1102: { message: "'Basket.items' is a mutable array ('string[]')", fix: "Write 'readonly string[]'." },
  HEWN1103: {
    message: "'Place.at' is a mutable tuple ('[latitude: number, longitude: number]')",
    fix: "Write 'readonly [latitude: number, longitude: number]'.",
  },
  HEWN1104: {
    message: "'Prices.byName' is a mutable map ('Map<string, number>')",
    fix: "Write 'ReadonlyMap<string, number>'.",
  },
  HEWN1105: {
    message: "'Article.tags' is a mutable set ('Set<string>')",
    fix: "Write 'ReadonlySet<string>'.",
  },
  HEWN1106: {
    message: "'Headers.fields' has an index signature that can be assigned to ('{ [x: string]: string; }')",
    fix: "Write 'Readonly<Record<string, string>>'.",
  },
  HEWN1107: {
    message: "'Volume.level' has a setter, which is code; a wire type has data only",
    fix: "Declare 'readonly level' instead of the accessors.",
  },
  HEWN1201: {
    message: "'Event.payload' is 'any', which says nothing about the value",
    fix: "Declare the type that the value has.",
  },
  HEWN1202: {
    message: "'Event.payload' is 'unknown', which says nothing about the value",
    fix: "Declare the type that the value has, or a discriminated union of those it may have.",
  },
  HEWN1203: {
    message: "'Answer.extra' is 'void', which carries no value",
    fix: "Remove it, or declare the type of the value it should carry.",
  },
  HEWN1204: {
    message: "'Ping' says nothing about its content: '{}' has no properties to write",
    fix: "Declare its properties; for a message without content, declare an interface of its own, such as 'export interface Ping {}'.",
  },
  HEWN1205: { message: "'Token.key' is a symbol, unique to its process", fix: "Use a string literal." },
  HEWN1206: {
    message: "'Login[secret]' is named by a symbol, unique to its process",
    fix: "Name the property with a string.",
  },
  HEWN1207: {
    message:
      "'Box.width' is a template literal type ('`${i32}px`') that has 'i32' in a placeholder, which the codec cannot check",
    fix: "Put 'string', 'number' or 'bigint' in the placeholder, or declare 'string'.",
  },
  HEWN1208: {
    message: "'Limit.max' is the bigint literal '10n'",
    fix: "Declare 'i64', 'u64' or 'bigint', or use a string literal.",
  },
  HEWN1209: {
    message:
      "'User.id' is a primitive with a brand ('string & { readonly brand: \"UserId\"; }') that a decoder cannot prove",
    fix: "Declare the plain primitive, and brand it where the decoded value is checked.",
  },
  HEWN1210: {
    message: "'Shop.sizes' is 'typeof Size', which has no wire format",
    fix: "Declare an interface of plain data instead.",
  },
  HEWN1211: {
    message: "'Folder' has no finite value: each one needs another one inside it, without an end",
    fix: "Let it end: make the property optional or nullable, put it in an array, or add an arm without it.",
  },
  HEWN1212: {
    message:
      "'Move.to.x' is 'i32' after a mapped type has run over it, an object with the methods of a number",
    fix: "Use 'Immutable<T>' of @hewn/runtime, which leaves number types as they are, or let your type stop at 'number' and 'bigint'.",
  },
  HEWN1301: {
    message:
      "'Shape' is a union of objects that no property tells apart ('{ readonly radius: number; } | { readonly width: number; readonly height: number; }')",
    fix: "Give each arm a required readonly property of the same name with a literal of its own, such as 'readonly kind: \"circle\"'.",
  },
  HEWN1302: {
    message:
      "'Body.content' is a union ('string | Uint8Array<ArrayBufferLike>') whose arms cannot be told apart: 'string' and 'Uint8Array<ArrayBufferLike>' are both strings in JSON, which has bytes as base64",
    fix: "Choose one of 'string' and 'Uint8Array<ArrayBufferLike>', or put one into an object: 'string | { readonly bytes: Uint8Array }'.",
  },
  HEWN1303: {
    message: "'Shirt.size' is the enum 'Size', whose member 'large' is computed when the program runs",
    fix: "Give the member a constant value.",
  },
  HEWN1304: {
    message: "'Grid.cells[]' can be null and undefined; JSON cannot tell them apart there",
    fix: "Choose one of null and undefined.",
  },
  HEWN1306: {
    message:
      "'Board.cells<key>' is the key of a map and of type 'Point', whose values lose their identity on the wire",
    fix: "Use a primitive as the key, or an array of pairs.",
  },
  HEWN1307: {
    message: "'Table' has an index signature ('Table') beside named properties, such as 'name'",
    fix: "Move it into a property of its own, of type 'Readonly<Record<string, V>>'.",
  },
  HEWN1308: {
    message: "'Payload.__proto__' is named '__proto__', which changes the prototype of the decoded object",
    fix: "Choose another name.",
  },
  HEWN1309: {
    message: "'Range.top' has the literal 'Infinity', whose value is Infinity",
    fix: "Use a finite number or a string instead, or declare 'number' or 'f64', which hold Infinity too.",
  },
  HEWN1310: {
    message:
      "'Report.rows' adds to or changes a container or date ('readonly string[] & { readonly title: string; }'), which would not survive",
    fix: "Declare an interface that has it as one of its properties.",
  },
  HEWN1311: {
    message:
      "'Post.title' is optional in one part of an intersection, may be 'undefined' in another ('string | undefined'), and so may be neither",
    fix: "Declare it alike in all parts: required without 'undefined', or optional.",
  },
  HEWN1401: {
    message: "'Reading' cannot be named in the codec file: 'Reading' is not exported",
    fix: "Export 'Reading' by name from the file that declares it.",
  },
  HEWN1402: {
    message: "'Box' depends on a type that is not known yet ('Box<T>')",
    fix: "Tag an alias with arguments, such as 'export type Instance = Box<i32>'.",
  },
  HEWN1403: {
    message: "'City.tower' expands without end: 'Tower' contains itself with larger and larger arguments",
    fix: "Let 'Tower' contain itself with the same arguments.",
  },
  HEWN1404: {
    message: "'FrameInto' and 'Frame' would both be given the name 'encodeFrameInto' in the codec file",
    fix: "Rename one of them, or move it to a file of its own.",
  },
  HEWN1405: {
    message: "'User' is tagged @wire more than once",
    fix: "Keep the tag on one of its declarations.",
  },
  HEWN1406: {
    message: "'value' is tagged @wire, but a property is part of a type",
    fix: "Tag the interface or type alias around it.",
  },
  HEWN1407: {
    message: "'Message' is tagged in a declaration file, beside which no codec can be generated",
    fix: "Move the type to a '.ts' file, or tag an alias of it in one.",
  },
  HEWN1408: {
    message:
      "'Message' is tagged in a CommonJS file of a project with 'verbatimModuleSyntax', where a codec could not import the runtime",
    fix: "Move the type to an ES module ('.mts', or '.ts' under '\"type\": \"module\"'), or turn 'verbatimModuleSyntax' off.",
  },
  HEWN1409: {
    message: "'Message' is tagged in a file whose codec would stand in the place of that of 'message.ts'",
    fix: "Rename one of the two files.",
  },
  HEWN1410: {
    message: "'Draft' is tagged '@wire mutable', and 'mutable' means nothing there",
    fix: "Write '/** @wire */', with 'copy' behind it if its values may be mutable, and with 'binary' or 'json' if that format is enough; put a description in a line of its own.",
  },
  HEWN1411: {
    message: "'Explosion' is made of more than 100000 types",
    fix: "Let its generic types have fewer different arguments, or tag the parts of it that you send.",
  },
  HEWN1412: {
    message: "'Deep.value' nests too deep: types without names stand more than 100 deep in one another",
    fix: "Declare an interface for a part of it, and write its name there.",
  },
  HEWN1413: {
    message: "'Order.price' is made of 'Price', which is tagged 'binary' alone and has no JSON codec",
    fix: "Tag 'Price' '/** @wire */', or 'Order' '/** @wire binary */' if it needs no JSON codec.",
  },
  HEWN1501: {
    message:
      "'Answer' is tagged @wire in a project without 'strictNullChecks', which hides where null and undefined may stand",
    fix: "Set '\"strict\": true' (or '\"strictNullChecks\": true') in tsconfig.json.",
  },
  HEWN1601: {
    message: "'Counter' is tagged @actor, but not in a comment that begins with '/**'",
    fix: "Write the tag in such a comment: '/** @actor */', or '/** @actor local */'.",
  },
  HEWN1602: {
    message: "'Shape' is an abstract class, of which no node can make an actor",
    fix: "Tag the classes that extend it, and remove the tag here.",
  },
  HEWN1603: {
    message: "'Cell' is a generic class ('Cell<T>'), whose messages are not known",
    fix: "Tag a class that extends it with arguments and has none of its own.",
  },
  HEWN1604: {
    message:
      "'Names' extends 'Set', which the project does not declare, so that its public methods would be messages",
    fix: "Keep an instance of it in a private field instead.",
  },
  HEWN1605: {
    message: "'Counter.constructor' takes 'first: i32' first, where the context of the actor belongs",
    fix: "Put 'context: ActorContext' of @hewn/runtime before it.",
  },
  HEWN1606: {
    message: "'Counter.constructor' is private, so that a spawn cannot call it",
    fix: "Declare one public constructor, with what differs as a union.",
  },
  HEWN1607: {
    message: "'Store.size' is a public field, which no other node could read",
    fix: "Make it private: '#size'; let a method tell what others may know of it.",
  },
  HEWN1608: {
    message: "'Store.size' is an accessor, and an answer takes time and may fail",
    fix: "Write it as a method, 'size() {…}', or make it private.",
  },
  HEWN1609: {
    message: "'Store.find' is overloaded, and a message has one form",
    fix: "Give each form a name of its own, or declare one signature with a discriminated union.",
  },
  HEWN1610: {
    message: "'Store.count' is a generic method, whose message is not known",
    fix: "Declare the types that it is called with, as a discriminated union where there are several.",
  },
  HEWN1611: {
    message: "'Store.then' has the name 'then', which makes 'await' take a handle for a promise",
    fix: "Choose another name.",
  },
  HEWN1612: {
    message: "'Store.size' is tagged '@deadline soon', which is no time",
    fix: "Write a number and a unit: '@deadline 500ms', '@deadline 5s', '@deadline 2m'.",
  },
  HEWN1613: {
    message: "'Subscription.listener' is a handle of 'Listener', which is not tagged '@actor'",
    fix: "Tag the class 'Listener' '/** @actor */'.",
  },
  HEWN1701: {
    message: "'worker.process()' is asked, and nobody looks at the answer, which may be a failure",
    fix: "Await it and look at its status, or call '.orThrow()' on it and await that; declare the method 'void' if nobody ever needs an answer.",
  },
  HEWN1702: {
    message:
      "'worker.process(task).samples' is a mutable array ('number[]'): its sender could change it after it was sent",
    fix: "Send a copy, 'copyOf(samples)', or declare it readonly where it is made.",
  },
  HEWN1703: {
    message:
      "'spawn(visitor).on' asks for another node, but 'Visitor.visit(each)' is a function ('(count: number) => void'); closures cannot cross the wire",
    fix: "Leave 'on' out, so that it runs here; or mend 'Visitor.visit(each)': Send the data that the function works on, or a literal that names what to do.",
  },
  HEWN1999: {
    message: "'Wide' has 2 more declarations that cannot cross the wire",
    fix: "Correct the others first, and run it again to see these.",
  },
  HEWN2001: {
    message: "'Order' is not what wire.lock says: 'Order.note' is not in wire.lock",
    fix: "Run 'hewn lock', look at what changed in wire.lock, and commit it.",
  },
};
