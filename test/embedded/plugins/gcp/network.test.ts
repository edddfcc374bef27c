import { describe, expect, it } from "vitest";
import { unknown } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedGoogle, region, types } from "./imagined-google.ts";

const path = `projects/acme-ai/regions/${region}/subnetworks`;

describe("a network of the imagined Google Cloud", () => {
  it("is refused until its API is switched on, by the project's service", async () => {
    const google = new ImaginedGoogle();
    await expect(google.create(types.network, "prod", {})).rejects.toThrow(
      'Error 403: compute.googleapis.com has not been used in project acme-ai before or it is disabled, accessNotConfigured: make a gcp.projects.Service for "compute.googleapis.com"',
    );
    await google.create(types.service, "compute", { service: "compute.googleapis.com" });
    await expect(google.create(types.network, "prod", { name: "prod" })).resolves.toMatchObject({
      id: "projects/acme-ai/global/networks/prod",
      outputs: { selfLink: "https://www.googleapis.com/compute/v1/projects/acme-ai/global/networks/prod" },
    });
    expect(google.logged).toContain(
      "this is keelson's embedded stand-in for Google Cloud: nothing is made in any cloud",
    );
  });

  it("takes a project from the resource or the provider, and needs one", async () => {
    const google = new ImaginedGoogle({});
    await expect(google.create(types.network, "prod", {})).rejects.toThrow(
      "project: required field is not set: give it to the resource, or to the provider 'gcp'",
    );
  });

  it("gets the same id and outputs each time", async () => {
    const [one, other] = [await ImaginedGoogle.withApis(), await ImaginedGoogle.withApis()];
    const inputs = { autoCreateSubnetworks: false };
    expect(await one.create(types.network, "prod", inputs)).toEqual(
      await other.create(types.network, "prod", inputs),
    );
  });

  it("is not made twice under one name", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.create(types.network, "one", { name: "prod" });
    await expect(google.create(types.network, "other", { name: "prod" })).rejects.toThrow(
      "Error 409: the resource 'projects/acme-ai/global/networks/prod' already exists",
    );
  });

  it("is not deleted while something is in it", async () => {
    const google = await ImaginedGoogle.withApis();
    const { network, subnetwork } = await google.network();
    await expect(google.delete(network)).rejects.toThrow(
      `Error 400: the resource '${network.id}' is already being used by '${path}/prod', resourceInUseByAnotherResource`,
    );
    await google.delete(subnetwork);
    await google.delete(network);
    expect(google.store.all("networks")).toEqual([]);
  });

  it("is found changed or gone by a refresh", async () => {
    const google = await ImaginedGoogle.withApis();
    const network = await google.create(types.network, "prod", { name: "prod" });
    const stored = google.store.get("networks", network.id);
    google.store.put({ ...stored!, outputs: { ...stored!.outputs, routingMode: "GLOBAL" } });
    expect((await google.refresh(network))?.outputs).toMatchObject({ routingMode: "GLOBAL" });
    google.store.remove("networks", network.id);
    expect(await google.refresh(network)).toBeUndefined();
  });

  it("keeps its place when `deletionPolicy` forbids its deletion, or abandons it", async () => {
    const google = await ImaginedGoogle.withApis();
    const kept = await google.create(types.network, "kept", { name: "kept", deletionPolicy: "PREVENT" });
    await expect(google.delete(kept)).rejects.toThrow('its deletionPolicy is "PREVENT": set it to "DELETE"');
    const left = await google.create(types.network, "left", { name: "left", deletionPolicy: "ABANDON" });
    await google.delete(left);
    expect(google.store.get("networks", left.id)).toBeDefined();
  });
});

