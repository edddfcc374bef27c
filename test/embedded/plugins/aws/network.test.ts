import { describe, expect, it, test } from "vitest";
import { newAccount, newCluster, trust } from "./account.ts";

const subnet = "aws:ec2/subnet:Subnet";

describe("a subnet", () => {
  it.each([
    [
      { cidrBlock: "10.1.0.0/24" },
      "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid: it is not inside the vpc's",
    ],
    [
      { cidrBlock: "10.0.32.0/24" },
      "InvalidSubnet.Conflict: The CIDR '10.0.32.0/24' conflicts with another subnet",
    ],
    [{ cidrBlock: "10.0.1.1/24" }, "is not the beginning of its range: write 10.0.1.0/24"],
    [{ availabilityZone: "us-west-2z" }, "Value (us-west-2z) for parameter availabilityZone is invalid"],
    [{ vpcId: "vpc-0" }, "InvalidVpcID.NotFound: the vpc 'vpc-0' does not exist (in vpcId; there is 'vpc-"],
  ])("is refused for %j", async (inputs, reason) => {
    const account = newAccount();
    const { vpc } = await newCluster(account);
    const given = { vpcId: vpc.id, cidrBlock: "10.0.200.0/24", ...inputs };
    await expect(account.stack.create(subnet, "other", given)).rejects.toThrow(reason);
  });

  it("keeps its network from being deleted", async () => {
    const account = newAccount();
    const { vpc } = await newCluster(account);
    await expect(account.stack.delete(vpc)).rejects.toThrow(
      /^DependencyViolation: the vpc 'vpc-.*' has dependencies and cannot be deleted: delete subnet/,
    );
  });
});

test("a NAT gateway needs an internet gateway in its network, and an address of its own", async () => {
  const account = newAccount();
  const { stack } = account;
  const { vpc, subnets } = await newCluster(account);
  const address = await stack.create("aws:ec2/eip:Eip", "address", { domain: "vpc" });
  const nat = { subnetId: subnets[0]!.id, allocationId: address.id };
  const make = (name: string) => stack.create("aws:ec2/natGateway:NatGateway", name, nat);
  await expect(make("nat")).rejects.toThrow(
    `Gateway.NotAttached: Network ${vpc.id} has no Internet gateway attached`,
  );
  await stack.create("aws:ec2/internetGateway:InternetGateway", "internet", { vpcId: vpc.id });
  expect((await make("nat")).outputs["publicIp"]).toBe(address.outputs["publicIp"]);
  await expect(make("second")).rejects.toThrow("Resource.AlreadyAssociated");
});

test("a name that is taken is refused, and says where the imagined account keeps it", async () => {
  const { stack, store } = newAccount();
  const role = { name: "deployers", assumeRolePolicy: trust };
  await stack.create("aws:iam/role:Role", "one", role);
  await expect(stack.create("aws:iam/role:Role", "two", role)).rejects.toThrow(
    `EntityAlreadyExists: the role 'deployers' already exists: give another name, import it, or delete it (keelson's embedded stand-in for AWS keeps it in ${store.fileOf("roles", "deployers")})`,
  );
});

test("resources without a name of their own are made anew beside those that they replace", async () => {
  const { stack } = newAccount();
  const inputs = { cidrBlock: "10.0.0.0/16" };
  const [first, second] = [
    await stack.create("aws:ec2/vpc:Vpc", "vpc", inputs),
    await stack.create("aws:ec2/vpc:Vpc", "vpc", inputs),
  ];
  expect(first.id).not.toBe(second.id);
});

test("a policy that IAM could not read is refused", async () => {
  const { stack } = newAccount();
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Maybe", Action: "s3:*" }] });
  expect(await stack.failures("aws:iam/role:Role", { assumeRolePolicy: policy })).toEqual([
    expect.stringContaining("MalformedPolicyDocument") as string,
  ]);
});

test("a region has three zones, by name and by id", async () => {
  const { stack } = newAccount();
  const zones = (region: string) =>
    stack.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {
      region,
      excludeZoneIds: ["use1-az3"],
    });
  expect(await zones("us-west-2")).toMatchObject({ zoneIds: ["usw2-az1", "usw2-az2", "usw2-az3"] });
  expect(await zones("ap-southeast-1")).toMatchObject({ zoneIds: ["apse1-az1", "apse1-az2", "apse1-az3"] });
  expect(await zones("us-east-1")).toMatchObject({ names: ["us-east-1a", "us-east-1b"] });
});
