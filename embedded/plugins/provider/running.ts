/** The operations under way, so that all can be told to stop. */
export class Running {
  readonly #controllers = new Set<AbortController>();

  cancel(): void {
    for (const controller of this.#controllers) controller.abort(new Error("canceled"));
  }

  /** Runs an operation with a signal that aborts on `cancel`, or after the given time; 0 means no limit. */
  async run<Result>(seconds: number, operation: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    const timer =
      seconds > 0
        ? setTimeout(() => controller.abort(new Error(`timed out after ${seconds} seconds`)), seconds * 1000)
        : undefined;
    this.#controllers.add(controller);
    try {
      return await operation(controller.signal);
    } finally {
      clearTimeout(timer);
      this.#controllers.delete(controller);
    }
  }
}
