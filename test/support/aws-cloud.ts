import { Eks, type EksArgs } from "../../components/clusters/eks.ts";
import { deploy, type EngineArgs, type Registration } from "./engine.ts";

const ACCOUNT = "123456789012";
const arn = (service: string, name: string) => ({ arn: `arn:aws:${service}:${ACCOUNT}:${name}` });

/** What a recording engine answers for AWS. */
export const AWS: EngineArgs = {
  outputs: {
    "aws:cloudwatch/logGroup:LogGroup": (name) => arn("logs:us-west-2", `log-group:${name}`),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
    "aws:eks/cluster:Cluster": (name) => ({
      endpoint: `https://${name}.eks.example.com`,
      certificateAuthority: { data: "Y2VydGlmaWNhdGU=" },
      identities: [{ oidcs: [{ issuer: "https://oidc.eks.us-west-2.amazonaws.com/id/AB12" }] }],
    }),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (name) => arn("iam:", `oidc-provider/${name}`),
    "aws:iam/role:Role": (name) => arn("iam:", `role/${name}`),
    "aws:kms/key:Key": (name) => arn("kms:us-west-2", `key/${name}`),
    "aws:route53/zone:Zone": () => ({ nameServers: ["ns-1.awsdns-01.org"] }),
    "aws:s3/bucket:Bucket": (name) => ({ arn: `arn:aws:s3:::${name}` }),
  },
  answers: {
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
      names: ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"],
    },
    "aws:index/getCallerIdentity:getCallerIdentity": { accountId: ACCOUNT },
    "aws:eks/getAddonVersion:getAddonVersion": { version: "v1.0.0-eksbuild.1" },
    "aws:eks/getCluster:getCluster": {
      name: "shared",
      version: "1.35",
      endpoint: "https://shared.eks.example.com",
      certificateAuthorities: [{ data: "c2hhcmVk" }],
    },
  },
};

/** The least that a cluster takes. */
export const LEAST: EksArgs = { access: ["203.0.113.0/24"] };

/** A cluster, and all that making it and what follows registers. */
export async function clusterOf(
  args: Partial<EksArgs> = {},
  then: (cluster: Eks) => unknown = () => undefined,
  name = "production",
): Promise<{ readonly eks: Eks; readonly all: readonly Registration[] }> {
  let eks!: Eks;
  const all = await deploy(() => {
    eks = new Eks(name, { ...LEAST, ...args });
    return then(eks);
  }, AWS);
  return { eks, all };
}
