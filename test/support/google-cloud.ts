import { Gke, type GkeArgs } from "../../components/clusters/gke.ts";
import { deploy, type EngineArgs, type Registration } from "./engine.ts";

/** What a recording engine answers for Google Cloud. */
export const GOOGLE_CLOUD: EngineArgs = {
  outputs: {
    "gcp:container/cluster:Cluster": () => ({
      endpoint: "203.0.113.10",
      masterAuth: {
        clusterCaCertificate: "Y2VydGlmaWNhdGU=",
        clientCertificateConfig: { issueClientCertificate: false },
      },
    }),
    "gcp:dns/managedZone:ManagedZone": () => ({ nameServers: ["ns-cloud-a1.googledomains.com."] }),
    "gcp:projects/serviceIdentity:ServiceIdentity": () => ({
      member: "serviceAccount:service-42@container-engine-robot.iam.gserviceaccount.com",
    }),
    "gcp:serviceaccount/account:Account": (name) => ({
      email: `${name}@acme-ai.iam.gserviceaccount.com`,
      member: `serviceAccount:${name}@acme-ai.iam.gserviceaccount.com`,
    }),
  },
  answers: {
    "gcp:organizations/getProject:getProject": { number: "42", billingAccount: "01AB-CD" },
    "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": {
      member: "serviceAccount:service-42@gs-project-accounts.iam.gserviceaccount.com",
    },
    "gcp:container/getCluster:getCluster": {
      name: "shared",
      endpoint: "203.0.113.20",
      masterAuths: [{ clusterCaCertificate: "c2hhcmVk" }],
    },
  },
};

/** The least that a cluster takes. */
export const LEAST: GkeArgs = { project: "acme-ai", access: ["198.51.100.0/24"] };

/** A cluster, and all that making it and what follows registers. */
export async function clusterOf(
  args: Partial<GkeArgs> = {},
  then: (cluster: Gke) => unknown = () => undefined,
  { preview = false }: Pick<EngineArgs, "preview"> = {},
): Promise<{ readonly gke: Gke; readonly all: readonly Registration[] }> {
  let gke!: Gke;
  const all = await deploy(
    () => {
      gke = new Gke("prod", { ...LEAST, ...args });
      return then(gke);
    },
    { ...GOOGLE_CLOUD, preview },
  );
  return { gke, all };
}
