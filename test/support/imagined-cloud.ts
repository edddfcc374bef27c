import type { Connection, LocalCluster, StorageClass } from "../../embedded/plugins/cloud/local-cluster.ts";
import type { ImaginedPool } from "../../embedded/plugins/cloud/nodes.ts";
import type { Context, Provider, Resource, State } from "../../embedded/plugins/provider/resource.ts";
import type { Values } from "../../embedded/plugins/provider/value.ts";

/** A local cluster of the test's own memory. */
export class RecordingCluster implements LocalCluster {
  readonly pools = new Map<string, ImaginedPool>();
  readonly storageClasses = new Map<string, StorageClass>();

  connection(): Promise<Connection> {
    return Promise.resolve({
      endpoint: "https://10.90.0.1:6443",
      certificateAuthority: "LS0tLS1CRUdJTg==",
      version: "v1.36.3",
    });
  }

  setNodes(pool: ImaginedPool): Promise<void> {
    this.pools.set(`${pool.cluster}/${pool.pool}`, pool);
    return Promise.resolve();
  }

  countNodes(cluster: string, pool: string): Promise<number> {
    return Promise.resolve(this.pools.get(`${cluster}/${pool}`)?.count ?? 0);
  }

  removeNodes(cluster: string, pool: string): Promise<void> {
    this.pools.delete(`${cluster}/${pool}`);
    return Promise.resolve();
  }

  addStorageClasses(classes: readonly StorageClass[]): Promise<void> {
    for (const each of classes) this.storageClasses.set(each.name, each);
    return Promise.resolve();
  }

  removeStorageClasses(names: readonly string[]): Promise<void> {
    for (const name of names) this.storageClasses.delete(name);
    return Promise.resolve();
  }
}

/** What a program declared, and what came of it. */
export interface Made extends State {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
}

/** The steps that the engine takes with the resources of an imagined cloud, one at a time and in the test's order. */
export class ImaginedStack<Configuration> {
  readonly #provider: Provider<Configuration>;
  readonly #configuration: Configuration;
  /** Lines that operations logged. */
  readonly logged: string[] = [];

  constructor(provider: Provider<Configuration>, configuration: Configuration) {
    this.#provider = provider;
    this.#configuration = configuration;
  }

  /** What `check` finds wrong. */
  async failures(type: string, inputs: Values): Promise<readonly string[]> {
    const { failures } = await this.#check(type, "thing", inputs, {});
    return failures.map(({ reason }) => reason);
  }

  /** @throws Error with what `check` finds wrong, or what the cloud refuses */
  async create(type: string, name: string, given: Values): Promise<Made> {
    const inputs = await this.#checked(type, name, given, {});
    const state = await this.#resource(type).create({ inputs }, this.#context(type, name));
    return { ...state, type, name, inputs };
  }

  /** What a preview says will be made; inputs may be unknown. */
  async preview(type: string, name: string, given: Values): Promise<Values> {
    const inputs = await this.#checked(type, name, given, {});
    return this.#resource(type).previewCreate({ inputs }, this.#context(type, name));
  }

  async update(made: Made, given: Values): Promise<Made> {
    const { type, name, id, outputs, inputs: oldInputs } = made;
    const inputs = await this.#checked(type, name, given, oldInputs);
    const request = { id, inputs, oldInputs, outputs };
    const changed = await this.#resource(type).update(request, this.#context(type, name));
    return { ...made, inputs, outputs: changed };
  }

  async diff({ type, name, id, outputs, inputs: oldInputs }: Made, given: Values) {
    const inputs = await this.#checked(type, name, given, oldInputs);
    const urn = this.#urn(type, name);
    const request = { urn, id, outputs, oldInputs, inputs, ignoreChanges: [] };
    return this.#resource(type).diff(request, this.#context(type, name));
  }

  async refresh({ type, name, id, outputs, inputs }: Made) {
    return this.#resource(type).read({ id, outputs, inputs }, this.#context(type, name));
  }

  async delete({ type, name, id, outputs, inputs }: Made): Promise<void> {
    await this.#resource(type).delete({ id, inputs, outputs }, this.#context(type, name));
  }

  async invoke(token: string, args: Values): Promise<Values> {
    const target = this.#provider.functions?.[token];
    if (!target) throw new Error(`the ${this.#provider.name} plugin has no function '${token}'`);
    return target.call(args, this.#context(token, ""));
  }

  async #checked(type: string, name: string, given: Values, old: Values): Promise<Values> {
    const { inputs, failures } = await this.#check(type, name, given, old);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return inputs;
  }

  async #check(type: string, name: string, inputs: Values, oldInputs: Values) {
    const request = { urn: this.#urn(type, name), oldInputs, inputs, randomSeed: Buffer.from(name) };
    return this.#resource(type).check(request, this.#context(type, name));
  }

  #resource(type: string): Resource<Configuration> {
    const resource = this.#provider.resources[type];
    if (!resource) throw new Error(`the ${this.#provider.name} plugin has no '${type}'`);
    return resource;
  }

  #urn(type: string, name: string): string {
    return `urn:pulumi:test::keelson::${type}::${name}`;
  }

  #context(type: string, name: string): Context<Configuration> {
    return {
      urn: this.#urn(type, name),
      configuration: this.#configuration,
      signal: new AbortController().signal,
      log: (_, message) => this.logged.push(message),
    };
  }
}
