import { expect, it } from "vitest";
import { CHROMA_RESOURCES, chromaRecipe } from "../../../components/services/chroma.ts";

it("Chroma keeps its data on its volume, tells nobody of its use, and is asked for its heartbeat", () => {
  const { command, volumes, env, probes } = chromaRecipe({
    image: "chromadb/chroma:1.5.9",
    resources: CHROMA_RESOURCES,
    storageGiB: 7,
  });
  expect(command.slice(command.indexOf("--path"))).toEqual(["--path", "/data"]);
  expect(volumes).toEqual({ data: { path: "/data", sizeGiB: 7 } });
  expect(env).toMatchObject({ ANONYMIZED_TELEMETRY: "FALSE" });
  expect(probes.readiness.check).toEqual({ kind: "http", port: "http", path: "/api/v2/heartbeat" });
});
