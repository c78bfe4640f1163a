// Handles in messages: what generated codecs call for them.
import { encodeError } from "../codec/encode-error.ts";
import { jsonFail, jsonWrongType } from "../codec/json-error.ts";
import { jsonString } from "../codec/json-text.ts";
import { type Mismatch, mismatch } from "../codec/mismatch.ts";
import { fail, type Reader } from "../codec/reader.ts";
import { addressText, putRefAddress, readRefAddress } from "../codec/refs.ts";
import type { Writer } from "../codec/writer.ts";
import { wrongValue } from "../codec/wrong-value.ts";
import { type ActorAddress, type Port, port, type RefIdentity } from "./port.ts";
import { unboundPort } from "./unbound.ts";

/** What is known of the actors that a handle may lead to: a definition. */
export interface HandleType<R> {
  readonly name: string;
  readonly handle: new (to: Port) => R;
}

/** @throws EncodeError for what is no handle, or one of another kind of actor */
export function putActorRef(w: Writer, p: number, ref: RefIdentity, type: HandleType<RefIdentity>): number {
  return putRefAddress(w, p, addressIn(ref, type));
}

/** @throws DecodeError `wrongType` for a handle of another kind of actor */
export function readActorRef<R>(r: Reader, type: HandleType<R>): R {
  const at = r.offset;
  const address = readRefAddress(r);
  if (address.actor !== type.name) throw fail(r, "wrongType", otherActor(type.name, address.actor), at);
  const to = r.refs?.portTo(address) as Port | undefined;
  return new type.handle(to ?? unboundPort(address));
}

export function jsonActorRef(ref: RefIdentity, type: HandleType<RefIdentity>): string {
  return jsonString(addressText(addressIn(ref, type)));
}

/** What is read from JSON leads nowhere. */
export function fromJsonActorRef<R>(json: unknown, type: HandleType<R>): R {
  if (typeof json !== "string") throw jsonWrongType("ActorRef", json);
  const [, actor = "", digits = "", node] = /^(.*)#(\d{1,16})(?:@(.+))?$/s.exec(json) ?? [];
  const id = Number(digits);
  if (actor === "" || !Number.isSafeInteger(id))
    throw jsonFail("wrongType", "expected the address of an actor, found another string");
  if (actor !== type.name) throw jsonFail("wrongType", otherActor(type.name, actor));
  return new type.handle(unboundPort(node === undefined ? { actor, id } : { actor, id, node }));
}

/** `undefined` when the value is a handle of the actor. */
export function checkActorRef(value: unknown, type: HandleType<RefIdentity>): Mismatch | undefined {
  return isHandleOf(value, type) ? undefined : mismatch(`a handle of ${type.name}`);
}

function addressIn(ref: unknown, type: HandleType<RefIdentity>): ActorAddress {
  if (isHandleOf(ref, type)) return ref[port].address;
  if (isHandle(ref)) throw encodeError("wrongType", otherActor(type.name, ref[port].address.actor));
  throw wrongValue(`a handle of ${type.name}`, ref);
}

function isHandleOf(value: unknown, { name }: HandleType<RefIdentity>): value is RefIdentity {
  return isHandle(value) && value[port].address.actor === name;
}

function isHandle(value: unknown): value is RefIdentity {
  return typeof value === "object" && value !== null && port in value;
}

function otherActor(expected: string, found: string): string {
  return `expected a handle of ${expected}, found one of ${found}`;
}
