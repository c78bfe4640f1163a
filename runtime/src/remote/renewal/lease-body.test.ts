import { expect, test } from "@jest/globals";
import { readLeaseAnswer, readLeaseQuestion, writeLeaseAnswer, writeLeaseQuestion } from "./lease-body.ts";

const question = { instance: 0xfedc_ba98_7654_3210n, term: 0xffff_fffe, forMs: 6000 };

test("a question and an answer about a lease are read as they were written, byte by byte", () => {
  const body = writeLeaseQuestion(question);
  expect(Buffer.from(body).toString("hex")).toBe("01fedcba9876543210fffffffe00001770");
  expect(readLeaseQuestion(body)).toEqual(question);
  expect(Buffer.from(writeLeaseAnswer(6000)).toString("hex")).toBe("0100001770");
  expect(readLeaseAnswer(writeLeaseAnswer(6000))).toBe(6000);
});

test("every other body is no question about a lease, and grants nothing", () => {
  const bytes = [...writeLeaseQuestion(question)];
  const others = [[], [1], [2, ...bytes.slice(1)], bytes.slice(1), [...bytes, 0], Array(512).fill(1)];
  for (const other of others) expect(readLeaseQuestion(Uint8Array.from(other))).toBeUndefined();
  for (const other of [[], [1, 0, 0, 0], [2, 0, 0, 0, 9], [1, 0, 0, 0, 9, 0]])
    expect(readLeaseAnswer(Uint8Array.from(other))).toBe(0);
});
