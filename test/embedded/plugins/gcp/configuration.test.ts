import { describe, expect, it } from "vitest";
import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import { configurationOf } from "../../../../embedded/plugins/gcp/configuration.ts";
import { pathOf, sameName } from "../../../../embedded/plugins/gcp/links.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { RecordingCluster } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const configured = (settings: Values, environment: Record<string, string>) =>
  configurationOf(settings, {
    environment,
    store: new CloudStore("gcp", temporaryFolder()),
    localCluster: new RecordingCluster(),
  });

describe("where something is made in the imagined Google Cloud", () => {
  it("is said by the stack, else by the variables that the official plugin reads", () => {
    const environment = { GCLOUD_PROJECT: "second", GOOGLE_PROJECT: "first", GOOGLE_REGION: "europe-west1" };
    expect(configured({}, environment)).toMatchObject({ project: "first", region: "europe-west1" });
    expect(configured({ project: "own", region: "us-east1" }, environment)).toMatchObject({
      project: "own",
      region: "us-east1",
    });
    expect(configured({}, {})).toMatchObject({ project: undefined, region: undefined, zone: undefined });
  });
});

describe("something of the imagined Google Cloud", () => {
  it("is meant by its link, its path and its name", () => {
    const path = "projects/acme-ai/global/networks/prod";
    for (const reference of [`https://www.googleapis.com/compute/v1/${path}`, path, "prod"])
      expect(pathOf(reference, "projects/acme-ai/global/networks")).toBe(path);
    expect(sameName(path, "prod")).toBe(true);
    expect(sameName(path, "other")).toBe(false);
  });
});
