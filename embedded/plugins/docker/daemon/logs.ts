/** Docker puts these bytes before each piece of output of a container without a terminal: stream, three zeros, length. */
const headerBytes = 8;

/**
 * The text of a container's log in the order in which it was written, standard output and error together.
 * @param terminal whether the container has one: then its log has no headers
 */
export function readLog(log: Buffer, terminal: boolean): string {
  if (terminal) return log.toString("utf8");
  const pieces: Buffer[] = [];
  for (let at = 0; at + headerBytes <= log.length;) {
    const start = at + headerBytes;
    const end = start + log.readUInt32BE(at + 4);
    pieces.push(log.subarray(start, end));
    at = end;
  }
  return Buffer.concat(pieces).toString("utf8");
}
