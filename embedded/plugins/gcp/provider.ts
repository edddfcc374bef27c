import { MachineCluster } from "../cloud/local-cluster.ts";
import { CloudStore } from "../cloud/store.ts";
import type { Properties } from "../provider/property.ts";
import type { Provider } from "../provider/resource.ts";
import { repository } from "./artifact-registry/repository.ts";
import { budget } from "./billing/budget.ts";
import { notificationChannel } from "./billing/notification-channel.ts";
import { firewall } from "./compute/firewall.ts";
import { network } from "./compute/network.ts";
import { router } from "./compute/router.ts";
import { routerNat } from "./compute/router-nat.ts";
import { subnetwork } from "./compute/subnetwork.ts";
import {
  configurationOf,
  googleCloud,
  type GoogleConfiguration,
  type Surroundings,
} from "./configuration.ts";
import { cluster } from "./container/cluster.ts";
import { nodePool } from "./container/node-pool.ts";
import { managedZone } from "./dns/managed-zone.ts";
import { getClientConfig } from "./functions/client-config.ts";
import { getCluster } from "./functions/cluster.ts";
import { getProject, getProjectServiceAccount } from "./functions/project.ts";
import { getZones } from "./functions/zones.ts";
import {
  bucketMember,
  cryptoKeyMember,
  projectMember,
  repositoryMember,
  serviceAccountMember,
} from "./iam/members.ts";
import { serviceAccount } from "./iam/service-account.ts";
import { cryptoKey } from "./kms/crypto-key.ts";
import { keyRing } from "./kms/key-ring.ts";
import { serviceIdentity } from "./projects/service-identity.ts";
import { service } from "./projects/service.ts";
import { labelRules } from "./rules.ts";
import { bucket } from "./storage/bucket.ts";

/** Credentials are taken and never used: nobody is asked who it is. */
const settings = {
  accessToken: { type: "string", secret: true },
  billingProject: { type: "string" },
  credentials: { type: "string", secret: true },
  defaultLabels: { type: { map: "string" }, validate: labelRules },
  impersonateServiceAccount: { type: "string" },
  project: { type: "string" },
  region: { type: "string" },
  userProjectOverride: { type: "boolean" },
  zone: { type: "string" },
} as const satisfies Properties;

/**
 * keelson's stand-in for Google Cloud: it checks and remembers what the official plugin would make there, and makes nothing. It has the
 * resources and functions of the official gcp plugin that `components/clusters/gke.ts` uses.
 */
export function gcpIn(surroundings: () => Surroundings): Provider<GoogleConfiguration> {
  return {
    name: googleCloud.name,
    version: "9.37.0",
    settings,
    resources: {
      "gcp:artifactregistry/repository:Repository": repository,
      "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": repositoryMember,
      "gcp:billing/budget:Budget": budget,
      "gcp:compute/firewall:Firewall": firewall,
      "gcp:compute/network:Network": network,
      "gcp:compute/router:Router": router,
      "gcp:compute/routerNat:RouterNat": routerNat,
      "gcp:compute/subnetwork:Subnetwork": subnetwork,
      "gcp:container/cluster:Cluster": cluster,
      "gcp:container/nodePool:NodePool": nodePool,
      "gcp:dns/managedZone:ManagedZone": managedZone,
      "gcp:kms/cryptoKey:CryptoKey": cryptoKey,
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": cryptoKeyMember,
      "gcp:kms/keyRing:KeyRing": keyRing,
      "gcp:monitoring/notificationChannel:NotificationChannel": notificationChannel,
      "gcp:projects/iAMMember:IAMMember": projectMember,
      "gcp:projects/service:Service": service,
      "gcp:projects/serviceIdentity:ServiceIdentity": serviceIdentity,
      "gcp:serviceaccount/account:Account": serviceAccount,
      "gcp:serviceaccount/iAMMember:IAMMember": serviceAccountMember,
      "gcp:storage/bucket:Bucket": bucket,
      "gcp:storage/bucketIAMMember:BucketIAMMember": bucketMember,
    },
    functions: {
      "gcp:compute/getZones:getZones": getZones,
      "gcp:container/getCluster:getCluster": getCluster,
      "gcp:organizations/getClientConfig:getClientConfig": getClientConfig,
      "gcp:organizations/getProject:getProject": getProject,
      "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": getProjectServiceAccount,
    },
    configure: (given) => configurationOf(given, surroundings()),
  };
}

export const gcp = gcpIn(() => ({
  environment: process.env,
  store: new CloudStore(googleCloud.name),
  localCluster: new MachineCluster(),
}));
