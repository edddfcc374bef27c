import { describe, expect, test } from "vitest";
import { describeSetup, type Machine, planDocker } from "../../../../cli/targets/docker/setup.ts";
import { Mendable } from "../../../../cli/mendable.ts";

const fresh: Machine = {
  platform: "linux",
  isRoot: true,
  distributions: ["ubuntu", "debian"],
  hasAptGet: true,
  hasDockerd: false,
  hasSystemd: true,
};
const NOTHING_THERE = "Docker does not answer: connect ENOENT /var/run/docker.sock";

/** What the user is told to do. */
function advice(machine: Partial<Machine>, complaint = NOTHING_THERE): string {
  try {
    planDocker({ ...fresh, ...machine }, complaint);
  } catch (error) {
    if (error instanceof Mendable && error.message === complaint) return error.remedy;
    throw error;
  }
  throw new Error("nothing was left for the user to do");
}

test("root on Debian's kin gets the distribution's package, started by systemd where that runs", () => {
  expect(planDocker(fresh, NOTHING_THERE)).toEqual({ install: true, startBy: "systemd" });
  expect(planDocker({ ...fresh, hasSystemd: false }, NOTHING_THERE)).toEqual({
    install: true,
    startBy: "hand",
  });
});

test("a daemon that is installed is only started", () => {
  const machine = { ...fresh, hasDockerd: true, distributions: ["alpine"], hasSystemd: false };
  expect(planDocker(machine, NOTHING_THERE)).toEqual({ install: false, startBy: "hand" });
});

describe("where the machine does not let it, the user is told what to do", () => {
  test("an ordinary user on Debian's kin", () => {
    expect(advice({ isRoot: false })).toMatch(/^install it: sudo apt-get install docker\.io && sudo usermod/);
  });
  test("an ordinary user where Docker is installed", () => {
    expect(advice({ isRoot: false, hasDockerd: true })).toMatch(/^start it: sudo systemctl start docker/);
  });
  test("a user who may not talk to Docker", () => {
    expect(advice({ isRoot: false }, "Docker does not answer: connect EACCES")).toMatch(/group "docker"/);
  });
  test("another distribution", () => {
    expect(advice({ distributions: ["fedora"], hasAptGet: false })).toMatch(/20\.10 or newer/);
  });
  test("another system", () => {
    expect(advice({ platform: "darwin", isRoot: false, distributions: [] })).toMatch(/Docker Desktop/);
  });
});

test("what is about to be done can be asked in a sentence", () => {
  expect(describeSetup({ install: true, startBy: "systemd" })).toBe(
    "Install the package docker.io by apt-get and start it by systemd",
  );
  expect(describeSetup({ install: false, startBy: "hand" })).toBe("Start it in the background");
});
