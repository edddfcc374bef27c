/** How AWS refuses: by an error's code, which programs know, and a sentence. */
import type { Cloud } from "../cloud/cloud.ts";
import type { Stored } from "../cloud/store.ts";
import { text } from "../cloud/values.ts";

/** What AWS calls a kind of resource, and the codes of its errors about it. */
interface Kind {
  readonly noun: string;
  readonly notFound: string;
  readonly exists: string;
  readonly inUse: string;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ec2 = (noun: string, notFound: string, exists = "InvalidParameterValue"): Kind => ({
  noun,
  notFound,
  exists,
  inUse: "DependencyViolation",
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and its operations' own */
const iam = (noun: string): Kind => ({
  noun,
  notFound: "NoSuchEntity",
  exists: "EntityAlreadyExists",
  inUse: "DeleteConflict",
});

/** EKS and those that word their errors as it does: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const eks = (noun: string, exists = "ResourceInUseException"): Kind => ({
  noun,
  notFound: "ResourceNotFoundException",
  exists,
  inUse: "ResourceInUseException",
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const s3 = (noun: string): Kind => ({
  noun,
  notFound: "NoSuchBucket",
  exists: "BucketAlreadyOwnedByYou",
  inUse: "BucketNotEmpty",
});

/** By folder of the store. */
const kinds = {
  vpcs: ec2("vpc", "InvalidVpcID.NotFound"),
  subnets: ec2("subnet", "InvalidSubnetID.NotFound"),
  "internet-gateways": ec2("internet gateway", "InvalidInternetGatewayID.NotFound"),
  addresses: ec2("allocation", "InvalidAllocationID.NotFound"),
  "nat-gateways": ec2("nat gateway", "NatGatewayNotFound"),
  "route-tables": ec2("route table", "InvalidRouteTableID.NotFound"),
  routes: ec2("route", "InvalidRoute.NotFound", "RouteAlreadyExists"),
  "route-table-associations": ec2("association", "InvalidAssociationID.NotFound"),
  "vpc-endpoints": ec2("vpc endpoint", "InvalidVpcEndpointId.NotFound"),
  "security-groups": ec2("security group", "InvalidGroup.NotFound", "InvalidGroup.Duplicate"),
  "default-security-groups": ec2("security group", "InvalidGroup.NotFound"),
  "security-group-rules": ec2("security group rule", "InvalidSecurityGroupRuleId.NotFound"),
  "flow-logs": ec2("flow log", "InvalidFlowLogId.NotFound", "FlowLogAlreadyExists"),
  "launch-templates": ec2(
    "launch template",
    "InvalidLaunchTemplateId.NotFoundException",
    "InvalidLaunchTemplateName.AlreadyExistsException",
  ),
  roles: iam("role"),
  "role-policies": iam("role policy"),
  "role-policy-attachments": iam("attachment"),
  policies: iam("policy"),
  "oidc-providers": iam("OpenID Connect provider"),
  keys: {
    noun: "key",
    notFound: "NotFoundException",
    exists: "AlreadyExistsException",
    inUse: "KMSInvalidStateException",
  },
  "key-aliases": {
    noun: "alias",
    notFound: "NotFoundException",
    exists: "AlreadyExistsException",
    inUse: "KMSInvalidStateException",
  },
  "log-groups": eks("log group", "ResourceAlreadyExistsException"),
  clusters: eks("cluster"),
  "node-groups": eks("node group"),
  addons: eks("addon"),
  "access-entries": eks("access entry"),
  "access-policy-associations": eks("access policy association"),
  "pod-identity-associations": eks("pod identity association"),
  buckets: s3("bucket"),
  "bucket-versionings": s3("versioning of the bucket"),
  "bucket-encryptions": s3("encryption of the bucket"),
  "bucket-lifecycles": s3("lifecycle of the bucket"),
  "bucket-public-access-blocks": s3("public access block of the bucket"),
  "bucket-policies": s3("policy of the bucket"),
  "bucket-ownership-controls": s3("ownership controls of the bucket"),
  repositories: {
    noun: "repository",
    notFound: "RepositoryNotFoundException",
    exists: "RepositoryAlreadyExistsException",
    inUse: "RepositoryNotEmptyException",
  },
  "repository-templates": {
    noun: "repository creation template",
    notFound: "TemplateNotFoundException",
    exists: "TemplateAlreadyExistsException",
    inUse: "ValidationException",
  },
  "repository-lifecycles": {
    noun: "lifecycle policy",
    notFound: "LifecyclePolicyNotFoundException",
    exists: "InvalidParameterException",
    inUse: "InvalidParameterException",
  },
  budgets: {
    noun: "budget",
    notFound: "NotFoundException",
    exists: "DuplicateRecordException",
    inUse: "AccessDeniedException",
  },
  zones: {
    noun: "hosted zone",
    notFound: "NoSuchHostedZone",
    exists: "HostedZoneAlreadyExists",
    inUse: "HostedZoneNotEmpty",
  },
} as const satisfies Record<string, Kind>;

/** What there may be in the account. */
export type AwsType = keyof typeof kinds;

function kindOf(type: string): Kind {
  return kinds[type as AwsType];
}

export const refusals: Cloud["refusals"] = {
  notFound({ reference, value, present }) {
    const type = typeof reference.to === "string" ? reference.to : (reference.to[0] ?? "");
    const { noun, notFound } = kindOf(type);
    return `${notFound}: the ${noun} '${value}' does not exist (in ${reference.at}; there is ${known(reference.by, present)}): refer to one that is there, or make it first`;
  },
  exists(type, id) {
    const { noun, exists } = kindOf(type);
    return `${exists}: the ${noun} '${id}' already exists: give another name, import it, or delete it`;
  },
  inUse(type, id, users) {
    const { noun, inUse } = kindOf(type);
    const names = users.map((user) => `${kindOf(user.type).noun} '${user.id}'`).join(", ");
    return `${inUse}: the ${noun} '${id}' has dependencies and cannot be deleted: delete ${names} first`;
  },
};

function known(by = "id", present: readonly Stored[]): string {
  const names = present.map(({ id, outputs }) => `'${by === "id" ? id : text(outputs[by])}'`);
  return names.length > 0 ? names.join(", ") : "none";
}
