import { isValues, type Values } from "../provider/value.ts";
import type { GoogleConfiguration } from "./configuration.ts";
import { nameIn } from "./links.ts";
import { regionOf } from "./locations.ts";

/** Where a resource is: as its inputs say, else as the provider's settings do. */
export class Place {
  readonly #inputs: Values;
  readonly #configuration: GoogleConfiguration;

  constructor(inputs: Values, configuration: GoogleConfiguration) {
    this.#inputs = inputs;
    this.#configuration = configuration;
  }

  /** @throws Error if neither says it */
  get project(): string {
    return this.#required("project", this.#given("project") ?? this.#configuration.project);
  }

  /** @throws Error if neither says it */
  get region(): string {
    const { region, zone } = this.#configuration;
    return this.#required("region", this.#given("region") ?? region ?? (zone && regionOf(zone)));
  }

  /** A zone or region. @throws Error if neither says it */
  get location(): string {
    const { region, zone } = this.#configuration;
    return this.#required("location", this.#given("location") ?? zone ?? region);
  }

  /** All labels: those of the provider's settings, and over them the resource's own. */
  get labels(): Values {
    const { resourceLabels, labels = resourceLabels } = this.#inputs;
    return { ...this.#configuration.defaultLabels, ...(isValues(labels) ? labels : {}) };
  }

  #given(name: string): string | undefined {
    const value = this.#inputs[name];
    return typeof value === "string" && value !== "" ? nameIn(value) : undefined;
  }

  #required(name: string, value: string | undefined): string {
    if (value) return value;
    throw new Error(`${name}: required field is not set: give it to the resource, or to the provider 'gcp'`);
  }
}
