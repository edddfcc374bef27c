import * as aws from "@pulumi/aws/getAvailabilityZones.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as kms from "@pulumi/aws/kms/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { networkOf, partOf } from "../cidr.ts";
import { makeEndpoints } from "./endpoints.ts";
import { makeFlowLog } from "./flow-log.ts";
import { type EksScope, named, protectedOptions } from "./scope.ts";

/** What a network is like. */
export interface NetworkArgs {
  readonly cidr: string;
  /** One gateway for all zones costs a third, and ends with its zone. */
  readonly nat: "one" | "perZone";
}

/** The network that a cluster is in. */
export interface EksNetwork {
  /** Subnets of the nodes, without a way in from the internet. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
}

/** How many zones the network spans: a quorum outlives the loss of one of three. */
const ZONES = [0, 1, 2];

/**
 * Zones in which EKS has no control planes; what is in them can't be named by letter, which is each account's own.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const WITHOUT_CONTROL_PLANES = ["use1-az3", "usw1-az2", "cac1-az3"];

/**
 * Makes a network over three zones. Pods have addresses of the network, too: a quarter of it each is for the nodes of one zone,
 * and a sixteenth for its load balancers.
 */
export function makeNetwork({ cidr, nat }: NetworkArgs, logsKey: kms.Key, scope: EksScope): EksNetwork {
  const { name } = scope;
  const vpc = new ec2.Vpc(
    name,
    { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true, ...named(name) },
    protectedOptions(scope),
  );
  // Without a rule; nothing is to be in the group that AWS puts everything into that names none.
  const group = { vpcId: vpc.id, ingress: [], egress: [], ...named(`${name}-default`) };
  new ec2.DefaultSecurityGroup(`${name}-default`, group, scope.options());
  makeFlowLog(vpc, logsKey, scope);
  const zones = availabilityZones(scope);
  const { subnets: publicSubnets, wayOut } = makePublicSubnets(cidr, vpc, zones, scope);
  const gateways = makeNatGateways(publicSubnets, wayOut, nat, scope);
  const privateSubnets = makePrivateSubnets(cidr, vpc, zones, gateways, scope);
  makeEndpoints({ vpc, cidr, ...privateSubnets }, scope);
  return { privateSubnetIds: privateSubnets.subnets.map(({ id }) => id) };
}

function availabilityZones(scope: EksScope): pulumi.Output<string[]> {
  const { names } = aws.getAvailabilityZonesOutput(
    {
      state: "available",
      excludeZoneIds: WITHOUT_CONTROL_PLANES,
      // Zones proper, none of those near some city that have to be opted in to.
      filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    },
    scope.options(),
  );
  return names;
}

/** A subnet stays in its zone, even if a new zone comes before it in the region's list. */
const STAYS = { ignoreChanges: ["availabilityZone"] };

function makePublicSubnets(
  cidr: string,
  vpc: ec2.Vpc,
  zones: pulumi.Output<string[]>,
  scope: EksScope,
): { readonly subnets: readonly ec2.Subnet[]; readonly wayOut: ec2.Route } {
  const { name } = scope;
  const internet = new ec2.InternetGateway(name, { vpcId: vpc.id, ...named(name) }, scope.options());
  const table = new ec2.RouteTable(
    `${name}-public`,
    { vpcId: vpc.id, ...named(`${name}-public`) },
    scope.options(),
  );
  const way = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id };
  const wayOut = new ec2.Route(`${name}-public`, way, scope.options());
  const subnets = ZONES.map((index) => {
    const own = `${name}-public-${index + 1}`;
    const subnet = new ec2.Subnet(
      own,
      {
        vpcId: vpc.id,
        // The last quarter of the network, in four parts.
        cidrBlock: partOf(networkOf(cidr)!, 4, 12 + index),
        availabilityZone: zones.apply((names) => names[index]!),
        mapPublicIpOnLaunch: false,
        // https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
        tags: { Name: own, "kubernetes.io/role/elb": "1", [`kubernetes.io/cluster/${name}`]: "shared" },
      },
      scope.options(STAYS),
    );
    const ids = { routeTableId: table.id, subnetId: subnet.id };
    new ec2.RouteTableAssociation(own, ids, scope.options());
    return subnet;
  });
  return { subnets, wayOut };
}

/** One gateway for each zone, which may be the same one. */
function makeNatGateways(
  publicSubnets: readonly ec2.Subnet[],
  wayOut: ec2.Route,
  nat: "one" | "perZone",
  scope: EksScope,
): readonly ec2.NatGateway[] {
  const subnets = { one: publicSubnets.slice(0, 1), perZone: publicSubnets }[nat];
  const gateways = subnets.map((subnet, index) => {
    const own = `${scope.name}-nat-${index + 1}`;
    const address = new ec2.Eip(
      own,
      { domain: "vpc", ...named(own) },
      scope.options({ dependsOn: [wayOut] }),
    );
    const args = { subnetId: subnet.id, allocationId: address.id, ...named(own) };
    return new ec2.NatGateway(own, args, scope.options({ dependsOn: [wayOut] }));
  });
  return ZONES.map((index) => gateways[index] ?? gateways[0]!);
}

function makePrivateSubnets(
  cidr: string,
  vpc: ec2.Vpc,
  zones: pulumi.Output<string[]>,
  gateways: readonly ec2.NatGateway[],
  scope: EksScope,
): { readonly subnets: readonly ec2.Subnet[]; readonly tables: readonly ec2.RouteTable[] } {
  const made = ZONES.map((index) => {
    const own = `${scope.name}-private-${index + 1}`;
    const subnet = new ec2.Subnet(
      own,
      {
        vpcId: vpc.id,
        cidrBlock: partOf(networkOf(cidr)!, 2, index),
        availabilityZone: zones.apply((names) => names[index]!),
        tags: {
          Name: own,
          "kubernetes.io/role/internal-elb": "1",
          [`kubernetes.io/cluster/${scope.name}`]: "shared",
        },
      },
      scope.options(STAYS),
    );
    const table = new ec2.RouteTable(own, { vpcId: vpc.id, ...named(own) }, scope.options());
    const out = {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: gateways[index]!.id,
    };
    new ec2.Route(own, out, scope.options());
    new ec2.RouteTableAssociation(own, { routeTableId: table.id, subnetId: subnet.id }, scope.options());
    return { subnet, table };
  });
  return { subnets: made.map(({ subnet }) => subnet), tables: made.map(({ table }) => table) };
}
