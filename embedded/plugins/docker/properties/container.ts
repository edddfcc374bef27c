/**
 * What a container takes and answers.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import { atLeast, matches, oneOf } from "../../provider/validate.ts";
import type { Properties } from "../../provider/property.ts";
import { duration, emptyMeansUnset, samePorts } from "./rules.ts";
import { labels } from "./labels.ts";
import { mount, upload, volume } from "./container-storage.ts";
import { deviceRate, deviceRequest, device } from "./container-devices.ts";
import { host, networkData, networkAdvanced, port } from "./container-network.ts";

export const containerProperties = {
  attach: { type: "boolean", default: false },
  bridge: { type: "string", output: true },
  capabilities: {
    type: {
      object: {
        adds: { type: { set: "string" }, replaces: true },
        drops: { type: { set: "string" }, replaces: true },
      },
    },
    replaces: true,
  },
  cgroupParent: { type: "string", replaces: true },
  cgroupnsMode: { type: "string", replaces: true },
  command: { type: { list: "string" }, computed: true, replaces: true },
  containerLogs: { type: "string", output: true },
  containerReadRefreshTimeoutMilliseconds: { type: "integer", default: 15000 },
  cpuPeriod: { type: "integer", validate: atLeast(0) },
  cpuQuota: { type: "integer", validate: atLeast(0) },
  cpuSet: { type: "string", validate: matches(/^\d+([,-]\d+)*$/) },
  cpuShares: { type: "integer", validate: atLeast(0) },
  cpus: { type: "string", replaces: true },
  destroyGraceSeconds: { type: "integer" },
  deviceReadBps: { type: { set: { object: deviceRate } } },
  deviceReadIops: { type: { set: { object: deviceRate } } },
  deviceRequests: { type: { set: { object: deviceRequest } }, replaces: true, conflictsWith: ["gpus"] },
  deviceWriteBps: { type: { set: { object: deviceRate } } },
  deviceWriteIops: { type: { set: { object: deviceRate } } },
  devices: { type: { set: { object: device } }, replaces: true },
  dns: { type: { set: "string" }, replaces: true },
  dnsOpts: { type: { set: "string" }, replaces: true },
  dnsSearches: { type: { set: "string" }, replaces: true },
  domainname: { type: "string", replaces: true },
  entrypoints: { type: { list: "string" }, computed: true, replaces: true },
  envs: { type: { set: "string" }, computed: true, replaces: true },
  exitCode: { type: "integer", output: true },
  gpus: { type: "string", replaces: true },
  groupAdds: { type: { set: "string" }, replaces: true },
  healthcheck: {
    type: {
      object: {
        interval: { type: "string", default: "0s", validate: duration },
        retries: { type: "integer", default: 0, validate: atLeast(0) },
        startInterval: { type: "string", default: "0s", validate: duration },
        startPeriod: { type: "string", default: "0s", validate: duration },
        tests: { type: { list: "string" } },
        timeout: { type: "string", default: "0s", validate: duration },
      },
    },
    computed: true,
  },
  hostname: { type: "string", computed: true, replaces: true },
  hosts: { type: { set: { object: host } }, replaces: true },
  image: { type: "string", required: true, replaces: true },
  init: { type: "boolean", computed: true },
  ipcMode: { type: "string", computed: true, replaces: true },
  labels: { type: { set: { object: labels } }, computed: true, replaces: true },
  logDriver: { type: "string", computed: true, replaces: true },
  logOpts: { type: { map: "string" }, replaces: true },
  logs: { type: "boolean", default: false },
  maxRetryCount: { type: "integer" },
  memory: { type: "integer", validate: atLeast(0) },
  memoryReservation: { type: "integer", default: 0, validate: atLeast(0) },
  memorySwap: { type: "integer", validate: atLeast(-1) },
  mounts: { type: { set: { object: mount } }, replaces: true },
  mustRun: { type: "boolean", default: true },
  name: { type: "string", autoName: true, replaces: true },
  networkDatas: { type: { list: { object: networkData } }, output: true },
  networkMode: { type: "string", default: "bridge", replaces: true },
  networksAdvanced: { type: { set: { object: networkAdvanced } }, replaces: true },
  pidMode: { type: "string", replaces: true },
  platform: { type: "string", computed: true, replaces: true },
  ports: { type: { list: { object: port } }, replaces: true, suppress: samePorts },
  privileged: { type: "boolean", replaces: true },
  publishAllPorts: { type: "boolean", replaces: true },
  readOnly: { type: "boolean", default: false, replaces: true },
  removeVolumes: { type: "boolean", default: true },
  restart: { type: "string", default: "no", validate: oneOf("no", "on-failure", "always", "unless-stopped") },
  rm: { type: "boolean", default: false },
  runtime: { type: "string", computed: true, replaces: true },
  securityOpts: { type: { set: "string" }, computed: true, replaces: true },
  shmSize: { type: "integer", computed: true, replaces: true, validate: atLeast(0) },
  start: { type: "boolean", default: true },
  stdinOpen: { type: "boolean", default: false, replaces: true },
  stopSignal: { type: "string", computed: true, replaces: true },
  stopTimeout: { type: "integer", computed: true, replaces: true },
  storageOpts: { type: { map: "string" }, replaces: true },
  sysctls: { type: { map: "string" }, replaces: true },
  tmpfs: { type: { map: "string" } },
  tty: { type: "boolean", default: false, replaces: true },
  ulimits: {
    type: {
      set: {
        object: {
          hard: { type: "integer", required: true, replaces: true },
          name: { type: "string", required: true, replaces: true },
          soft: { type: "integer", required: true, replaces: true },
        },
      },
    },
    replaces: true,
  },
  uploads: { type: { set: { object: upload } }, replaces: true },
  user: { type: "string", replaces: true, suppress: emptyMeansUnset },
  usernsMode: { type: "string", replaces: true },
  volumes: { type: { set: { object: volume } }, replaces: true },
  wait: { type: "boolean", default: false },
  waitTimeout: { type: "integer", default: 60 },
  workingDir: { type: "string", replaces: true, suppress: emptyMeansUnset },
} as const satisfies Properties;
