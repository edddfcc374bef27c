import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AddOn } from "../../targets/kubernetes/cluster.ts";
import { type ChartValues, type EntryService, overlaid } from "./chart.ts";
import { CHARTS, type ChartName } from "./charts.ts";
import { makeIssuer } from "./issuer.ts";
import { installChart, makePriorityClass } from "./release.ts";
import { SERVES_GATEWAYS } from "./traefik.ts";

export type { ChartValues, EntryService } from "./chart.ts";
export { CALLED_PORTS, type ChartName } from "./charts.ts";

/** What a cluster's add-ons are told. */
export interface AddOnsArgs {
  /** How the cluster is reached. */
  readonly provider: k8s.Provider;
  /**
   * What the cloud brings along, and is not installed.
   *
   * @defaultValue nothing
   */
  readonly present?: readonly AddOn[];
  /** What the load balancer in front of Traefik is told. */
  readonly entryService: EntryService;
  /**
   * Has Traefik serve the Gateway API beside Ingress; its definitions have to be in the cluster.
   *
   * @defaultValue false
   */
  readonly gateway?: boolean;
  /**
   * Makes a ClusterIssuer "letsencrypt" beside cert-manager, which tells this address when a certificate is about to end.
   *
   * @defaultValue none
   */
  readonly certificates?: { readonly email: string };
}

/** The chart of each add-on. */
const CHART_OF: Readonly<Record<AddOn, ChartName>> = {
  entry: "traefik",
  certManager: "cert-manager",
  keda: "keda",
  cloudNativePg: "cloudnative-pg",
  metrics: "metrics-server",
};

/** Values of an add-on that the cluster decides; none of the others. */
const VALUES_OF: Readonly<Partial<Record<AddOn, (args: AddOnsArgs) => ChartValues>>> = {
  entry: ({ entryService, gateway = false }) =>
    overlaid(gateway ? SERVES_GATEWAYS : {}, { service: { ...entryService } }),
};

/** What belongs to an add-on beside its chart, if anything. */
const BESIDE: Readonly<
  Partial<
    Record<
      AddOn,
      (name: string, args: AddOnsArgs, options: pulumi.CustomResourceOptions) => pulumi.Resource | undefined
    >
  >
> = {
  certManager: (name, { certificates }, options) =>
    certificates && makeIssuer(name, certificates.email, options),
};

/** What a cluster has beside Kubernetes itself, as Helm releases. Nothing is made until something asks for it. */
export class AddOns extends pulumi.ComponentResource {
  /** Installs an add-on, unless it is there already, and gives what has to wait for it. */
  readonly install: (addOn: AddOn) => pulumi.Resource;
  readonly #name: string;
  readonly #provider: k8s.Provider;
  readonly #releases = new Map<ChartName, k8s.helm.v3.Release>();
  #priorityClass: k8s.scheduling.v1.PriorityClass | undefined;

  constructor(name: string, args: AddOnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:clusters:AddOns", name, {}, opts);
    this.#name = name;
    this.#provider = args.provider;
    const ready = new Map<AddOn, pulumi.Resource>();
    this.install = (addOn) => {
      const made = ready.get(addOn) ?? this.#install(addOn, args);
      ready.set(addOn, made);
      return made;
    };
    this.registerOutputs();
  }

  /**
   * Installs a chart with values of its own laid over those of the table, for charts that one cloud only needs.
   *
   * @throws pulumi.ResourceError if the chart is installed already
   */
  release(chart: ChartName, values: ChartValues): k8s.helm.v3.Release {
    if (this.#releases.has(chart))
      throw new pulumi.ResourceError(`the chart "${chart}" is installed already; install it once`, this);
    this.#priorityClass ??= makePriorityClass(this.#name, this.#options());
    const options = this.#options({ dependsOn: [this.#priorityClass] });
    const release = installChart(this.#name, chart, overlaid(CHARTS[chart].values, values), options);
    this.#releases.set(chart, release);
    return release;
  }

  #install(addOn: AddOn, args: AddOnsArgs): pulumi.Resource {
    const ready = args.present?.includes(addOn)
      ? this.#provider
      : this.release(CHART_OF[addOn], VALUES_OF[addOn]?.(args) ?? {});
    return BESIDE[addOn]?.(this.#name, args, this.#options({ dependsOn: [ready] })) ?? ready;
  }

  #options(own: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { parent: this, provider: this.#provider, ...own };
  }
}
