// Every peer, in the order of the table.
import { avsc } from "./avsc.js";
import { bebop, bebopReadFrom } from "./bebop.js";
import { cborX } from "./cbor-x.js";
import { fury } from "./fury.js";
import { json } from "./json.js";
import { msgpack } from "./msgpack.js";
import { msgpackr, msgpackrShared } from "./msgpackr.js";
import { pbf } from "./pbf.js";
import { protobufEs } from "./protobuf-es.js";
import { protobufjs } from "./protobufjs.js";
import { schemapack } from "./schemapack.js";

export const adapters = [
  json,
  msgpack,
  msgpackr,
  msgpackrShared,
  cborX,
  avsc,
  protobufjs,
  protobufEs,
  bebop,
  bebopReadFrom,
  pbf,
  fury,
  schemapack,
];
