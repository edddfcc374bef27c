/** Nodes of one kind, as a cloud makes them. */
export interface PoolArgs {
  /** The cloud's own name for the kind of machine. */
  readonly type?: string;
  /** Fewest nodes. */
  readonly min?: number;
  /** Nodes at first; later on the number is the autoscaler's business. */
  readonly initial?: number;
  /** Most nodes. */
  readonly max?: number;
  /**
   * Disk of each node, in GiB.
   *
   * @defaultValue 100
   */
  readonly diskGiB?: number;
}

/** Pools of nodes, by what they are for. */
export interface PoolsArgs {
  /** Nodes of 4 vCPU and some 16 GiB, which everything comes to that fits them. */
  readonly general?: PoolArgs;
  /**
   * Nodes of 8 vCPU and some 64 GiB; they are made if something needs them. `false` if there are to be none.
   */
  readonly memory?: PoolArgs | false;
  /**
   * Nodes with NVIDIA's graphics processors.
   *
   * @defaultValue none
   */
  readonly gpu?: PoolArgs;
}

/** What a cluster takes on any cloud. */
export interface CloudArgs {
  /**
   * Version of Kubernetes, as in "1.34".
   *
   * @defaultValue the newest that the cloud calls stable
   */
  readonly version?: string;
  readonly pools?: PoolsArgs;
  /** Networks from which the API server may be reached over the internet, in CIDR notation; from elsewhere it can't. */
  readonly access: readonly string[];
  /**
   * Keeps the cluster, its network and the bucket of backups from being deleted: such a deletion is refused until this is
   * `false` and was brought up.
   *
   * @defaultValue true
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags (labels on Google Cloud) of all that can have some.
   *
   * @defaultValue what is made has the tag `keelson` with the cluster's name
   */
  readonly tags?: Readonly<Record<string, string>>;
  /** Bucket for backups, which is always made. */
  readonly backups?: BackupsArgs;
  /**
   * Makes a registry for private images, which the nodes may read.
   *
   * @defaultValue false
   */
  readonly registry?: boolean;
  /**
   * Tells somebody by e-mail when a month's bill nears a sum.
   *
   * @defaultValue nobody is told
   */
  readonly budget?: { readonly monthlyUsd: number; readonly email: string };
  /**
   * Makes a DNS zone for this domain; its name servers are an output, for whoever has the domain above it.
   *
   * @defaultValue none
   */
  readonly zone?: string;
  /**
   * Has cert-manager obtain certificates from Let's Encrypt, by a ClusterIssuer named "letsencrypt"; it tells this address
   * when one is about to end.
   *
   * @defaultValue none
   */
  readonly certificates?: { readonly email: string };
}

/** Bucket for backups, and who may use it. */
export interface BackupsArgs {
  /**
   * Days after which a backup that was replaced or deleted is gone for good.
   *
   * @defaultValue 30
   */
  readonly retentionDays?: number;
  /**
   * Service account of the cluster that may read and write the bucket, by its namespace and name.
   *
   * @defaultValue the account "backups" of the namespace that is named as the cluster is
   */
  readonly account?: { readonly namespace: string; readonly name: string };
}
