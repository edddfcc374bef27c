import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import * as http from "node:http";
import { Duplex } from "node:stream";
import type { Address } from "./address.ts";

type SshAddress = Extract<Address, { kind: "ssh" }>;

/**
 * The arguments with which `ssh` connects its standard input and output to the daemon on the other machine, as Docker's own
 * client does: ssh's configuration, keys and known hosts apply.
 */
export function sshArguments(address: SshAddress, options: readonly string[]): string[] {
  const hasTimeout = options.some((option) => option.includes("ConnectTimeout"));
  return [
    ...options,
    ...(hasTimeout ? [] : ["-o", "ConnectTimeout=30"]),
    "-T",
    ...(address.user ? ["-l", address.user] : []),
    ...(address.port ? ["-p", String(address.port)] : []),
    "--",
    address.host,
    "docker",
    ...(address.socket ? ["--host", `unix://${address.socket}`] : []),
    "system",
    "dial-stdio",
  ];
}

/** Opens one ssh connection for each HTTP connection; a few idle ones are kept for the next calls. */
export class SshAgent extends http.Agent {
  readonly #host: string;
  readonly #arguments: readonly string[];

  constructor(address: SshAddress, options: readonly string[]) {
    super({ keepAlive: true, maxFreeSockets: 4 });
    this.#host = address.host;
    this.#arguments = sshArguments(address, options);
  }

  override createConnection(): Duplex {
    return new SshConnection(this.#host, spawn("ssh", this.#arguments));
  }
}

/** An ssh process as the socket of an HTTP connection. It fails with what ssh printed if ssh ends with an error. */
class SshConnection extends Duplex {
  readonly #ssh: ChildProcessWithoutNullStreams;

  constructor(host: string, ssh: ChildProcessWithoutNullStreams) {
    super();
    this.#ssh = ssh;
    let complaint = "";
    ssh.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    ssh.stdout.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) ssh.stdout.pause();
    });
    // ssh has ended or is about to; "close" tells why.
    ssh.stdin.on("error", () => undefined);
    ssh.once("error", (error) => this.destroy(new Error(`ssh cannot be started: ${error.message}`)));
    // Not at the end of the output: why there is no more is known only with the exit code.
    ssh.once("close", (code) => {
      if (code) this.destroy(new Error(`ssh to ${host} ended with exit code ${code}: ${complaint.trim()}`));
      else this.push(null);
    });
  }

  override _read(): void {
    this.#ssh.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#ssh.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#ssh.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ssh.kill();
    done(error);
  }

  /** The agent calls these on the sockets that it keeps; a pipe has no use for the first two. */
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    this.#ssh.ref();
    return this;
  }
  unref(): this {
    this.#ssh.unref();
    return this;
  }
}
