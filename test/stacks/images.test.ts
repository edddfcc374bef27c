import { describe, expect, it } from "vitest";
import { images as known } from "../../components/images.ts";
import { applicationImages, imagesFor } from "../../stacks/images.ts";

describe("images of applications", () => {
  const names = ["webui", "worker"] as const;

  it("[G9] are the stack's own, else those of what stands in: the reference application, or what is named", () => {
    const images = imagesFor({ webui: "example/webui:3" });
    expect(applicationImages(names, images, { worker: "reference-worker" })).toEqual({
      webui: "example/webui:3",
      worker: known["reference-worker"],
    });
    expect(applicationImages(names, imagesFor({}))).toEqual({
      webui: known["reference-app"],
      worker: known["reference-app"],
    });
  });

  it("[G9] a stack gives what stands in for a worker, too", () => {
    const images = imagesFor({ "reference-worker": "registry.example.com/reference-worker:1" });
    expect(applicationImages(names, images, { worker: "reference-worker" }).worker).toBe(
      "registry.example.com/reference-worker:1",
    );
  });
});
