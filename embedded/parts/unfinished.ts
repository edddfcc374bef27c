import { randomUUID } from "node:crypto";

/** A name beside `file` for what takes its place, in one move, once it is whole: nobody ever sees a part of it. */
export function unfinished(file: string): string {
  return `${file}.${randomUUID()}`;
}
