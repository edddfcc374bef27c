import { describe, expect, it } from "vitest";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../../../embedded/plugins/kubernetes/model/checkpoint.ts";
import { normalized } from "../../../../../embedded/plugins/kubernetes/model/normalize.ts";
import { currentInputs } from "../../../../../embedded/plugins/kubernetes/model/prune.ts";
import { withSecretsOf } from "../../../../../embedded/plugins/kubernetes/model/secrets.ts";
import { secret } from "../../../../../embedded/plugins/provider/wire.ts";
import { unknown } from "../../../../../embedded/plugins/provider/value.ts";

describe("inputs in the form that the API server keeps", () => {
  it("have a Secret's clear text among its data, where it wins", () => {
    const inputs = {
      apiVersion: "v1",
      kind: "Secret",
      data: { a: "b2xk", b: "Yg==" },
      stringData: { a: "new" },
    };
    expect(normalized(inputs)).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      data: { a: "bmV3", b: "Yg==" },
    });
  });

  it("keep a Secret's text that is not known yet", () => {
    const inputs = { apiVersion: "v1", kind: "Secret", stringData: { a: unknown } };
    expect(normalized(inputs)).toEqual(inputs);
  });

  it("have quantities in canonical form, and other texts that look like them as they are", () => {
    const container = {
      env: [{ name: "CPU", value: "1000m" }],
      resources: { limits: { cpu: 2, memory: "1024Mi" }, requests: { cpu: "0.5" } },
    };
    const spec = {
      template: { metadata: { labels: { sizeLimit: "1000m" } }, spec: { containers: [container] } },
    };
    expect(normalized({ apiVersion: "apps/v1", kind: "Deployment", spec })).toMatchObject({
      spec: {
        template: {
          metadata: { labels: { sizeLimit: "1000m" } },
          spec: {
            containers: [
              {
                env: [{ name: "CPU", value: "1000m" }],
                resources: { limits: { cpu: "2", memory: "1Gi" }, requests: { cpu: "500m" } },
              },
            ],
          },
        },
      },
    });
  });

  it("tell an autoscaler's quantities from the whole numbers of its policies", () => {
    const scaler = (value: number | string) => ({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      spec: {
        metrics: [{ external: { target: { averageValue: value } } }],
        behavior: { scaleUp: { policies: [{ type: "Percent", value: 100 }] } },
      },
    });
    expect(normalized(scaler(2000))).toEqual(scaler("2k"));
  });

  it("of kinds that the API server knows nothing of are left alone", () => {
    const inputs = { apiVersion: "example.com/v1", kind: "Widget", spec: { limits: { cpu: "1000m" } } };
    expect(normalized(inputs)).toEqual(inputs);
  });

  it("leave out what only the API server sets", () => {
    const metadata = { name: "a", uid: "u", resourceVersion: "1", creationTimestamp: "now", generation: 2 };
    expect(normalized({ apiVersion: "v1", kind: "ConfigMap", metadata })).toMatchObject({
      metadata: { name: "a" },
    });
  });
});

describe("what the inputs would be if the object were what the program wants", () => {
  const kind = { apiVersion: "apps/v1", kind: "Deployment" };

  it("has nothing that the program did not give", () => {
    const live = { spec: { replicas: 3, paused: true, list: [{ a: 1, b: 2 }, { a: 3 }] }, status: {} };
    expect(currentInputs(kind, live, { spec: { replicas: 1, list: [{ a: 1 }] } })).toEqual({
      spec: { replicas: 3, list: [{ a: 1 }] },
    });
  });

  it("has empty values that the API server leaves out", () => {
    const inputs = { spec: { hostNetwork: false, env: [{ name: "A", value: "" }], args: [] } };
    const live = { spec: { env: [{ name: "A" }] } };
    expect(currentInputs(kind, live, inputs)).toEqual(inputs);
    expect(currentInputs({ apiVersion: "example.com/v1", kind: "Widget" }, live, inputs)).toEqual(live);
  });

  it("lacks those whose absence means something else", () => {
    const inputs = { spec: { automountServiceAccountToken: false } };
    expect(currentInputs(kind, { spec: {} }, inputs)).toEqual({ spec: {} });
  });
});

describe("secrets of a program's inputs", () => {
  it("are secret where the API server answers them, and nothing beside them is", () => {
    const given = { spec: { replicas: 1, env: [{ name: "A", value: secret("x") }], other: "b" } };
    const answered = { spec: { replicas: 1, env: [{ name: "A", value: "x" }], other: "b", added: true } };
    expect(withSecretsOf(given, answered)).toEqual({
      spec: { replicas: 1, env: secret([{ name: "A", value: "x" }]), other: "b", added: true },
    });
  });

  it("are all data of a Secret, whoever gave it", () => {
    const live = { kind: "Secret", data: { a: "YQ==" }, type: "Opaque" };
    expect(withSecretsOf({}, live)).toEqual({ ...live, data: secret({ a: "YQ==" }) });
  });

  it("are marked in all of the state: as inputs, and as they were answered", () => {
    const inputs = { kind: "Widget", spec: { token: "x" } };
    const state = writeCheckpoint(
      { inputs, live: inputs, fieldManager: "me", initialApiVersion: "example.com/v1" },
      { kind: "Widget", spec: { token: secret("x") } },
    );
    expect(state).toMatchObject({
      spec: { token: secret("x") },
      __inputs: { spec: { token: secret("x") } },
    });
    expect(readCheckpoint(state)).toEqual({
      inputs,
      live: inputs,
      fieldManager: "me",
      initialApiVersion: "example.com/v1",
    });
  });
});

it("fields of definitions that are no names are written as SDKs write them, and as the API has them", () => {
  const schema = { "x-kubernetes-preserve-unknown-fields": true };
  const checkpoint = { inputs: { schema }, live: { schema }, fieldManager: "me", initialApiVersion: "v1" };
  const state = writeCheckpoint(checkpoint, {});
  expect(state).toMatchObject({ schema: { x_kubernetes_preserve_unknown_fields: true } });
  expect(readCheckpoint(state)).toEqual(checkpoint);
});
