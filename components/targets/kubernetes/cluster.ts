import type * as pulumi from "@pulumi/pulumi";

/** All that the Kubernetes target knows of a cluster; whoever makes one fills this in. */
export interface Cluster {
  /**
   * Credentials for the API server: the content of a kubeconfig file, or its path.
   *
   * @defaultValue what `kubectl` would use: `KUBECONFIG`, or `~/.kube/config`
   */
  readonly kubeconfig?: pulumi.Input<string>;
  /**
   * Which of the kubeconfig's contexts is meant.
   *
   * @defaultValue its current one
   */
  readonly context?: pulumi.Input<string>;
  /**
   * Storage class for volumes that outlive their node.
   *
   * @defaultValue the cluster's default
   */
  readonly storageClass?: string;
  /**
   * Storage class for volumes that pods on several nodes have at once (`ReadWriteMany`).
   *
   * @defaultValue none: pods that share a folder are kept on one node
   */
  readonly sharedStorageClass?: string;
  /** Nodes that pods may come to; nothing is made that does not fit them. */
  readonly nodes: readonly NodePool[];
  /**
   * How requests come in from outside.
   *
   * @defaultValue Ingress objects of the class "traefik", served from the namespace "traefik"
   */
  readonly entry?: ClusterEntry;
  /**
   * What the cluster has beside Kubernetes itself.
   *
   * @defaultValue nothing
   */
  readonly features?: Features;
  /**
   * Installs what it takes beside Kubernetes itself, and gives what has to wait for it. It is called when something needs it,
   * as often as something does.
   *
   * @defaultValue nothing is installed: all is there that `entry` and `features` say
   */
  readonly install?: (addOn: AddOn) => pulumi.Resource;
}

/**
 * What something may need in a cluster beside Kubernetes itself: the controller of the entry, cert-manager, KEDA,
 * CloudNativePG, and the metrics of pods and nodes that autoscalers follow.
 */
export type AddOn = "entry" | "certManager" | "keda" | "cloudNativePg" | "metrics";

/** Nodes of one kind. */
export interface NodePool {
  /** Cores that pods may ask for on one node; what the system keeps for itself is left out. */
  readonly cpus: number;
  /** Memory that pods may ask for on one node, in GiB. */
  readonly memoryGiB: number;
  /** Most nodes of the kind that there may be. */
  readonly count: number;
  /**
   * Graphics processors of one node.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
  /**
   * Most pods that one node takes, those of the system left out.
   *
   * @defaultValue 110, which is the kubelet's own limit
   */
  readonly pods?: number;
  /**
   * Makes the pool, and gives what has to wait for it. It is called once, before anything else is made, if something is to
   * run that fits no pool that is there anyway.
   *
   * @defaultValue it is there anyway
   */
  readonly make?: () => pulumi.Resource;
  /**
   * Labels that all of them have. Pods stay on labelled nodes, if every pool has labels.
   *
   * @defaultValue none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What keeps other pods away, by key; those of this target bear all of it.
   *
   * @defaultValue none
   */
  readonly taints?: Readonly<Record<string, string>>;
}

/** How requests come in from outside. */
export interface ClusterEntry {
  /** Which of Kubernetes' two interfaces for it is served: Ingress, or the Gateway API. */
  readonly kind: "ingress" | "gateway";
  /** Name of the IngressClass or of the GatewayClass. */
  readonly class: string;
  /** Namespace of the pods that carry requests to services; they are let in, and nobody else is. */
  readonly namespace: string;
}

/** What a cluster may have beside Kubernetes itself; the target does without what is not there. */
export interface Features {
  /** cert-manager, which obtains certificates. */
  readonly certManager?: boolean;
  /** CloudNativePG, which runs PostgreSQL in several copies. */
  readonly cloudNativePg?: boolean;
  /** An adapter for metrics that workloads publish (the API `custom.metrics.k8s.io`). */
  readonly customMetrics?: boolean;
  /** KEDA, which scales by what waits elsewhere; the namespace that it runs in. */
  readonly keda?: { readonly namespace: string };
  /** The Prometheus operator, whose servers read what workloads publish. */
  readonly prometheusOperator?: PrometheusOperator;
}

/** The Prometheus operator of a cluster: https://prometheus-operator.dev */
export interface PrometheusOperator {
  /** Namespace of the Prometheus servers that it runs; they are let in to what workloads publish. */
  readonly namespace: string;
  /**
   * Labels by which these servers choose what they read, as `{ release: "monitoring" }` with the chart kube-prometheus-stack.
   *
   * @defaultValue none: they read all that there is
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Address of one of them, as in `http://prometheus-operated.monitoring.svc:9090`, for KEDA to ask.
   *
   * @defaultValue none: what workloads publish is asked of the stack's own server, or of nobody
   */
  readonly url?: string;
}

/** An entry as most clusters on premises have it: k3s brings it along. */
export const TRAEFIK: ClusterEntry = { kind: "ingress", class: "traefik", namespace: "traefik" };
