/** The line beside a resource that tells what is being waited for: sent when it changes. */
export class StatusLine {
  readonly #send: (line: string) => void;
  #shown = "";

  constructor(send: (line: string) => void) {
    this.#send = send;
  }

  /** Shows a line; nothing leaves the last one. */
  show(line: string | undefined): void {
    if (line === undefined || line === this.#shown) return;
    this.#shown = line;
    this.#send(line);
  }

  clear(): void {
    this.show("");
  }
}
