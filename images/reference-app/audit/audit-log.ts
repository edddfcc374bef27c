import { appendFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";

/** Something that happened and has to be found again later: who did what, and from where. */
export interface AuditEntry {
  readonly event: "login failed" | "login succeeded" | "account made" | "password changed";
  readonly account: string;
  /** Address that the request came from, as the proxy before the service tells it; none for what a job did. */
  readonly address?: string;
}

/** Entries of the audit log, one JSON object a line, in a file for each host: several may share the folder. */
export class AuditLog {
  readonly #file: string;
  readonly #send: (entry: AuditEntry) => void;

  /** @param send - Hears of each entry that was written. */
  constructor(folder: string, send: (entry: AuditEntry) => void = () => {}) {
    this.#file = path.join(folder, `audit-${hostname()}.jsonl`);
    this.#send = send;
  }

  /** Writes an entry down. @throws Error when the folder can't be written to */
  async append(entry: AuditEntry): Promise<void> {
    const line = JSON.stringify({ time: new Date().toISOString(), ...entry });
    await appendFile(this.#file, `${line}\n`, { mode: 0o640 });
    this.#send(entry);
  }
}