describe("a subnetwork", () => {
  it.each([
    [
      "nodes over those of another",
      "10.0.8.0/24",
      [],
      "10.0.8.0/24 of 'more' conflicts with 10.0.0.0/20 of 'prod'",
    ],
    [
      "nodes over pods of another",
      "10.4.0.0/24",
      [],
      "10.4.0.0/24 of 'more' conflicts with 10.4.0.0/16 of 'pods'",
    ],
    [
      "pods over its own nodes",
      "10.1.0.0/20",
      [{ rangeName: "more-pods", ipCidrRange: "10.1.0.0/16" }],
      "10.1.0.0/16 of 'more-pods' conflicts with 10.1.0.0/20 of 'more'",
    ],
  ])("with %s is refused", async (_, ipCidrRange, secondaryIpRanges, problem) => {
    const google = await ImaginedGoogle.withApis();
    const { network } = await google.network();
    const inputs = { name: "more", network: network.id, ipCidrRange, secondaryIpRanges };
    await expect(google.create(types.subnetwork, "more", inputs)).rejects.toThrow(problem);
  });

  it("of another network may have the same range", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.network();
    const other = await google.create(types.network, "other", { name: "other" });
    const inputs = { name: "other", network: other.id, ipCidrRange: "10.0.0.0/20" };
    await expect(google.create(types.subnetwork, "other", inputs)).resolves.toMatchObject({
      outputs: { gatewayAddress: "10.0.0.1", region },
    });
  });

  it.each([
    ["no range", "10.0.0.0", "'10.0.0.0' is not a range"],
    ["the middle of one", "10.0.1.0/20", "write 10.0.0.0/20"],
    ["one too small", "10.0.0.0/30", "must be between /4 and /29"],
  ])("is refused for %s", async (_, ipCidrRange, problem) => {
    const google = await ImaginedGoogle.withApis();
    expect(await google.failures(types.subnetwork, { network: "prod", ipCidrRange })).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it("is refused in a network that is not there, with those that are", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.network();
    const inputs = { network: "missing", ipCidrRange: "10.9.0.0/20" };
    await expect(google.create(types.subnetwork, "more", inputs)).rejects.toThrow(
      "Error 404: the resource 'missing' that 'network' names was not found, notFound: there are projects/acme-ai/global/networks/prod",
    );
  });

  it("grows in place, and shrinks by replacement", async () => {
    const google = await ImaginedGoogle.withApis();
    const { subnetwork } = await google.network();
    const ranged = (ipCidrRange: string) => ({ ...subnetwork.inputs, ipCidrRange });
    expect(await google.diff(subnetwork, ranged("10.0.0.0/19"))).toMatchObject({
      differs: ["ipCidrRange"],
      replaces: [],
    });
    expect(await google.diff(subnetwork, ranged("10.0.0.0/21"))).toMatchObject({ replaces: ["ipCidrRange"] });
    expect(await google.diff(subnetwork, ranged("10.0.0.0/20"))).toMatchObject({ changed: false });
  });

  it("means the same network by its id, its link and its name", async () => {
    const google = await ImaginedGoogle.withApis();
    const { network, subnetwork } = await google.network();
    for (const named of ["prod", network.outputs["selfLink"]!])
      expect(await google.diff(subnetwork, { ...subnetwork.inputs, network: named })).toMatchObject({
        changed: false,
      });
    expect(await google.diff(subnetwork, { ...subnetwork.inputs, network: "other" })).toMatchObject({
      replaces: ["network"],
    });
  });

  it("is previewed in a network that is not known yet", async () => {
    const google = new ImaginedGoogle();
    const inputs = { name: "prod", network: unknown, ipCidrRange: "10.0.0.0/20" };
    expect(await google.preview(types.subnetwork, "prod", inputs)).toMatchObject({
      network: unknown,
      selfLink: unknown,
      name: "prod",
    });
  });
});

describe("a Cloud NAT", () => {
  const inputs = {
    name: "prod",
    router: "prod",
    natIpAllocateOption: "AUTO_ONLY",
    sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
  };

  it("belongs to a router, with which it goes", async () => {
    const google = await ImaginedGoogle.withApis();
    const { network } = await google.network();
    await expect(google.create(types.nat, "prod", inputs)).rejects.toThrow(
      "'prod' that 'router' names was not found",
    );
    const router = await google.create(types.router, "prod", { name: "prod", network: network.id });
    await google.create(types.nat, "prod", inputs);
    await expect(google.delete(router)).resolves.toBeUndefined();
  });

  it.each([
    [
      { sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS" },
      'if and only if sourceSubnetworkIpRangesToNat is "LIST_OF_SUBNETWORKS"',
    ],
    [{ natIpAllocateOption: "MANUAL_ONLY" }, "takes natIps, of which there are none"],
    [{ maxPortsPerVm: 4096 }, "maxPortsPerVm takes enableDynamicPortAllocation"],
    [{ enableDynamicPortAllocation: true, minPortsPerVm: 100 }, "a power of 2 from 32 to 65536"],
    [
      { enableDynamicPortAllocation: true, minPortsPerVm: 64, maxPortsPerVm: 64 },
      "must be less than maxPortsPerVm",
    ],
    [{ enableDynamicPortAllocation: true, enableEndpointIndependentMapping: true }, "exclude each other"],
  ])("is refused with %j", async (own, problem) => {
    const google = await ImaginedGoogle.withApis();
    const { network } = await google.network();
    await google.create(types.router, "prod", { name: "prod", network: network.id });
    await expect(google.create(types.nat, "prod", { ...inputs, ...own })).rejects.toThrow(problem);
  });
});

describe("a firewall rule", () => {
  it.each([
    [{}, "give either allows or denies"],
    [
      { allows: [{ protocol: "tcp" }], direction: "EGRESS", sourceRanges: ["10.0.0.0/8"] },
      "takes destinationRanges and no sources",
    ],
    [{ allows: [{ protocol: "tcp", ports: ["70000"] }] }, "'70000' are no ports"],
    [{ allows: [{ protocol: "tls" }] }, "'tls' is no protocol"],
    [{ allows: [{ protocol: "tcp" }], sourceRanges: ["10.0.0.1/8"] }, "write 10.0.0.0/8"],
  ])("is refused with %j", async (own, problem) => {
    const google = await ImaginedGoogle.withApis();
    const { network } = await google.network();
    await expect(
      google.create(types.firewall, "rule", { name: "rule", network: network.id, ...own }),
    ).rejects.toThrow(problem);
  });
});
