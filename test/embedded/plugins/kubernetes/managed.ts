import { InitializationError, type Context } from "../../../../embedded/plugins/provider/resource.ts";
import type { Difference } from "../../../../embedded/plugins/provider/questions.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import type { Cluster } from "../../../../embedded/plugins/kubernetes/config/cluster.ts";
import { text } from "../../../support/recordings.ts";
import { calling, resourceFor, urnOf, type Line } from "./support.ts";

interface Known {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

export interface UpOptions {
  readonly ignoreChanges?: readonly string[];
  readonly timeoutSeconds?: number;
}

/** A resource as the engine manages it: checked before it is made, compared before it is changed, its state kept in between. */
export class Managed {
  readonly urn: string;
  readonly #cluster: Cluster;
  #known: Known | undefined;
  /** What the last operation showed. */
  lines: readonly Line[] = [];

  constructor(cluster: Cluster, token: string, name: string) {
    this.#cluster = cluster;
    this.urn = urnOf(token, name);
  }

  get known(): Known {
    if (!this.#known) throw new Error(`${this.urn} was not made`);
    return this.#known;
  }

  /** The name under which its fields are managed. */
  get manager(): string {
    return text(this.known.outputs["__fieldManager"]);
  }

  /** Creates it, or changes it in place where it differs. @returns what differed; nothing of a new one */
  async up(
    program: Values,
    { ignoreChanges = [], timeoutSeconds = 60 }: UpOptions = {},
  ): Promise<Difference | undefined> {
    return this.#calling(timeoutSeconds, async (context) => {
      const inputs = await this.#check(program, context);
      const before = this.#known;
      if (!before) {
        const { id, outputs } = await this.#keeping(inputs, () =>
          resourceFor(this.urn).create({ inputs }, context),
        );
        this.#known = { id, inputs, outputs };
        return undefined;
      }
      const difference = await this.#compare(before, inputs, ignoreChanges, context);
      if (!difference.changed || difference.replaces.length > 0) return difference;
      const change = { ...before, inputs, oldInputs: before.inputs, ignoreChanges };
      const outputs = await this.#keeping(inputs, () => resourceFor(this.urn).update(change, context));
      this.#known = { ...before, inputs, outputs };
      return difference;
    });
  }

  /** What `up` would lead to. */
  async preview(program: Values): Promise<Values> {
    return this.#calling(0, async (context) => {
      const inputs = await this.#check(program, context);
      const before = this.#known;
      if (!before) return resourceFor(this.urn).previewCreate({ inputs }, context);
      return resourceFor(this.urn).previewUpdate({ ...before, inputs, oldInputs: before.inputs }, context);
    });
  }

  async diff(program: Values, ignoreChanges: readonly string[] = []): Promise<Difference> {
    return this.#calling(0, async (context) =>
      this.#compare(this.known, await this.#check(program, context), ignoreChanges, context),
    );
  }

  /** @returns whether it is still there */
  async refresh(): Promise<boolean> {
    return this.#calling(0, async (context) => {
      const found = await resourceFor(this.urn).read(this.known, context);
      this.#known = found;
      return found !== undefined;
    });
  }

  /** Takes over what is there. @returns the inputs that it has */
  async import(id: string): Promise<Values> {
    return this.#calling(0, async (context) => {
      const found = await resourceFor(this.urn).read({ id, inputs: undefined, outputs: undefined }, context);
      this.#known = found;
      return this.known.inputs;
    });
  }

  async delete(timeoutSeconds = 60): Promise<void> {
    await this.#calling(timeoutSeconds, (context) => resourceFor(this.urn).delete(this.known, context));
    this.#known = undefined;
  }

  async #calling<Result>(
    seconds: number,
    run: (context: Context<Cluster>) => Promise<Result> | Result,
  ): Promise<Result> {
    const { context, lines } = calling(this.#cluster, this.urn, seconds);
    this.lines = lines;
    return run(context);
  }

  async #check(program: Values, context: Context<Cluster>): Promise<Values> {
    const oldInputs = this.#known?.inputs ?? {};
    const request = { urn: this.urn, oldInputs, inputs: program, randomSeed: Buffer.from(this.urn) };
    return (await resourceFor(this.urn).check(request, context)).inputs;
  }

  async #compare(
    before: Known,
    inputs: Values,
    ignoreChanges: readonly string[],
    context: Context<Cluster>,
  ): Promise<Difference> {
    const request = { urn: this.urn, ...before, inputs, oldInputs: before.inputs, ignoreChanges };
    return resourceFor(this.urn).diff(request, context);
  }

  /** The state keeps what was made though it did not come up. */
  async #keeping<Result>(inputs: Values, run: () => Promise<Result> | Result): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof InitializationError) this.#known = { ...error.state, inputs };
      throw error;
    }
  }
}
