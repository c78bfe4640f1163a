import { expect, test } from "@jest/globals";
import { clientHelloMax, judgeFirstBytes } from "./tls-hello.ts";

const hello = (length: number) =>
  Buffer.concat([Buffer.from([22, 3, 1, length >> 8, length & 0xff, 1]), Buffer.alloc(length - 1)]);

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
