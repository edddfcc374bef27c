import type { Resource } from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import type { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { SearchServer } from "../services/search-client.ts";
import type { Login } from "./login.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import { observed } from "./observed.ts";
import type { Variables } from "./store-settings.ts";
import type { Store } from "./stores.ts";

/** How a platform is observed, in the order in which it asks: what it promises, its stores, its applications, the way in. */
export interface Observability {
  /** What observing asks to be promised, without the exporters of stores. */
  readonly demands: Readonly<Record<string, Demand>>;
  /** The stores with exporters of what they have no metrics of themselves. */
  stores<Made>(stores: Store<Made>): Store<Made>;
  /**
   * What applications send traces and logs to, made before they are.
   *
   * @param search - the platform's own Elasticsearch, if it has one
   */
  telemetry(parent: Resource, search?: SearchServer): Telemetry;
  /** What reads the metrics of all that runs so far, and shows them. */
  watch(parent: Resource): Watching;
}

/** Where applications send traces and logs. */
export interface Telemetry {
  /** What an application is told, by the name that it is known by: the standard variables of OpenTelemetry. */
  variablesOf(service: string): Variables;
}

/** Those who watch a platform, as it shows them. */
export interface Watching {
  /** Services by path prefix of the platform's host. */
  readonly routes: Readonly<Record<string, Reference>>;
  /** Addresses that answer 200 while they are well. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may look. */
  readonly logins: Readonly<{ grafana?: Login }>;
}

/** Where a platform is observed. */
export interface ObservedPlatform {
  readonly target: Target;
  /** Host name that browsers use. */
  readonly host: string;
  /** What the names of its indices for logs begin with. */
  readonly logIndex: string;
  /**
   * Whether it has an Elasticsearch server of its own, which it gives to {@link Observability.telemetry}.
   *
   * @defaultValue false
   */
  readonly hasSearch?: boolean;
}

/** How a platform is observed, by its argument; not at all where it is left out or false. */
export function observabilityOf(
  choice: boolean | ObservabilityArgs | undefined,
  platform: ObservedPlatform,
): Observability {
  if (!choice) return UNOBSERVED;
  return observed(choice === true ? {} : choice, platform);
}

const UNOBSERVED: Observability = {
  demands: {},
  stores: (stores) => stores,
  telemetry: () => ({ variablesOf: () => ({}) }),
  watch: () => ({ routes: {}, health: {}, logins: {} }),
};
