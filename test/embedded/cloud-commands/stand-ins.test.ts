import { describe, expect, it, test } from "vitest";
import { aws } from "../../../embedded/cloud-commands/aws/aws.ts";
import { gkeGcloudAuthPlugin } from "../../../embedded/cloud-commands/gke-gcloud-auth-plugin/gke-gcloud-auth-plugin.ts";
import { kubelogin } from "../../../embedded/cloud-commands/kubelogin/kubelogin.ts";
import { run, type StandIn } from "../../../embedded/cloud-commands/stand-in.ts";
import { kubeconfig } from "../../../embedded/cluster/credentials.ts";
import { paths } from "../../../embedded/cluster/context.ts";
import { CloudStore } from "../../../embedded/plugins/cloud/store.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const asked: readonly [StandIn, readonly string[]][] = [
  [aws, ["eks", "get-token", "--cluster-name", "production", "--region", "us-west-2", "--output", "json"]],
  [gkeGcloudAuthPlugin, ["--use_application_default_credentials"]],
  [kubelogin, ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"]],
];

/** A home in which the cloud of a stand-in has a cluster. */
function homeWithCluster({ cloud, clusterType }: StandIn): string {
  const home = temporaryFolder();
  const cluster = { type: clusterType, id: "production", urn: "urn", outputs: {}, uses: [] };
  new CloudStore(cloud, home).put(cluster);
  return home;
}

async function answer(standIn: StandIn, args: readonly string[], home: string, environment = {}) {
  const lines: string[] = [];
  const status = await run(standIn, {
    args,
    environment: { KEELSON_HOME: home, PATH: "", ...environment },
    print: (line) => lines.push(line),
  });
  return { status, lines };
}

describe.each(asked)("the stand-in for $command", (standIn, args) => {
  it("answers for an imagined cluster with the certificate of this machine's administrator", async () => {
    const home = homeWithCluster(standIn);
    await kubeconfig(
      { home },
      "admin",
      { user: "admin", group: "system:masters" },
      paths({ home }).kubeconfig,
    );
    const { lines, status } = await answer(standIn, args, home);
    expect(status).toBe(0);
    expect(JSON.parse(lines.join(""))).toEqual({
      kind: "ExecCredential",
      apiVersion: "client.authentication.k8s.io/v1beta1",
      spec: {},
      status: {
        clientCertificateData: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) as string,
        clientKeyData: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/) as string,
      },
    });
  });

  it("says how to start the control plane where it was not started", async () => {
    const problem = answer(standIn, args, homeWithCluster(standIn));
    await expect(problem).rejects.toThrow("start it with: keelson cluster up");
  });

  it("refuses all else, and says what it is", async () => {
    const problem = answer(standIn, ["version"], homeWithCluster(standIn));
    await expect(problem).rejects.toThrow(
      `this is keelson's embedded stand-in for ${standIn.command}: it knows \`${standIn.usage}\` for imagined clusters (production), and not \`${standIn.command} version\``,
    );
  });

  it("gives nobody's certificate where its cloud has no cluster", async () => {
    await expect(answer(standIn, args, temporaryFolder())).rejects.toThrow("imagined clusters (none yet)");
  });

  it("hands all else on to the program itself, where that is installed", async () => {
    const folder = temporaryFolder({ [standIn.command]: '#!/bin/sh\n[ "$1" = version ] && exit 7\n' });
    const home = homeWithCluster(standIn);
    expect(await answer(standIn, ["version"], home, { PATH: folder })).toMatchObject({ status: 7 });
  });
});

test("the protocol's version is that of whoever asks", async () => {
  const home = homeWithCluster(aws);
  await kubeconfig({ home }, "admin", { user: "admin" }, paths({ home }).kubeconfig);
  const apiVersion = "client.authentication.k8s.io/v1";
  const environment = { KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion }) };
  const { lines } = await answer(aws, asked[0]![1], home, environment);
  expect(JSON.parse(lines.join(""))).toMatchObject({ apiVersion });
});

test("credentials for a cluster that is not imagined are the AWS CLI's own business", async () => {
  const args = ["eks", "get-token", "--cluster-name", "another", "--region", "us-west-2"];
  await expect(answer(aws, args, homeWithCluster(aws))).rejects.toThrow("install aws for all else");
});
