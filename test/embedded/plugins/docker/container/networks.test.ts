import { expect, test } from "vitest";
import { endpoint } from "../../../../../embedded/plugins/docker/container/networks.ts";

test("an endpoint has the aliases, addresses and options of its network entry, and no others", () => {
  expect(
    endpoint({
      name: "private",
      aliases: ["db", "postgres"],
      ipv4Address: "10.0.0.4",
      driverOpts: ["a=b=c", "flag"],
      gwPriority: 2,
    }),
  ).toEqual({
    Aliases: ["db", "postgres"],
    IPAMConfig: { IPv4Address: "10.0.0.4" },
    DriverOpts: { a: "b=c" },
    GwPriority: 2,
  });
  expect(endpoint({ name: "private" })).toEqual({ IPAMConfig: {} });
});
