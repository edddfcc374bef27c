import { expect, test } from "vitest";
import { readLog } from "../../../../../embedded/plugins/docker/daemon/logs.ts";

function piece(stream: 1 | 2, text: string): Buffer {
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

test("standard output and error are put together in the order in which they were written", () => {
  const log = Buffer.concat([piece(1, "one\n"), piece(2, "zwei – "), piece(1, ""), piece(2, "drei\n")]);
  expect(readLog(log, false)).toBe("one\nzwei – drei\n");
});

test("a container with a terminal has a log without headers", () => {
  expect(readLog(Buffer.from("plain\r\n"), true)).toBe("plain\r\n");
});
