import * as pulumi from "@pulumi/pulumi";

/** Properties that programs read of resources which are not made, by the resource's type; any other has its inputs. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "random:index/randomPassword:RandomPassword": { result: pulumi.secret("generated") },
  "random:index/randomBytes:RandomBytes": { hex: pulumi.secret("00") },
  "tls:index/privateKey:PrivateKey": { privateKeyPem: pulumi.secret("generated") },
  "tls:index/certRequest:CertRequest": { certRequestPem: "made" },
  "tls:index/selfSignedCert:SelfSignedCert": { certPem: "made" },
  "tls:index/locallySignedCert:LocallySignedCert": { certPem: "made" },
  "docker:index/container:Container": { exitCode: 0, containerLogs: "" },
};

/** Runs a program as the engine would for a preview, with nothing behind it. */
export async function runAlone<Result>(program: () => Promise<Result>): Promise<Result> {
  await pulumi.runtime.setMocks(
    {
      call: () => ({ logsListStrings: [] }),
      newResource: ({ type, name, inputs }) => ({
        id: name,
        state: { name, ...inputs, ...OUTPUTS[type] },
      }),
    },
    "keelson",
    "topology",
    true,
  );
  try {
    return await program();
  } finally {
    await pulumi.runtime.disconnect();
  }
}
