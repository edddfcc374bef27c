import { expect, test } from "vitest";
import { portBindings, portOutputs } from "../../../../../embedded/plugins/docker/container/ports.ts";

test("an empty address of the host binds all its addresses", () => {
  const port = { internal: 80, external: 8080, ip: "", protocol: "tcp" };
  expect(portBindings([port])).toEqual({ "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "8080" }] });
});

test("bound ports are told in the order of the container's ports, and those that are only exposed are not", () => {
  const bindings = {
    "8080/tcp": [{ HostIp: "127.0.0.1", HostPort: "18080" }],
    "53/udp": [{ HostIp: "0.0.0.0", HostPort: "5353" }],
    "9/tcp": null as never,
  };
  expect(portOutputs(bindings)).toEqual([
    { internal: 53, external: 5353, ip: "0.0.0.0", protocol: "udp" },
    { internal: 8080, external: 18080, ip: "127.0.0.1", protocol: "tcp" },
  ]);
  expect(portOutputs(null)).toEqual([]);
});
