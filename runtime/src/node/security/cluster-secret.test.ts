import { describe, expect, test } from "@jest/globals";
import { newClusterSecret, parseClusterSecret } from "./cluster-secret.ts";

const parse = (text: string) => parseClusterSecret(text, "the secret");

describe("a secret", () => {
  test("that is new has 256 bits, is another one each time, and is taken", () => {
    const secrets = Array.from({ length: 100 }, newClusterSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(parse(secret).key).toHaveLength(32);
    }
  });

  test("is the same in base64url, base64 and hex, with blanks around it", () => {
    const bytes = Buffer.from(newClusterSecret(), "base64url");
    const wanted = parse(bytes.toString("base64url"));
    for (const text of [
      bytes.toString("base64"),
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
    ]) {
      expect(parse(`\n ${text} \n`)).toEqual(wanted);
    }
  });

  test("gives a name and a key that tell nothing of it or of each other, and differ from those of others", () => {
    const text = newClusterSecret();
    const { id, key } = parse(text);
    expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
    expect(Buffer.from(key).toString("base64url")).not.toBe(text);
    expect(Buffer.from(key).includes(Buffer.from(id, "base64url"))).toBe(false);
    expect(parse(newClusterSecret()).id).not.toBe(id);
  });

  test.each([
    ["", "is empty"],
    ["   ", "is empty"],
    ["correct horse battery staple", "is neither base64url, base64 nor hex"],
    ["hunter2", "is too short: 5 bytes where at least 32 are needed"],
    [Buffer.alloc(31, 1).toString("hex"), "is too short: 31 bytes where at least 32 are needed"],
    ["a".repeat(64), "is weak: its bytes repeat"],
    ["Z".repeat(43), "is weak: its bytes repeat"],
    ["0123456789abcdef".repeat(4), "is weak: its bytes repeat"],
    [
      Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString("hex"),
      "is weak: its bytes count up or down",
    ],
    [
      Buffer.from(Array.from({ length: 32 }, (_, i) => 250 - 3 * i)).toString("base64"),
      "is weak: its bytes count up or down",
    ],
    [
      Buffer.from("The quick brown fox jumps over the lazy dog").toString("base64url"),
      "is weak: its bytes are words, not chance",
    ],
    ["thequickbrownfoxjumpsoverthelazydogandrunsaway", "is weak: its text is words or a pattern, not chance"],
    ["PasswordPasswordPassword1234567890123456789", "is weak: its text is words or a pattern, not chance"],
    [Buffer.alloc(65, 3).toString("hex"), "is too long: 65 bytes of at most 64"],
  ])("%p is refused with the reason, and not shown", (text, reason) => {
    const error = (() => {
      try {
        return parse(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({
      name: "NetworkError",
      code: "weakSecret",
      message: `the secret ${reason}; \`hewn keygen\` makes a secret of 256 random bits`,
    });
  });
});
