// Makes every way out of a simulated process fail: sockets, files, other processes, names, and whatever else takes
// time or chance from the real machine. Which functions of Node's modules do none of that stands here.

import childProcess from "node:child_process";
import cluster from "node:cluster";
import nodeCrypto from "node:crypto";
import dgram from "node:dgram";
import dns from "node:dns";
import dnsPromises from "node:dns/promises";
import fs from "node:fs";
import fsPromises from "node:fs/promises";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import workerThreads from "node:worker_threads";
import zlib from "node:zlib";

/** The modules, and what of each is harmless: pure functions, classes that only hold data. */
const modules: readonly (readonly [name: string, module: object, harmless: RegExp])[] = [
  ["child_process", childProcess, /^$/],
  ["cluster", cluster, /^(on|once|off|emit|addListener|removeListener|listeners|listenerCount)$/],
  [
    "crypto",
    nodeCrypto,
    /^(create|get(Ciphers|Curves|Hashes|Fips|CipherInfo)|hash|timingSafeEqual|Hash|Hmac|KeyObject|X509|[A-Z].*Object)|Sync$/,
  ],
  ["dgram", dgram, /^$/],
  ["dns", dns, /^(getServers|getDefaultResultOrder|setDefaultResultOrder)$/],
  ["dns/promises", dnsPromises, /^(getServers|getDefaultResultOrder|setDefaultResultOrder)$/],
  ["fs", fs, /^(Stats|Dirent|Dir|_toUnixTimestamp)$/],
  ["fs/promises", fsPromises, /^$/],
  ["http", http, /^(validate|IncomingMessage|OutgoingMessage|_connectionListener)/],
  ["http2", http2, /^(get|sensitiveHeaders)/],
  ["https", https, /^$/],
  ["net", net, /^(is|BlockList|SocketAddress|get|set|_)/],
  [
    "tls",
    tls,
    /^(check|create(SecureContext)|getCiphers|getCACertificates|rootCertificates|convert|SecureContext|DEFAULT)/,
  ],
  ["worker_threads", workerThreads, /^(is|mark|move|get|set|receiveMessageOnPort|resourceLimits)/],
  ["zlib", zlib, /^(create|crc32|codes)|Sync$|^[A-Z]/],
];

/** Functions of `node:crypto` whose results chance decides, whatever the end of their names. */
const byChance = /^(random|generate|secure)/;
const globals = ["fetch", "WebSocket", "EventSource", "BroadcastChannel", "MessageChannel", "Worker"];

/** @param forbidden told what was called; what it answers is thrown, and where it answers nothing the call is made */
export function forbidIo(forbidden: (what: string) => Error | undefined): void {
  for (const [name, module, harmless] of modules) {
    for (const key of Object.keys(module)) {
      const isHarmless = harmless.test(key) && !(name === "crypto" && byChance.test(key));
      if (!isHarmless) guard(module, key, `node:${name}.${key}`, forbidden);
    }
  }
  for (const name of globals) guard(globalThis, name, name, forbidden);
  for (const name of [
    "digest",
    "encrypt",
    "decrypt",
    "sign",
    "verify",
    "deriveBits",
    "generateKey",
    "importKey",
  ]) {
    guard(Object.getPrototypeOf(crypto.subtle) as object, name, `crypto.subtle.${name}`, forbidden);
  }
}

function guard(
  target: object,
  key: string,
  name: string,
  forbidden: (what: string) => Error | undefined,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  const real: unknown = descriptor && Reflect.get(target, key);
  if (typeof real !== "function" || !descriptor?.configurable) return;
  const check = () => {
    const error = forbidden(name);
    if (error !== undefined) throw error;
  };
  const value = new Proxy(real, {
    apply(callee, self, args) {
      check();
      return Reflect.apply(callee as (...args: unknown[]) => unknown, self, args) as unknown;
    },
    construct(callee, args, newTarget) {
      check();
      return Reflect.construct(callee, args, newTarget) as object;
    },
  });
  Object.defineProperty(target, key, {
    value,
    writable: true,
    configurable: true,
    enumerable: descriptor.enumerable === true,
  });
}
