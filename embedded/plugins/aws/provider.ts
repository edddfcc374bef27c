import type { Provider } from "../provider/resource.ts";
import { accountOf, type AwsAccount, type Surroundings } from "./account.ts";
import { budget } from "./budgets.ts";
import { lifecyclePolicy, repository, repositoryCreationTemplate } from "./ecr.ts";
import { vpcEndpoint } from "./ec2/endpoints.ts";
import { flowLog } from "./ec2/flow-logs.ts";
import { eip, internetGateway, natGateway } from "./ec2/gateways.ts";
import { launchTemplate } from "./ec2/launch-template.ts";
import { route, routeTable, routeTableAssociation } from "./ec2/routes.ts";
import {
  defaultSecurityGroup,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
} from "./ec2/security-groups.ts";
import { subnet } from "./ec2/subnet.ts";
import { vpc } from "./ec2/vpc.ts";
import { accessEntry, accessPolicyAssociation, podIdentityAssociation } from "./eks/access.ts";
import { addon } from "./eks/addons.ts";
import { cluster } from "./eks/cluster.ts";
import { getCluster } from "./eks/get-cluster.ts";
import { nodeGroup } from "./eks/node-group.ts";
import { getAddonVersion, getAvailabilityZones, getCallerIdentity } from "./functions.ts";
import { openIdConnectProvider, role, rolePolicy, rolePolicyAttachment } from "./iam/roles.ts";
import { alias, key } from "./kms.ts";
import { logGroup } from "./logs.ts";
import { isRegion } from "./regions.ts";
import { zone } from "./route53.ts";
import { bucket } from "./s3/bucket.ts";
import {
  bucketEncryption,
  bucketLifecycle,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketVersioning,
} from "./s3/configurations.ts";

/**
 * Amazon Web Services as they are imagined: of the official plugin 7.48.0 the resources that clusters of EKS are made of. It asks for no
 * credentials, and makes nothing in any cloud.
 *
 * @param surroundings what is in the world beside the account. @defaultValue keelson's home and this machine's cluster
 */
export function awsIn(surroundings?: Surroundings): Provider<AwsAccount> {
  return {
    name: "aws",
    version: "7.48.0",
    settings: {
      region: { type: "string", validate: isRegion },
      defaultTags: { type: { object: { tags: { type: { map: "string" } } } } },
    },
    resources: {
      "aws:budgets/budget:Budget": budget,
      "aws:cloudwatch/logGroup:LogGroup": logGroup,
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": defaultSecurityGroup,
      "aws:ec2/eip:Eip": eip,
      "aws:ec2/flowLog:FlowLog": flowLog,
      "aws:ec2/internetGateway:InternetGateway": internetGateway,
      "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
      "aws:ec2/natGateway:NatGateway": natGateway,
      "aws:ec2/route:Route": route,
      "aws:ec2/routeTable:RouteTable": routeTable,
      "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
      "aws:ec2/securityGroup:SecurityGroup": securityGroup,
      "aws:ec2/subnet:Subnet": subnet,
      "aws:ec2/vpc:Vpc": vpc,
      "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
      "aws:ecr/lifecyclePolicy:LifecyclePolicy": lifecyclePolicy,
      "aws:ecr/repository:Repository": repository,
      "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": repositoryCreationTemplate,
      "aws:eks/accessEntry:AccessEntry": accessEntry,
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": accessPolicyAssociation,
      "aws:eks/addon:Addon": addon,
      "aws:eks/cluster:Cluster": cluster,
      "aws:eks/nodeGroup:NodeGroup": nodeGroup,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation": podIdentityAssociation,
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider": openIdConnectProvider,
      "aws:iam/role:Role": role,
      "aws:iam/rolePolicy:RolePolicy": rolePolicy,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
      "aws:kms/alias:Alias": alias,
      "aws:kms/key:Key": key,
      "aws:route53/zone:Zone": zone,
      "aws:s3/bucket:Bucket": bucket,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketLifecycle,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketOwnershipControls,
      "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPublicAccessBlock,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        bucketEncryption,
      "aws:s3/bucketVersioning:BucketVersioning": bucketVersioning,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupEgressRule,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupIngressRule,
    },
    functions: {
      "aws:eks/getAddonVersion:getAddonVersion": getAddonVersion,
      "aws:eks/getCluster:getCluster": getCluster,
      "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
      "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
    },
    configure: (settings) => accountOf(settings, surroundings),
  };
}

export const aws = awsIn();
