import { describe, expect, it } from "vitest";
import { catalogue } from "../../../components/images.ts";
import { embeddedReferences, obtainImages } from "../../../embedded/images/index.ts";
import { recipeDigest } from "../../../embedded/images/recipes.ts";
import { EngineWithImages } from "../../support/engine-with-images.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const NO_HOST = "dial tcp: lookup registry.example: no such host";

describe("obtaining an image", () => {
  it("uses the official one that is on the host, and asks no registry", async () => {
    const engine = await EngineWithImages.start({ images: { [catalogue.redis]: {} }, pullError: NO_HOST });
    const obtained = await obtainImages(["redis"], optionsOf(engine));
    expect(obtained).toEqual({
      redis: { reference: catalogue.redis, kind: "official", why: "is on the Docker host" },
    });
    expect(engine.pulled).toEqual([]);
  });

  it("pulls the official one where a registry answers, and says so", async () => {
    const engine = await EngineWithImages.start({});
    const lines: string[] = [];
    const obtained = await obtainImages(["redis"], {
      ...optionsOf(engine),
      report: (line) => lines.push(line),
    });
    expect(obtained.redis).toEqual({ reference: catalogue.redis, kind: "official", why: "pulled" });
    expect(engine.pulled).toEqual([catalogue.redis]);
    expect(lines).toEqual([`pulling ${catalogue.redis}`]);
  });

  it("uses the embedded one where none answers, and builds none that is there from the same recipe", async () => {
    const { busybox, redis } = embeddedReferences();
    const engine = await EngineWithImages.start({
      images: {
        [busybox]: { "keelson.recipe": recipeDigest("busybox") },
        [redis]: { "keelson.recipe": recipeDigest("redis") },
      },
      pullError: NO_HOST,
    });
    const obtained = await obtainImages(["busybox", "redis"], optionsOf(engine));
    expect(obtained.busybox).toMatchObject({ reference: busybox, kind: "embedded" });
    expect(obtained.redis.why).toBe(
      `stands in for ${catalogue.redis}: no registry can be reached (${NO_HOST})`,
    );
  });

  it("fails when a registry refuses the image, even if an embedded one is there", async () => {
    const { redis } = embeddedReferences();
    const engine = await EngineWithImages.start({
      images: { [redis]: { "keelson.recipe": recipeDigest("redis") } },
      pullError: "toomanyrequests: You have reached your pull rate limit",
    });
    await expect(obtainImages(["redis"], optionsOf(engine))).rejects.toThrow(
      `cannot pull ${catalogue.redis}: toomanyrequests`,
    );
  });
});

describe("references of embedded images", () => {
  it("name every image of the catalogue and those that are built here, each with a version", () => {
    const references = embeddedReferences();
    expect(Object.keys(references).toSorted()).toEqual(
      [...Object.keys(catalogue), "reference-app", "reference-worker"].toSorted(),
    );
    for (const reference of Object.values(references))
      expect(reference).toMatch(/^keelson[\w/-]*:\d[\w.-]*$/);
  });
});

function optionsOf({ docker }: EngineWithImages) {
  return { docker, report: () => {}, home: temporaryFolder() };
}
