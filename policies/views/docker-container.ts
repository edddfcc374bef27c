import type { Container } from "./container.ts";
import { dockerLabels, stated } from "./labels.ts";
import { at, flag, given, known, list, not, some, text, texts, type Told, UNKNOWN } from "./read.ts";
import type { Resource } from "./view.ts";

/** A `docker.Container`, with the defaults of the Docker Engine. */
export function dockerContainer({ name, props }: Resource): Container {
  const labels = dockerLabels(props);
  const drops = texts(at(props, "capabilities", "drops"));
  return {
    name,
    image: text(at(props, "image")) ?? UNKNOWN,
    life: life(props),
    user: text(at(props, "user")) || undefined,
    limits: {
      memory: limited(at(props, "memory")),
      cpu: cpuLimited(props),
      // The provider has no property for the limit of the control group; this one counts the processes of the user.
      processes: some(
        list(at(props, "ulimits")).map((limit) => text(at(limit, "name")) ?? ""),
        (limit) => limit === "nproc",
      ),
    },
    probes: { liveness: probed(props), readiness: probed(props) },
    privileged: flag(at(props, "privileged"), false),
    mayGainPrivileges: not(
      some(securityOptions(props), (option) => /^no-new-privileges([:=]true)?$/.test(option)),
    ),
    hostNamespaces: NAMESPACES.filter(([property]) => at(props, property) === "host").map(
      ([, namespace]) => namespace,
    ),
    unguarded: known(securityOptions(props)).flatMap((option) => UNCONFINED.exec(option)?.[1] ?? []),
    hostPaths: hostPaths(props),
    machineReason: readsMachine(props) ? stated(labels, "keelson.machine") : undefined,
    dropsAllCapabilities: some(drops, (capability) => capability.toUpperCase() === "ALL"),
    addedCapabilities: known(texts(at(props, "capabilities", "adds"))).map((each) =>
      each.toUpperCase().replace(/^CAP_/, ""),
    ),
    readOnlyRoot: flag(at(props, "readOnly"), false),
    boundedLog: boundedLog(props),
    restarts: oneOf(text(at(props, "restart")) ?? "no", ["always", "unless-stopped", "on-failure"]),
    onDefaultBridge: onDefaultBridge(props),
    // Docker hands out none; its socket is a path of the host.
    commandsOrchestrator: false,
    // Only links between containers brought such variables, and the provider has none.
    getsServiceVariables: false,
    identityReason: stated(labels, "keelson.identity"),
    rootReason: stated(labels, "keelson.root"),
    writableRootReason: stated(labels, "keelson.writable-root"),
  };
}

/** The properties that can name the host's own namespace. */
const NAMESPACES = [
  ["networkMode", "network"],
  ["pidMode", "process"],
  ["ipcMode", "IPC"],
  ["usernsMode", "user"],
] as const;

const UNCONFINED = /^(seccomp|apparmor)[:=]unconfined$/;

function life(props: unknown): Container["life"] {
  const [start, mustRun] = [flag(at(props, "start"), true), flag(at(props, "mustRun"), true)];
  if (start !== true) return start === UNKNOWN ? UNKNOWN : "idle";
  const mayEnd = oneOf(text(at(props, "restart")) ?? "no", ["no", "on-failure"]);
  if (mustRun === true || mayEnd === false) return "service";
  return mustRun === UNKNOWN || mayEnd === UNKNOWN ? UNKNOWN : "job";
}

/** Docker takes zero, and an absent number, for "as much as it likes". */
function limited(value: unknown): Told<boolean> {
  const amount = text(value);
  return amount === UNKNOWN ? UNKNOWN : Number(amount) > 0;
}

function cpuLimited(props: unknown): Told<boolean> {
  return some([limited(at(props, "cpus")), limited(at(props, "cpuQuota"))], (limit) => limit);
}

/** A check of the image is not seen here, so it has to be stated; `NONE` switches the image's own off. */
function probed(props: unknown): Told<boolean> {
  const [first] = texts(at(props, "healthcheck", "tests"));
  return first === UNKNOWN ? UNKNOWN : first !== undefined && first !== "NONE";
}

function securityOptions(props: unknown): readonly Told<string>[] {
  return texts(at(props, "securityOpts"));
}

const binds = (props: unknown) => list(at(props, "mounts")).filter((mount) => at(mount, "type") === "bind");

/** Whether the host's root folder is there, to be read alone. */
function readsMachine(props: unknown): boolean {
  return binds(props).some((mount) => at(mount, "source") === "/" && at(mount, "readOnly") === true);
}

function hostPaths(props: unknown): readonly string[] {
  const found = [
    ...list(at(props, "volumes")).map((volume) => at(volume, "hostPath")),
    ...binds(props).map((mount) => at(mount, "source")),
    ...list(at(props, "devices")).map((device) => at(device, "hostPath")),
  ];
  return known(texts(found)).filter((path) => path !== "");
}

/**
 * Without a driver of its own a container has the daemon's, which the resource does not tell; `json-file`, Docker's
 * default, keeps everything. The driver `local` rotates by itself; the others hand the log on.
 */
function boundedLog(props: unknown): Told<boolean> {
  const driver = text(at(props, "logDriver"));
  if (driver === UNKNOWN) return UNKNOWN;
  if (driver !== undefined && driver !== "json-file") return true;
  return given(at(props, "logOpts", "max-size"));
}

/** In the mode "bridge" a container that names networks joins those, and not the default bridge. */
function onDefaultBridge(props: unknown): Told<boolean> {
  if (list(at(props, "networksAdvanced")).length > 0) return false;
  return oneOf(text(at(props, "networkMode")) || "default", ["default", "bridge"]);
}

function oneOf(value: Told<string>, values: readonly string[]): Told<boolean> {
  return value === UNKNOWN ? UNKNOWN : values.includes(value);
}
