import { hostPaths } from "../../../policies/rules/host-paths.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerContainer } from "../examples.ts";
import { judge } from "../judge.ts";

const bind = (source: string) => ({ mounts: [{ type: "bind", source, target: "/data" }] });

/** A container that sees the whole host. */
const seeing = (readOnly: boolean, reason: string, source = "/") =>
  dockerContainer({
    mounts: [{ type: "bind", source, target: "/host", readOnly }],
    labels: [{ label: "keelson.machine", value: reason }],
  });

judge(
  hostPaths,
  {
    passes: [
      [
        "a named volume, whatever its name",
        dockerContainer({ mounts: [{ type: "volume", source: "/etc", target: "/a" }] }),
      ],
      ["a folder made for the purpose", dockerContainer(bind("/srv/documents"))],
      ["a folder that only begins like a system folder", dockerContainer(bind("/etcetera"))],
      ["a path that is computed during the deployment", dockerContainer(bind(notKnownYet))],
      ["a path that the configuration allows", dockerContainer(bind("/proc")), { allowed: ["/proc"] }],
      ["the whole host, to be read alone, for a reason", seeing(true, "measures the disks")],
      ["a pod with an emptyDir", deployment({ spec: { volumes: [{ name: "tmp", emptyDir: {} }] } })],
    ],
    fails: [
      [
        "the Docker socket as a bind mount",
        dockerContainer(bind("/var/run/docker.sock")),
        /"\/var\/run\/docker.sock"/,
      ],
      ["the folder of the Docker socket", dockerContainer(bind("/var/run/")), /"\/var\/run\/"/],
      ["the socket by a detour", dockerContainer(bind("/srv/../run/docker.sock")), /docker.sock/],
      ["the whole host", dockerContainer(bind("/")), /sees "\/"/],
      ["the whole host for a reason, to be written to", seeing(false, "measures the disks"), /sees "\/"/],
      ["the whole host to be read alone, for no reason", seeing(true, ""), /sees "\/"/],
      ["a system folder, with a reason to see the whole host", seeing(true, "disks", "/etc"), /sees "\/etc"/],
      [
        "a system folder as a volume",
        dockerContainer({ volumes: [{ hostPath: "/etc/ssl", containerPath: "/a" }] }),
        /etc\/ssl/,
      ],
      ["a device", dockerContainer({ devices: [{ hostPath: "/dev/mem" }] }), /"\/dev\/mem"/],
      [
        "a folder above an allowed one",
        dockerContainer(bind("/proc")),
        /"\/proc"/,
        { allowed: ["/proc/net"] },
      ],
      [
        "a pod with the socket of its node",
        deployment({
          spec: { volumes: [{ name: "run", hostPath: { path: "/run/containerd/containerd.sock" } }] },
        }),
        /containerd.sock/,
      ],
    ],
  },
  "G7",
);
