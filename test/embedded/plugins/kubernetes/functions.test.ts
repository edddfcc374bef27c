import { expect, it } from "vitest";
import { kubernetes } from "../../../../embedded/plugins/kubernetes/provider.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { calling, cluster } from "./support.ts";

const manifest = `
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
---
# nothing
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Namespace, metadata: { name: b } }
  - { apiVersion: v1, kind: Secret, metadata: { name: c, namespace: own } }
`;

function call(token: string, args: Values): Promise<Values> {
  const { context } = calling(cluster({ namespace: "shop" }), token);
  const target = kubernetes.functions?.[token];
  if (!target) throw new Error(`no function ${token}`);
  return Promise.resolve(target.call(args, context));
}

it("manifests are read into objects, each in its namespace", async () => {
  expect(await call("kubernetes:yaml:decode", { text: manifest })).toEqual({
    result: [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "shop" } },
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "b" } },
      { apiVersion: "v1", kind: "Secret", metadata: { name: "c", namespace: "own" } },
    ],
  });
});

it("a manifest that cannot be read is refused", async () => {
  await expect(call("kubernetes:yaml:decode", { text: "a: [" })).rejects.toThrow(
    "the manifest cannot be read",
  );
});

it("charts are refused with what to do instead", async () => {
  await expect(async () => call("kubernetes:helm:template", {})).rejects.toThrow(/`helm template`/);
});
