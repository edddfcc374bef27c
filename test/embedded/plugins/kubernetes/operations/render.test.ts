import { existsSync, readFileSync, statSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";
import { Managed } from "../managed.ts";
import { cluster } from "../support.ts";

const secretObject = { apiVersion: "v1", kind: "Secret", metadata: { name: "keys", namespace: "shop" } };

it("objects are written to files instead of a cluster, changed and removed there", async () => {
  const folder = temporaryFolder();
  const here = cluster({ renderYamlToDirectory: folder });
  const file = `${folder}/1-manifest/v1-secret-shop-keys.yaml`;
  const resource = new Managed(here, "kubernetes:core/v1:Secret", "keys");
  await resource.up({ ...secretObject, stringData: { a: "1" } });
  expect(resource.lines).toEqual([
    { severity: "warning", message: "the rendered YAML will show a secret value in clear" },
  ]);
  expect(parse(readFileSync(file, "utf8"))).toEqual({ ...secretObject, data: { a: "MQ==" } });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await resource.up({ ...secretObject, type: "Opaque", stringData: { a: "1" } });
  await resource.delete();
  expect(existsSync(file)).toBe(false);
});

it("definitions of kinds are written to a folder of their own, to be applied first", async () => {
  const folder = temporaryFolder();
  const here = cluster({ renderYamlToDirectory: folder });
  const kind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
  const resource = new Managed(here, `kubernetes:${kind.apiVersion}:${kind.kind}`, "crd");
  await resource.up({ ...kind, metadata: { name: "widgets.example.com" }, spec: {} });
  const name = "apiextensions.k8s.io_v1-customresourcedefinition-default-widgets.example.com.yaml";
  expect(existsSync(`${folder}/0-crd/${name}`)).toBe(true);
});
