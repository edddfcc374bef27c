import { expect, test } from "vitest";
import { dockerSettings } from "../../../../cli/targets/docker/settings.ts";

test("the Docker host and the machine are read from the settings of a stack", () => {
  const machine = { cpus: 8, memoryGiB: 32, storageGiB: 900, gpus: 1 };
  expect(dockerSettings({ targetSettings: { host: "ssh://me@box", machine, httpPort: 80 } })).toEqual({
    host: "ssh://me@box",
    machine,
  });
});

test.each([undefined, null, [1], { host: 7, machine: "large" }])(
  "settings of another shape, as %j, are left for the program to complain about",
  (targetSettings) => {
    const { host, machine } = dockerSettings({ targetSettings });
    expect([host, machine]).toEqual([undefined, undefined]);
  },
);
