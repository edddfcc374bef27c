import { expect, test } from "vitest";
import { abilitiesIn, judgeAbilities } from "../../../../../cli/targets/docker/doctor/abilities.ts";
import { complaints } from "./complaints.ts";

/** What an engine lacks whose answer differs in something from one that lacks nothing. */
const lackingIn = (change: object, apiVersion = "1.41") =>
  complaints(judgeAbilities(abilitiesIn({ ...whole, ...change }, apiVersion)));

const whole = {
  CgroupVersion: "1",
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsQuota: true,
  IPv4Forwarding: true,
  BridgeNfIptables: true,
  SecurityOptions: ["name=seccomp,profile=default"],
  Runtimes: { runc: { path: "runc" } },
};

test("[G15] an engine that lacks nothing is well, and says what was looked for", () => {
  expect(judgeAbilities(abilitiesIn(whole, "1.41"))).toEqual([
    {
      kind: "Docker",
      name: "abilities",
      outcome: "good",
      detail: "CPU limits, memory limits, swap limits, seccomp, forwarding, isolation: all there",
    },
  ]);
});

test.each([
  [{ CpuCfsQuota: false }, "CPU limits", "bad", "CONFIG_CFS_BANDWIDTH"],
  [{ MemoryLimit: false, SwapLimit: false }, "memory limits", "doubtful", "cgroup_enable=memory"],
  [{ SwapLimit: false }, "swap limits", "doubtful", "swapaccount=1"],
  [{ SecurityOptions: ["name=apparmor"] }, "seccomp", "doubtful", "CONFIG_SECCOMP_FILTER"],
  [{ SecurityOptions: ["name=seccomp,profile=unconfined"] }, "seccomp", "doubtful", "seccomp-profile"],
  [{ SecurityOptions: null }, "seccomp", "doubtful", "CONFIG_SECCOMP_FILTER"],
  [{ IPv4Forwarding: false }, "forwarding", "bad", "sudo sysctl -w net.ipv4.ip_forward=1 && "],
  [{ BridgeNfIptables: false }, "isolation", "doubtful", "sudo modprobe br_netfilter && "],
])("[G15] an engine with %j has one thing to mend: %s", (change, name, outcome, remedy) => {
  expect(lackingIn(change)).toMatchObject([{ name, outcome, remedy: expect.stringContaining(remedy) }]);
});

test("since Docker 28 an engine always says that the module for isolation is not there: it comes when needed", () => {
  expect(lackingIn({ BridgeNfIptables: false }, "1.47")).toHaveLength(1);
  expect(lackingIn({ BridgeNfIptables: false }, "1.48")).toEqual([]);
});
