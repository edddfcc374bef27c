import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpcRules from "@pulumi/aws/vpc/index.js";
import { type EksScope, named } from "./scope.ts";

/** Where endpoints are put. */
export interface EndpointsArgs {
  readonly vpc: ec2.Vpc;
  readonly cidr: string;
  readonly subnets: readonly ec2.Subnet[];
  readonly tables: readonly ec2.RouteTable[];
}

/** Services of AWS that nodes ask for images and for credentials: https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
const SERVICES = ["ecr.api", "ecr.dkr", "sts"];

/**
 * Ways from the private subnets to services of AWS that leave neither the network nor go through a NAT gateway, which would cost
 * by the byte. That to S3, which keeps the layers of ECR's images and the backups, costs nothing.
 */
export function makeEndpoints({ vpc, cidr, subnets, tables }: EndpointsArgs, scope: EksScope): void {
  const { name, region } = scope;
  const service = (own: string) => `com.amazonaws.${region}.${own}`;
  new ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: service("s3"),
      routeTableIds: tables.map(({ id }) => id),
      ...named(`${name}-s3`),
    },
    scope.options(),
  );
  const securityGroup = makeSecurityGroup(vpc, cidr, scope);
  for (const own of SERVICES) {
    const fullName = `${name}-${own.replace(".", "-")}`;
    new ec2.VpcEndpoint(
      fullName,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Interface",
        serviceName: service(own),
        subnetIds: subnets.map(({ id }) => id),
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        ...named(fullName),
      },
      scope.options(),
    );
  }
}

/** Lets in what comes from the network itself by TLS, and nothing out. */
function makeSecurityGroup(vpc: ec2.Vpc, cidr: string, scope: EksScope): ec2.SecurityGroup {
  const name = `${scope.name}-endpoints`;
  // EC2 takes no apostrophe here: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
  const description = "Endpoints of AWS, for addresses of the network";
  const group = new ec2.SecurityGroup(name, { vpcId: vpc.id, description, ...named(name) }, scope.options());
  new vpcRules.SecurityGroupIngressRule(
    name,
    { securityGroupId: group.id, cidrIpv4: cidr, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
    scope.options(),
  );
  return group;
}
