import { once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import { afterEach, describe, expect, it } from "vitest";
import { bridged } from "../../../../embedded/plugins/provider/bridge/bridged.ts";
import { EngineLog } from "../../../../embedded/plugins/provider/engine-log.ts";
import type { Properties } from "../../../../embedded/plugins/provider/property.ts";
import {
  InitializationError,
  type Context,
  type Definition,
  type Provider,
} from "../../../../embedded/plugins/provider/resource.ts";
import { service } from "../../../../embedded/plugins/provider/service.ts";
import { ask, connect, methods, type Client } from "../../../support/plugin-client.ts";

const properties = {
  size: { type: "integer", required: true },
  token: { type: "string", secret: true },
  address: { type: "string", output: true },
} as const satisfies Properties;

const urn = "urn:pulumi:test::keelson::keelson:parent$box:index/box:Box::one";
const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

describe("the service of a provider", () => {
  it("hands plain values to an operation and wraps what its table calls secret", async () => {
    let given: unknown;
    const client = await serving({
      async create({ inputs }) {
        given = inputs;
        return { id: "1", outputs: { ...inputs, address: "here" } };
      },
    });
    const made = await create(client, { size: 3, token: secret("t0k3n") });
    expect(given).toEqual({ size: 3, token: "t0k3n" });
    expect(made.getProperties()?.toJavaScript()).toEqual({
      id: "1",
      size: 3,
      token: secret("t0k3n"),
      address: "here",
    });
  });

  it("answers a preview from the table, without an operation", async () => {
    const client = await serving({ create: () => Promise.reject(new Error("not in a preview")) });
    const unknownNumber = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
    const planned = await create(client, { size: unknownNumber }, (request) => request.setPreview(true));
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(planned.getProperties()?.toJavaScript()).toEqual({
      id: unknown,
      size: unknown,
      token: null,
      address: unknown,
    });
  });

  it("keeps a resource that did not come up as it was planned, and says why", async () => {
    const client = await serving({
      create: () => Promise.reject(new InitializationError("it is not healthy", { id: "1", outputs: {} })),
    });
    const error = await failure(create(client, { size: 3 }));
    expect(error.details).toBe(`creating ${urn}: it is not healthy`);
    const [details] = error.metadata.get("grpc-status-details-bin");
    const [detail] = status.Status.deserializeBinary(Buffer.from(details ?? "")).getDetailsList();
    expect(detail).toBeInstanceOf(any.Any);
    const failed = detail?.unpack(
      (bytes) => messages.ErrorResourceInitFailed.deserializeBinary(bytes),
      "pulumirpc.ErrorResourceInitFailed",
    );
    expect(failed?.toObject()).toMatchObject({ id: "1", reasonsList: [error.details] });
    expect(failed?.getProperties()?.toJavaScript()).toEqual({ id: "1", size: 3, token: null, address: null });
  });

  it("stops an operation that takes longer than the program allows", async () => {
    const client = await serving({ create: (_, context) => untilAborted(context) });
    const error = await failure(create(client, { size: 3 }, (request) => request.setTimeout(0.05)));
    expect(error.details).toBe("timed out after 0.05 seconds");
  });

  it("stops what is under way when the user cancels", async () => {
    let started = (): void => {};
    const begun = new Promise<void>((resolve) => (started = resolve));
    const client = await serving({
      create(_, context) {
        started();
        return untilAborted(context);
      },
    });
    const creation = failure(create(client, { size: 3 }));
    await begun;
    await ask(client, methods.cancel, new empty.Empty());
    expect((await creation).details).toBe("canceled");
  });

  it("names the resources that it has when asked for another", async () => {
    const client = await serving({ create: () => Promise.reject(new Error("never")) });
    const request = new messages.CheckRequest().setUrn("urn:pulumi:test::keelson::box:index/bag:Bag::one");
    const error = await failure(ask(client, methods.check, request));
    expect(error.details).toBe(
      "the embedded box plugin has no resource of type 'box:index/bag:Bag', only box:index/box:Box",
    );
  });

  it("leaves components and handshakes unanswered, as the official plugins do", async () => {
    const client = await serving({ create: () => Promise.reject(new Error("never")) });
    const error = await failure(ask(client, methods.construct, new messages.ConstructRequest()));
    expect(error.code).toBe(grpc.status.UNIMPLEMENTED);
  });

  it("shows what an operation logs beside its resource", async () => {
    const lines: LogRequest.AsObject[] = [];
    const log = new EngineLog(await engine((line) => lines.push(line)));
    const client = await serving(
      {
        async create({ inputs }, context) {
          context.log("warning", "slow disk", { status: true });
          return { id: "1", outputs: inputs };
        },
      },
      log,
    );
    await create(client, { size: 3 });
    await expect
      .poll(() => lines)
      .toMatchObject([{ message: "slow disk", urn, ephemeral: true, severity: 2 }]);
  });
});

async function serving(
  operations: Pick<Definition<typeof properties>, "create">,
  log = new EngineLog(undefined),
): Promise<Client> {
  const provider: Provider = {
    name: "box",
    version: "1.0.0",
    resources: { "box:index/box:Box": bridged({ properties, ...operations }) },
    configure: () => undefined,
  };
  const client = connect(
    await listening((server) => {
      server.addService(services.ResourceProviderService, { ...service(provider, log) });
    }),
  );
  cleanups.push(() => client.close());
  return client;
}

/** An engine that only takes log lines. */
async function engine(receive: (line: LogRequest.AsObject) => void): Promise<string> {
  const port = await listening((server) => {
    server.addService(engineServices.EngineService, {
      log: (({ request }, callback) => {
        receive(request.toObject());
        callback(null, new empty.Empty());
      }) as grpc.handleUnaryCall<LogRequest, InstanceType<typeof empty.Empty>>,
    });
  });
  return `127.0.0.1:${port}`;
}

async function listening(register: (server: grpc.Server) => void): Promise<string> {
  const server = new grpc.Server();
  register(server);
  cleanups.push(() => server.forceShutdown());
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(String(port)),
    );
  });
}

function create(
  client: Client,
  inputs: object,
  adjust: (request: InstanceType<typeof messages.CreateRequest>) => unknown = () => {},
): Promise<InstanceType<typeof messages.CreateResponse>> {
  const request = new messages.CreateRequest()
    .setUrn(urn)
    .setProperties(struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(inputs))));
  adjust(request);
  return ask(client, methods.create, request);
}

async function failure(call: Promise<unknown>): Promise<grpc.ServiceError> {
  return call.then(
    () => Promise.reject(new Error("the call succeeded")),
    (error: grpc.ServiceError) => error,
  );
}

async function untilAborted({ signal }: Context): Promise<never> {
  await once(signal, "abort");
  throw signal.reason;
}
