import { afterEach, describe, expect, it, vi } from "vitest";

/** The images that a program has which is told of those. */
async function imagesWith(standIns: string | undefined) {
  vi.stubEnv("KEELSON_EMBEDDED_IMAGES", standIns);
  vi.resetModules();
  return import("../../components/images.ts");
}

afterEach(() => void vi.unstubAllEnvs());

describe("the images of a program", () => {
  it("[G9] are the catalogue's, each with its version", async () => {
    const { catalogue, images } = await imagesWith(undefined);
    expect(images).toEqual({
      ...catalogue,
      "reference-app": expect.stringMatching(/^keelson\/reference-app:\d+\.\d+\.\d+$/),
      "reference-worker": expect.stringMatching(/^keelson\/reference-worker:\d+\.\d+\.\d+$/),
    });
    for (const image of Object.values(catalogue)) expect(image).toMatch(/^[a-z0-9/_-]+:v?\d+\.\d+/);
  });

  it("[G9] are those that the command built where no registry answers", async () => {
    const { catalogue, images } = await imagesWith('{"redis": "keelson-embedded/redis:7.0"}');
    expect(images.redis).toBe("keelson-embedded/redis:7.0");
    expect(images.postgres).toBe(catalogue.postgres);
  });
});
