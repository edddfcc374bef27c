import type { Container } from "./container.ts";
import { annotations, stated } from "./labels.ts";
import { containersOf, type Pod, type PodContainer } from "./pod.ts";
import { at, flag, given, known, list, some, text, texts, UNKNOWN } from "./read.ts";

/** The containers of a pod, with the defaults of Kubernetes. */
export function podContainers(pod: Pod): readonly Container[] {
  return containersOf(pod).map((each) => podContainer(pod, each));
}

function podContainer({ template }: Pod, { container, ends }: PodContainer): Container {
  const spec = at(template, "spec");
  const security = at(container, "securityContext");
  const drops = texts(at(security, "capabilities", "drop"));
  const labels = annotations(template);
  return {
    name: known(texts([at(container, "name")]))[0] ?? "(not named yet)",
    image: text(at(container, "image")) ?? UNKNOWN,
    life: ends === UNKNOWN ? UNKNOWN : ends ? "job" : "service",
    user: text(at(security, "runAsUser") ?? at(spec, "securityContext", "runAsUser")),
    limits: {
      memory: given(at(container, "resources", "limits", "memory")),
      cpu: given(at(container, "resources", "limits", "cpu")),
      // A setting of the node: the kubelet's podPidsLimit.
      processes: UNKNOWN,
    },
    probes: {
      liveness: given(at(container, "livenessProbe")),
      readiness: given(at(container, "readinessProbe")),
    },
    privileged: flag(at(security, "privileged"), false),
    mayGainPrivileges: flag(at(security, "allowPrivilegeEscalation"), true),
    hostNamespaces: NAMESPACES.filter(([property]) => at(spec, property) === true).map(
      ([, namespace]) => namespace,
    ),
    unguarded: PROFILES.filter(
      ([property]) =>
        at(at(security, property) ?? at(spec, "securityContext", property), "type") === "Unconfined",
    ).map(([, guard]) => guard),
    // What a pod mounts of its node is told by each container; none is taken for harmless.
    machineReason: undefined,
    hostPaths: known(texts(list(at(spec, "volumes")).map((volume) => at(volume, "hostPath", "path")))),
    dropsAllCapabilities: some(drops, (capability) => capability.toUpperCase() === "ALL"),
    addedCapabilities: known(texts(at(security, "capabilities", "add"))),
    readOnlyRoot: flag(at(security, "readOnlyRootFilesystem"), false),
    // The kubelet rotates every log: containerLogMaxSize, 10 MiB unless the node says otherwise.
    boundedLog: true,
    // The API server refuses any other policy than Always for what is not a job.
    restarts: true,
    onDefaultBridge: false,
    // Left out, its account decides; the account of a pod that names none hands its token out.
    commandsOrchestrator: flag(at(spec, "automountServiceAccountToken"), true),
    getsServiceVariables: flag(at(spec, "enableServiceLinks"), true),
    identityReason: stated(labels, "keelson.identity"),
    rootReason: stated(labels, "keelson.root"),
    writableRootReason: stated(labels, "keelson.writable-root"),
  };
}

const NAMESPACES = [
  ["hostNetwork", "network"],
  ["hostPID", "process"],
  ["hostIPC", "IPC"],
] as const;

const PROFILES = [
  ["seccompProfile", "seccomp"],
  ["appArmorProfile", "apparmor"],
] as const;
