import { providerFunction, type Context } from "../../provider/resource.ts";
import type { Properties } from "../../provider/property.ts";
import type { AwsAccount } from "../account.ts";
import { refusals } from "../refusals.ts";
import { isRegion } from "../regions.ts";

const text = { type: "string" } as const;
const texts = { type: { list: "string" } } as const;
const one = <const Table extends Properties>(object: Table) => ({ type: { list: { object } } }) as const;

const question = {
  name: { type: "string", required: true },
  region: { type: "string", validate: isRegion },
  tags: { type: { map: "string" } },
} as const satisfies Properties;

const answer = {
  ...question,
  accessConfigs: one({
    authenticationMode: text,
    bootstrapClusterCreatorAdminPermissions: { type: "boolean" },
  }),
  arn: text,
  certificateAuthorities: one({ data: text }),
  createdAt: text,
  deletionProtection: { type: "boolean" },
  enabledClusterLogTypes: texts,
  endpoint: text,
  id: text,
  identities: one({ oidcs: one({ issuer: text }) }),
  kubernetesNetworkConfigs: one({ ipFamily: text, serviceIpv4Cidr: text, serviceIpv6Cidr: text }),
  platformVersion: text,
  roleArn: text,
  status: text,
  upgradePolicies: one({ supportType: text }),
  version: text,
  vpcConfig: {
    type: {
      object: {
        clusterSecurityGroupId: text,
        endpointPrivateAccess: { type: "boolean" },
        endpointPublicAccess: { type: "boolean" },
        publicAccessCidrs: texts,
        securityGroupIds: texts,
        subnetIds: texts,
        vpcId: text,
      },
    },
  },
} as const satisfies Properties;

/** A cluster as the account has it; what the resource calls `accessConfig` is a list of one here, as with the official plugin. */
export const getCluster = providerFunction({
  inputs: question,
  outputs: answer,
  async call({ name }, { configuration: { store } }: Context<AwsAccount>) {
    const found = store.get("clusters", name);
    if (!found) {
      const reference = { at: "name", to: "clusters" };
      throw new Error(refusals.notFound({ reference, value: name, present: store.all("clusters") }));
    }
    const { accessConfig, certificateAuthority, kubernetesNetworkConfig, upgradePolicy, ...rest } =
      found.outputs;
    const answered = Object.entries(rest).filter(([output]) => Object.hasOwn(answer, output));
    return {
      ...Object.fromEntries(answered),
      id: name,
      accessConfigs: [accessConfig],
      certificateAuthorities: [certificateAuthority],
      kubernetesNetworkConfigs: [kubernetesNetworkConfig],
      upgradePolicies: [upgradePolicy],
      tags: found.outputs["tagsAll"] ?? {},
    } as never;
  },
});
