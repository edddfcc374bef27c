import { expect, test } from "vitest";
import { checkMachine, type Machine } from "../../../embedded/cluster/machine.ts";

const machine: Machine = { platform: "linux", isRoot: true, has: () => true };

test("a Linux machine with all programs can have a cluster, if root asks for it", () => {
  expect(() => checkMachine(true, machine)).not.toThrow();
  expect(() => checkMachine(true, { ...machine, isRoot: false })).toThrow("run this with sudo");
  expect(() => checkMachine(true, { ...machine, platform: "darwin" })).toThrow(
    "needs Linux, and this is darwin",
  );
});

test("what is missing is named, with the packages that bring it", () => {
  const has = (program: string) => program === "iptables";
  expect(() => checkMachine(true, { ...machine, has })).toThrow(
    /needs ip and runc, .* apt-get install iproute2 runc$/,
  );
});

test("without a node, nothing is needed that only a node uses", () => {
  expect(() => checkMachine(false, { ...machine, has: (program) => program === "ip" })).not.toThrow();
});
