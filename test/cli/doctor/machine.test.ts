import { expect, test } from "vitest";
import { checkMachine, judgeNode } from "../../../cli/doctor/machine.ts";
import { judgeSpace } from "../../../cli/doctor/space.ts";

test("[G15] the machine that runs this is judged by its Node and by the room for state and caches", async () => {
  expect(await checkMachine()).toMatchObject([
    { name: "Node", outcome: "good" },
    { name: "free space", detail: expect.stringContaining("for state and caches") },
  ]);
});

test("[G15] a Node that is too old has to be replaced", () => {
  expect(judgeNode("20.19.0")).toMatchObject({ outcome: "bad", remedy: "install Node 24" });
  expect(judgeNode("22.13.0")).toMatchObject({ outcome: "good" });
});

test("[G15] too little space has to be mended", () => {
  expect(judgeSpace("state and caches", { freeGiB: 3.7, totalGiB: 480 })).toMatchObject({
    outcome: "bad",
    detail: "3 GiB free for state and caches; needed are 10",
  });
});
