import * as pulumi from "@pulumi/pulumi";

/** What programs insist on of a cluster of Azure's. */
const AZURE_CLUSTER = {
  oidcIssuerProfile: { issuerURL: "https://issuer.invalid" },
  identityProfile: { kubeletidentity: { objectId: "none", clientId: "none" } },
};
const KUBECONFIG = "clusters: [{ name: none, cluster: { server: https://none.invalid } }]";

/** Properties that programs read of resources which are not made, by the resource's type; any other has its inputs. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "random:index/randomPassword:RandomPassword": { result: pulumi.secret("generated") },
  "random:index/randomBytes:RandomBytes": { hex: pulumi.secret("00") },
  "tls:index/privateKey:PrivateKey": { privateKeyPem: pulumi.secret("generated") },
  "tls:index/certRequest:CertRequest": { certRequestPem: "made" },
  "tls:index/selfSignedCert:SelfSignedCert": { certPem: "made" },
  "tls:index/locallySignedCert:LocallySignedCert": { certPem: "made" },
  "docker:index/container:Container": { exitCode: 0, containerLogs: "" },
  "azure-native:containerservice:ManagedCluster": AZURE_CLUSTER,
};

/** Answers to what programs ask of clouds, by the function's token; no cloud is asked, and no fact of a stack depends on them. */
const ANSWERS: Readonly<Record<string, object>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["zone-a", "zone-b", "zone-c"] },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "000000000000" },
  "aws:eks/getAddonVersion:getAddonVersion": { version: "v0" },
  "aws:eks/getCluster:getCluster": { name: "", endpoint: "", certificateAuthorities: [{ data: "" }] },
  "gcp:organizations/getProject:getProject": { number: "0", billingAccount: "" },
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": { member: "" },
  "gcp:container/getCluster:getCluster": {
    name: "",
    endpoint: "",
    masterAuths: [{ clusterCaCertificate: "" }],
  },
  "azure-native:authorization:getClientConfig": {
    clientId: "",
    objectId: "",
    subscriptionId: "",
    tenantId: "",
  },
  "azure-native:containerservice:listManagedClusterUserCredentials": {
    kubeconfigs: [{ value: Buffer.from(KUBECONFIG).toString("base64") }],
  },
  "azure-native:containerservice:getManagedCluster": {
    ...AZURE_CLUSTER,
    agentPoolProfiles: [],
    nodeResourceGroup: "",
  },
};

/** Runs a program as the engine would for a preview, with nothing behind it. */
export async function runAlone<Result>(program: () => Promise<Result>): Promise<Result> {
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => ANSWERS[token] ?? { logsListStrings: [] },
      newResource: ({ type, name, inputs }) => ({
        id: name,
        state: { name, ...inputs, ...OUTPUTS[type] },
      }),
    },
    "keelson",
    "topology",
    true,
  );
  try {
    return await program();
  } finally {
    await pulumi.runtime.disconnect();
  }
}
