import type { Registered } from "../support/audit.ts";

type Props = Readonly<Record<string, unknown>>;

/** A Docker container that every rule accepts. */
export function dockerContainer(change: Props = {}, name = "api"): Registered {
  return {
    type: "docker:index/container:Container",
    name,
    props: {
      image: "docker.io/library/caddy:2.11.4-alpine",
      entrypoints: ["/run/keelson-tools/busybox", "sh", "-c", 'exec "$@"', "--", "caddy", "run"],
      envs: ["LOG_LEVEL=WARNING", "POSTGRES_PASSWORD_FILE=/run/keelson/password"],
      labels: [{ label: "keelson.service", value: name }],
      user: "1000:1000",
      readOnly: true,
      tmpfs: { "/tmp": "uid=1000,gid=1000,mode=0700" },
      capabilities: { drops: ["ALL"], adds: ["CAP_NET_BIND_SERVICE"] },
      securityOpts: ["no-new-privileges:true"],
      memory: 256,
      memorySwap: 256,
      cpus: "0.5",
      ulimits: [{ name: "nproc", soft: 128, hard: 128 }],
      restart: "unless-stopped",
      start: true,
      mustRun: true,
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      healthcheck: {
        tests: ["CMD", "/run/keelson-tools/busybox", "wget", "-q", "-O", "-", "http://127.0.0.1/health"],
      },
      networkMode: "bridge",
      networksAdvanced: [{ name: "acceleration-api", aliases: [name] }],
      mounts: [{ type: "volume", source: "acceleration-api-data", target: "/data" }],
      ports: [{ internal: 8080, external: 8080, ip: "127.0.0.1", protocol: "tcp" }],
      ...change,
    },
  };
}

/** A container that runs until its work is done. */
export function dockerJob(change: Props = {}, name = "migrate"): Registered {
  const asJob = { restart: "no", mustRun: false, attach: true, healthcheck: undefined, ports: undefined };
  return dockerContainer({ ...asJob, ...change }, name);
}

/** A container that is created, carries files into a volume, and is never started. */
export function dockerCarrier(change: Props = {}, name = "api-files"): Registered {
  return {
    type: "docker:index/container:Container",
    name,
    props: {
      image: "busybox:1.37.0-musl",
      start: false,
      mustRun: false,
      networkMode: "none",
      mounts: [{ type: "volume", source: "acceleration-api-files", target: "/run/keelson" }],
      uploads: [
        { file: "/run/keelson/env", content: "POSTGRES_PASSWORD='hunter2hunter2'\n", permissions: "0444" },
      ],
      ...change,
    },
  };
}

/** A Docker network that every rule accepts. */
export function dockerNetwork(change: Props = {}, name = "db"): Registered {
  return {
    type: "docker:index/network:Network",
    name,
    props: { name, internal: true, driver: "bridge", ...change },
  };
}

/** A Docker volume that every rule accepts. */
export function dockerVolume(change: Props = {}, name = "db-data"): Registered {
  return {
    type: "docker:index/volume:Volume",
    name,
    props: { name, labels: [{ label: "keelson.data", value: "retained" }], ...change },
  };
}

/** A container of a pod that every rule accepts. */
function podContainer(change: Props = {}): Props {
  return {
    name: "api",
    image: "ghcr.io/example/api@sha256:" + "0123456789abcdef".repeat(4),
    command: ["uvicorn", "api:app"],
    env: [
      { name: "LOG_LEVEL", value: "WARNING" },
      {
        name: "POSTGRES_PASSWORD",
        valueFrom: { secretKeyRef: { name: "postgres-secret", key: "password" } },
      },
    ],
    ports: [{ name: "http", containerPort: 8000 }],
    resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "500m", memory: "1Gi" } },
    readinessProbe: { httpGet: { path: "/health", port: "http" } },
    livenessProbe: { httpGet: { path: "/health", port: "http" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    ...change,
  };
}

interface PodChange {
  readonly container?: Props;
  readonly spec?: Props;
  readonly annotations?: Props;
}

function podTemplate({ container, spec, annotations = {} }: PodChange): Props {
  return {
    metadata: { labels: { app: "api" }, annotations },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      containers: [podContainer(container)],
      ...spec,
    },
  };
}

/** A Deployment that every rule accepts. */
export function deployment(change: PodChange = {}, name = "api"): Registered {
  return {
    type: "kubernetes:apps/v1:Deployment",
    name,
    props: {
      metadata: { name },
      spec: { selector: { matchLabels: { app: "api" } }, template: podTemplate(change) },
    },
  };
}

/** A StatefulSet with a claim that every rule accepts. */
export function statefulSet(spec: Props = {}, name = "db"): Registered {
  const claim = { metadata: { name: "data" }, spec: { resources: { requests: { storage: "20Gi" } } } };
  return {
    type: "kubernetes:apps/v1:StatefulSet",
    name,
    props: {
      metadata: { name },
      spec: { template: podTemplate({}), volumeClaimTemplates: [claim], ...spec },
    },
  };
}

/** A Job that every rule accepts. */
export function kubernetesJob(change: PodChange = {}, name = "migrate"): Registered {
  const container = { name, readinessProbe: undefined, livenessProbe: undefined, ...change.container };
  const template = podTemplate({ ...change, container, spec: { restartPolicy: "Never", ...change.spec } });
  return {
    type: "kubernetes:batch/v1:Job",
    name,
    props: { metadata: { name }, spec: { backoffLimit: 2, template } },
  };
}

/** Any other Kubernetes object. */
export function kubernetes(kind: string, props: Props, annotations: Props = {}, name = "api"): Registered {
  return { type: `kubernetes:${kind}`, name, props: { metadata: { name, annotations }, ...props } };
}

/** A namespace that every rule accepts. */
export function namespace(
  labels: Props = RESTRICTED,
  annotations: Props = {},
  name = "platform",
): Registered {
  return { type: "kubernetes:core/v1:Namespace", name, props: { metadata: { name, labels, annotations } } };
}

const RESTRICTED = { "pod-security.kubernetes.io/enforce": "restricted" };
