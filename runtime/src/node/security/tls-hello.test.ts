import { expect, test } from "@jest/globals";
import { clientHelloMax, judgeFirstBytes } from "./tls-hello.ts";

/** A record of `length` bytes that begins with a ClientHello of `message` bytes. */
const hello = (length: number, message = length - 4) =>
  Buffer.concat([
    Buffer.from([22, 3, 1, length >> 8, length & 0xff]),
    Buffer.from([1, message >> 16, (message >> 8) & 0xff, message & 0xff]),
    Buffer.alloc(length - 4),
  ]);

test("a hello is told as soon as all of it is there, in whatever pieces it comes", () => {
  const bytes = hello(300);
  for (let end = 0; end < bytes.length; end++) expect(judgeFirstBytes(bytes.subarray(0, end))).toBe("more");
  expect(judgeFirstBytes(bytes)).toBe("hello");
  expect(judgeFirstBytes(Buffer.concat([bytes, Buffer.from("more")]))).toBe("hello");
});

test("what is no hello is told by its first byte that is wrong", () => {
  expect(judgeFirstBytes(Buffer.from([0x47]))).toBe("plaintext");
  expect(judgeFirstBytes(Buffer.from([22, 4]))).toBe("plaintext");
  expect(judgeFirstBytes(Buffer.from([22, 3, 1, 0, 9]))).toBe("more");
  expect(judgeFirstBytes(Buffer.from([22, 3, 1, 0, 9, 2]))).toBe("plaintext");
});

test("a hello that announces more than 4 KiB is refused before it has come", () => {
  expect(judgeFirstBytes(hello(clientHelloMax - 5))).toBe("hello");
  expect(judgeFirstBytes(hello(clientHelloMax - 4).subarray(0, 6))).toBe("tooLong");
});

test("a hello in pieces, which could be of any length, is refused with its first record", () => {
  const beginning = hello(4, 131_000);
  for (let end = 0; end < 9; end++) expect(judgeFirstBytes(beginning.subarray(0, end))).toBe("more");
  expect(judgeFirstBytes(beginning)).toBe("tooLong");
  expect(judgeFirstBytes(hello(300, 400))).toBe("tooLong");
  expect(judgeFirstBytes(hello(300, 200))).toBe("tooLong");
  expect(judgeFirstBytes(Buffer.from([22, 3, 1, 0, 1, 1]))).toBe("tooLong");
});
