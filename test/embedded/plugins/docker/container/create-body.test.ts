import { describe, expect, test } from "vitest";
import { createBody } from "../../../../../embedded/plugins/docker/container/create-body.ts";
import type { ContainerInputs } from "../../../../../embedded/plugins/docker/container/types.ts";
import { containerProperties } from "../../../../../embedded/plugins/docker/properties.ts";
import { withDefaults } from "../../../../../embedded/plugins/provider/bridge/defaults.ts";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { recordings } from "../recordings.ts";

function body(inputs: Values): ReturnType<typeof createBody> {
  const given = withDefaults(containerProperties, { name: "c", image: "busybox", ...inputs });
  return createBody(given as ContainerInputs);
}

describe("what the Engine API is sent to create a container", () => {
  test("a hardened service has all its limits and restrictions in it", () => {
    const cache = recordings("create").find(({ outputs }) => outputs["name"] === "rec-cache");
    const { HostConfig: host, ...config } = body(cache?.inputs ?? {});
    expect(config).toEqual({
      name: "rec-cache",
      Image: "local/redis:7",
      Entrypoint: ["redis-server"],
      Cmd: ["/run/keelson/redis.conf"],
      Env: ["A=1", "B=2"],
      User: "0:0",
      StopSignal: "SIGTERM",
      StopTimeout: 20,
      Labels: { "keelson.service": "cache" },
      Healthcheck: {
        Test: ["CMD-SHELL", "redis-cli ping | grep -E 'PONG|NOAUTH'"],
        Interval: 1e9,
        Timeout: 2e9,
        StartPeriod: 1e9,
        StartInterval: 0,
        Retries: 5,
      },
    });
    expect(host).toEqual({
      Memory: 256 * 1024 * 1024,
      MemorySwap: 256 * 1024 * 1024,
      NanoCpus: 500_000_000,
      CpuShares: 256,
      ShmSize: 64 * 1024 * 1024,
      Ulimits: [{ Name: "nofile", Soft: 1024, Hard: 2048 }],
      SecurityOpt: ["no-new-privileges:true"],
      ReadonlyRootfs: true,
      CapAdd: ["CAP_NET_BIND_SERVICE"],
      CapDrop: ["ALL"],
      Init: true,
      Sysctls: { "net.core.somaxconn": "512" },
      RestartPolicy: { Name: "unless-stopped", MaximumRetryCount: 0 },
      LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
      NetworkMode: "rec-private",
      ExtraHosts: ["db.external:127.0.0.1"],
      Mounts: [
        { Type: "volume", Source: "rec-data", Target: "/data", ReadOnly: false },
        { Type: "volume", Source: "rec-files", Target: "/run/keelson", ReadOnly: true },
        {
          Type: "tmpfs",
          Source: "",
          Target: "/scratch",
          ReadOnly: false,
          TmpfsOptions: { SizeBytes: 16_777_216, Mode: 0o1777 },
        },
      ],
    });
  });

  test("what the program leaves out is left to the image and the daemon", () => {
    const { HostConfig: host, ...config } = body({});
    expect(config).toEqual({ name: "c", Image: "busybox" });
    expect(host).toEqual({
      Init: false,
      LogConfig: { Type: "", Config: {} },
      NetworkMode: "bridge",
      RestartPolicy: { Name: "no", MaximumRetryCount: 0 },
    });
  });

  test("ports are exposed and bound, to a free port of the host where none is given", () => {
    const { ExposedPorts, HostConfig } = body({
      ports: [
        { internal: 80, external: 8080, ip: "127.0.0.1" },
        { internal: 53, protocol: "udp" },
      ],
    });
    expect(ExposedPorts).toEqual({ "80/tcp": {}, "53/udp": {} });
    expect(HostConfig?.PortBindings).toEqual({
      "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }],
      "53/udp": [{ HostIp: "0.0.0.0", HostPort: "0" }],
    });
  });

  test("volumes become binds with their mode, anonymous volumes and volumes of other containers", () => {
    const { Volumes, HostConfig } = body({
      volumes: [
        { volumeName: "data", containerPath: "/data", readOnly: true },
        { hostPath: "/srv", volumeName: "ignored", containerPath: "/srv", selinuxRelabel: "z" },
        { containerPath: "/cache" },
        { fromContainer: "other" },
      ],
    });
    expect(Volumes).toEqual({ "/data": {}, "/srv": {}, "/cache": {} });
    expect(HostConfig?.Binds).toEqual(["data:/data:ro", "/srv:/srv:rw,z"]);
    expect(HostConfig?.VolumesFrom).toEqual(["other"]);
  });

  test("-1 is no limit on swap, and not a mebibyte less than none", () => {
    expect(body({ memory: 64, memorySwap: -1 }).HostConfig).toMatchObject({
      Memory: 67_108_864,
      MemorySwap: -1,
    });
  });

  test("unconfined system paths are told the daemon as empty lists of masked and read-only paths", () => {
    const { HostConfig } = body({ securityOpts: ["systempaths=unconfined", "no-new-privileges:true"] });
    expect(HostConfig).toMatchObject({
      SecurityOpt: ["no-new-privileges:true"],
      MaskedPaths: [],
      ReadonlyPaths: [],
    });
  });

  test.each([
    ["all", { Count: -1, Capabilities: [["gpu"]], Options: {} }],
    ["2", { Count: 2, Capabilities: [["gpu"]], Options: {} }],
    ["device=GPU-1", { DeviceIDs: ["GPU-1"], Capabilities: [["gpu"]], Options: {} }],
    [
      '"device=0,1","capabilities=utility"',
      { DeviceIDs: ["0", "1"], Capabilities: [["utility", "gpu"]], Options: {} },
    ],
    ["driver=nvidia", { Driver: "nvidia", Count: 1, Capabilities: [["gpu"]], Options: {} }],
  ])("gpus: %s is read as `docker run --gpus` reads it", (gpus, request) => {
    expect(body({ gpus }).HostConfig?.DeviceRequests).toEqual([request]);
  });

  test.each([
    [{ command: ["sh", ""] }, "values for command may not be empty"],
    [{ cpus: "half" }, 'Error setting cpus: "half" is not a decimal number'],
    [{ gpus: "some" }, 'Error setting gpus: "some" is not understood'],
    [{ cgroupnsMode: "shared" }, "cgroupns_mode: invalid CGROUP mode"],
    [{ volumes: [{ volumeName: "data" }] }, "volume entry without container path or source container"],
    [
      { volumes: [{ fromContainer: "a", containerPath: "/b" }] },
      "both a container and a path specified in a volume entry",
    ],
  ])("%j is refused before the daemon is asked", (inputs, message) => {
    expect(() => body(inputs)).toThrow(message);
  });
});
