import { describe, expect, it } from "vitest";
import { catalogue } from "../../../../../components/images.ts";
import { hasNvidiaToolkit, judgeGpus } from "../../../../../cli/targets/docker/doctor/gpus.ts";
import { judgeImages } from "../../../../../cli/targets/docker/doctor/images.ts";
import { judgeRoom } from "../../../../../cli/targets/docker/doctor/room.ts";
import { embeddedReferences } from "../../../../../embedded/images/index.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";
import { complaints } from "./complaints.ts";

const promised = { cpuRequest: 0.5, memoryRequestMiB: 8192, storageGiB: 20 };
const web = { name: "box-web", promised };
const helper = { name: "box-toolbox", promised: undefined };

describe("the room for a stack", () => {
  it("[G8] is told with the sums of what is promised", () => {
    expect(judgeRoom([web, helper], {}, {})).toMatchObject({
      outcome: "good",
      detail: "promised are 0.50 of 3.40 cores, 8.00 of 13.60 GiB of memory, 20 of 425 GiB of storage",
    });
  });

  it("[G8, M2] is what other stacks leave, and what is stated of the machine", () => {
    const crate = { cpuRequest: 1, memoryRequestMiB: 6144, storageGiB: 0 };
    expect(judgeRoom([web, helper], { crate }, {})).toMatchObject({
      outcome: "bad",
      detail: '14.00 GiB of memory promised, 13.60 can be; most go to box-web (8.00), stack "crate" (6.00)',
      remedy: expect.stringMatching(/move a stack to another host:\n.*\nbox-web .*\nstack "crate" /s),
    });
    const machine = { cpus: 8, memoryGiB: 32, storageGiB: 500 };
    expect(judgeRoom([web, helper], { crate }, { machine })).toMatchObject({
      outcome: "good",
      detail: expect.stringMatching(/14\.00 of 27\.20 GiB of memory, .*, with stack "crate"$/),
    });
  });
});

describe("graphics processors", () => {
  const trainer = { name: "box-trainer", gpus: true };
  const runc = { Runtimes: { runc: {} } };

  it("are no matter where nobody asks for them", () => {
    expect(judgeGpus([{ name: "box-web", gpus: false }], runc, false)).toEqual([]);
  });

  it("[G15] that are asked for need NVIDIA's runtime, or its toolkit on the host", () => {
    expect(complaints(judgeGpus([trainer], runc, false))).toMatchObject([
      {
        name: "GPUs",
        outcome: "bad",
        detail: "asked for by box-trainer, and Docker has no NVIDIA runtime",
        remedy: expect.stringContaining("sudo nvidia-ctk runtime configure --runtime=docker"),
      },
    ]);
    expect(complaints(judgeGpus([trainer], { Runtimes: { runc: {}, nvidia: {} } }, false))).toEqual([]);
    expect(complaints(judgeGpus([trainer], runc, true))).toEqual([]);
  });

  it("are to be had where the toolkit's program is in a folder of programs", () => {
    const PATH = temporaryFolder({ "nvidia-container-runtime-hook": "#!/bin/sh\n" });
    expect(hasNvidiaToolkit({ PATH })).toBe(true);
    expect(hasNvidiaToolkit({ PATH: temporaryFolder() })).toBe(false);
  });
});

describe("the images of a stack", () => {
  const embedded = embeddedReferences().postgres;

  it("[G15] that are all there are told by where they come from", () => {
    const present = [catalogue.redis, catalogue.caddy, embedded, "example/web:1"];
    expect(judgeImages({ present, missing: [] })).toMatchObject([
      { outcome: "good", detail: "all 4 are there: 2 official, 1 embedded, 1 the stack's own" },
    ]);
  });

  it("[G15] that are missing are got by an update, unless nothing here makes them", () => {
    const missing = [catalogue.redis, embedded, "example/web:1"];
    expect(complaints(judgeImages({ present: [], missing }))).toEqual([
      {
        name: "images",
        outcome: "doubtful",
        detail: `not there yet: ${catalogue.redis}, ${embedded}`,
        remedy: "keelson up gets them, or builds them from packages",
      },
      {
        name: "images",
        outcome: "doubtful",
        detail: "not there, and nothing here makes them: example/web:1",
        remedy: expect.stringContaining("docker pull"),
      },
    ]);
  });

  it("[G15] that hold another program are named, since it is not the real one", () => {
    expect(complaints(judgeImages({ present: ["keelson-stand-in/qdrant:1"], missing: [] }))).toMatchObject([
      {
        name: "stand-ins",
        outcome: "doubtful",
        detail: expect.stringContaining("keelson-stand-in/qdrant:1"),
      },
    ]);
  });
});
