import type { DockerHost } from "../../../embedded/plugins/docker/daemon/daemon.ts";
import type { Difference } from "../../../embedded/plugins/provider/questions.ts";
import type { Context, Resource } from "../../../embedded/plugins/provider/resource.ts";
import type { Values } from "../../../embedded/plugins/provider/value.ts";

const neverAborted = new AbortController().signal;

/** What an operation is told besides its request. */
export function context(configuration: DockerHost, signal: AbortSignal = neverAborted): Context<DockerHost> {
  return { urn: "urn:pulumi:test::keelson::docker::test", configuration, signal, log: () => {} };
}

/** One resource through its life, called as the engine calls it: inputs are checked first, and the last state is kept. */
export class Managed {
  readonly #resource: Resource<DockerHost>;
  readonly #context: Context<DockerHost>;
  inputs: Values = {};
  id = "";
  outputs: Values = {};

  constructor(resource: Resource<DockerHost>, configuration: DockerHost, signal: AbortSignal = neverAborted) {
    this.#resource = resource;
    this.#context = context(configuration, signal);
  }

  async create(inputs: Values): Promise<Values> {
    this.inputs = await this.#checked(inputs);
    const { id, outputs } = await this.#resource.create({ inputs: this.inputs }, this.#context);
    this.id = id;
    this.outputs = outputs;
    return outputs;
  }

  /** Looks again, as a refresh does: `false` if the resource is gone. */
  async refresh(): Promise<boolean> {
    const { id, outputs, inputs } = this;
    const found = await this.#resource.read({ id, outputs, inputs }, this.#context);
    if (found) [this.outputs, this.inputs] = [found.outputs, found.inputs];
    return found !== undefined;
  }

  async import(id: string): Promise<Values | undefined> {
    const found = await this.#resource.read({ id, outputs: undefined, inputs: undefined }, this.#context);
    return found?.outputs;
  }

  async diff(inputs: Values): Promise<Difference> {
    const { id, outputs } = this;
    const wanted = await this.#checked(inputs);
    const request = { urn: this.#context.urn, id, outputs, oldInputs: this.inputs, ignoreChanges: [] };
    return this.#resource.diff({ ...request, inputs: wanted }, this.#context);
  }

  async update(inputs: Values): Promise<Values> {
    const { id, outputs, inputs: oldInputs } = this;
    this.inputs = await this.#checked(inputs);
    this.outputs = await this.#resource.update(
      { id, inputs: this.inputs, oldInputs, outputs },
      this.#context,
    );
    return this.outputs;
  }

  async delete(): Promise<void> {
    const { id, inputs, outputs } = this;
    await this.#resource.delete({ id, inputs, outputs }, this.#context);
  }

  async #checked(inputs: Values): Promise<Values> {
    const { urn } = this.#context;
    const request = { urn, oldInputs: this.inputs, inputs, randomSeed: new Uint8Array(32) };
    const checked = await this.#resource.check(request, this.#context);
    if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
    return checked.inputs;
  }
}
