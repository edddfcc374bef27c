import type { Readable } from "node:stream";

/** The lines of a stream as they come, empty ones left out. Unlike those of `node:readline` they fail when the stream does. */
export async function* lines(stream: Readable): AsyncGenerator<string, void, undefined> {
  stream.setEncoding("utf8");
  let rest = "";
  for await (const chunk of stream as AsyncIterable<string>) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts.filter((line) => line !== "");
  }
  if (rest !== "") yield rest;
}
