import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import { configurationOf, type GoogleConfiguration } from "../../../../embedded/plugins/gcp/configuration.ts";
import { gcpIn } from "../../../../embedded/plugins/gcp/provider.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedStack, RecordingCluster, type Made } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

export const project = "acme-ai";
export const region = "europe-west4";

/** APIs that what tests make is made with. */
const apis = [
  "artifactregistry",
  "billingbudgets",
  "cloudkms",
  "cloudresourcemanager",
  "compute",
  "container",
  "dns",
  "iam",
];

export const types = {
  account: "gcp:serviceaccount/account:Account",
  accountMember: "gcp:serviceaccount/iAMMember:IAMMember",
  bucket: "gcp:storage/bucket:Bucket",
  bucketMember: "gcp:storage/bucketIAMMember:BucketIAMMember",
  budget: "gcp:billing/budget:Budget",
  channel: "gcp:monitoring/notificationChannel:NotificationChannel",
  cluster: "gcp:container/cluster:Cluster",
  firewall: "gcp:compute/firewall:Firewall",
  identity: "gcp:projects/serviceIdentity:ServiceIdentity",
  key: "gcp:kms/cryptoKey:CryptoKey",
  keyMember: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
  nat: "gcp:compute/routerNat:RouterNat",
  network: "gcp:compute/network:Network",
  pool: "gcp:container/nodePool:NodePool",
  projectMember: "gcp:projects/iAMMember:IAMMember",
  repository: "gcp:artifactregistry/repository:Repository",
  ring: "gcp:kms/keyRing:KeyRing",
  router: "gcp:compute/router:Router",
  service: "gcp:projects/service:Service",
  subnetwork: "gcp:compute/subnetwork:Subnetwork",
  zone: "gcp:dns/managedZone:ManagedZone",
} as const;

/** A stack in an imagined Google Cloud of the running test's own. */
export class ImaginedGoogle extends ImaginedStack<GoogleConfiguration> {
  readonly store: CloudStore;
  readonly localCluster: RecordingCluster;

  constructor(
    settings: Values = { project, region, defaultLabels: { team: "platform" } },
    store = new CloudStore("gcp", temporaryFolder()),
  ) {
    const localCluster = new RecordingCluster();
    const surroundings = { environment: {}, store, localCluster };
    super(
      gcpIn(() => surroundings),
      configurationOf(settings, surroundings),
    );
    this.store = store;
    this.localCluster = localCluster;
  }

  /** One whose project has its APIs switched on. */
  static async withApis(): Promise<ImaginedGoogle> {
    const google = new ImaginedGoogle();
    for (const api of apis) await google.create(types.service, api, { service: `${api}.googleapis.com` });
    return google;
  }

  /** A network with one subnetwork, which has ranges for pods and Services. */
  async network(): Promise<{ readonly network: Made; readonly subnetwork: Made }> {
    const network = await this.create(types.network, "prod", { name: "prod", autoCreateSubnetworks: false });
    const subnetwork = await this.create(types.subnetwork, "prod", {
      name: "prod",
      network: network.id,
      ipCidrRange: "10.0.0.0/20",
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.4.0.0/16" },
        { rangeName: "services", ipCidrRange: "10.8.0.0/20" },
      ],
    });
    return { network, subnetwork };
  }

  /** What a cluster in that network takes at least. */
  clusterInputs({ network, subnetwork }: { readonly network: Made; readonly subnetwork: Made }): Values {
    return {
      name: "prod",
      location: region,
      network: network.id,
      subnetwork: subnetwork.id,
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
      initialNodeCount: 1,
      removeDefaultNodePool: true,
      deletionProtection: false,
      workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
    };
  }

  async cluster(own: Values = {}): Promise<Made> {
    return this.create(types.cluster, "prod", { ...this.clusterInputs(await this.network()), ...own });
  }

  /** A key in a ring of its own. */
  async key(location = region): Promise<Made> {
    const ring = await this.create(types.ring, "prod", { location });
    return this.create(types.key, "disks", { name: "disks", keyRing: ring.id });
  }
}

/** What a cluster's pool takes at least. */
export const poolInputs = {
  cluster: "prod",
  location: region,
  initialNodeCount: 1,
  autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 7 },
  nodeConfig: { machineType: "e2-standard-4", labels: { "keelson.pool": "prod-general" } },
} as const satisfies Values;
