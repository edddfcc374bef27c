import { hostPaths } from "../../../policies/rules/host-paths.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerContainer } from "../examples.ts";
import { judge } from "../judge.ts";

const bind = (source: string) => ({ mounts: [{ type: "bind", source, target: "/data" }] });

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
