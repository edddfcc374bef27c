import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../targets/kubernetes/cluster.ts";

/** A cluster of a cloud, ready for platforms. */
export interface CloudCluster {
  /** What the Kubernetes target is told. */
  readonly cluster: Cluster;
  /** Content of a kubeconfig, which asks the cloud's own program for a token; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Bucket for backups. */
  readonly backups: BackupsBucket;
  /** Name servers of the DNS zone; none where none was made. */
  readonly nameServers: pulumi.Output<readonly string[]>;
  /** Address of the registry for private images, without a scheme; none where none was made. */
  readonly registry: pulumi.Output<string> | undefined;
}

/** Bucket for backups, as its user needs to know it. */
export interface BackupsBucket {
  /** Where it is, as in "s3://name", "gs://name" or "https://account.blob.core.windows.net/backups". */
  readonly url: pulumi.Output<string>;
  /** What makes a service account its user: annotations of the account, and labels of its pods. */
  readonly annotations: Readonly<Record<string, pulumi.Output<string>>>;
  readonly podLabels: Readonly<Record<string, string>>;
}
