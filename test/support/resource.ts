import type { Context, Provider, Resource } from "../../embedded/plugins/provider/resource.ts";
import type { Values } from "../../embedded/plugins/provider/value.ts";

/** One kind of resource of a plugin, called as the engine calls it: inputs are checked before they are used. */
export class Kind {
  readonly #resource: Resource;
  readonly #urn: string;
  /** Lines that operations logged. */
  readonly logged: string[] = [];

  constructor(provider: Provider, type: string) {
    const resource = provider.resources[type];
    if (!resource) throw new Error(`the ${provider.name} plugin has no '${type}'`);
    this.#resource = resource;
    this.#urn = `urn:pulumi:test::keelson::${type}::thing`;
  }

  /** What `check` finds wrong. */
  async failures(inputs: Values): Promise<readonly string[]> {
    const request = { urn: this.#urn, oldInputs: {}, inputs, randomSeed: Buffer.from("seed") };
    const { failures } = await this.#resource.check(request, this.#context);
    return failures.map(({ reason }) => reason);
  }

  async create(inputs: Values) {
    const failures = await this.failures(inputs);
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return this.#resource.create({ inputs }, this.#context);
  }

  import(id: string) {
    return this.#resource.read({ id, outputs: undefined, inputs: undefined }, this.#context);
  }

  refresh(id: string, outputs: Values, inputs: Values) {
    return this.#resource.read({ id, outputs, inputs }, this.#context);
  }

  diff(outputs: Values, oldInputs: Values, inputs: Values) {
    const request = { urn: this.#urn, id: "1", outputs, oldInputs, inputs, ignoreChanges: [] };
    return this.#resource.diff(request, this.#context);
  }

  get #context(): Context {
    return {
      urn: this.#urn,
      configuration: undefined,
      signal: new AbortController().signal,
      log: (_, message) => this.logged.push(message),
    };
  }
}
