import * as grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { EngineLog } from "./engine-log.ts";
import { invoke } from "./functions.ts";
import { checkRequest, diffRequest } from "./requests.ts";
import type { Context, Provider, Resource, Timeouts } from "./resource.ts";
import { checkResponse, diffResponse } from "./responses.ts";
import { Running } from "./running.ts";
import { packageSchema } from "./schema.ts";
import { checkSettings, decodeSettings } from "./settings.ts";
import { statusOf } from "./status.ts";
import { typeOfUrn } from "./urn.ts";
import { readStruct, withSecrets, writeStruct } from "./wire.ts";

type Answered =
  | "attach"
  | "cancel"
  | "check"
  | "checkConfig"
  | "configure"
  | "create"
  | "delete"
  | "diff"
  | "diffConfig"
  | "getPluginInfo"
  | "getSchema"
  | "invoke"
  | "read"
  | "update";

/**
 * Pulumi's `ResourceProvider` service for a provider. Methods that are not here answer "unimplemented", as those of the official
 * plugins do: components, parameters, and `Handshake`.
 */
export function service(provider: Provider, log: EngineLog): Pick<IResourceProviderServer, Answered> {
  const running = new Running();
  let configuration: unknown;

  const resourceOf = (urn: string): Resource => {
    const resource = provider.resources[typeOfUrn(urn)];
    if (resource) return resource;
    throw new Error(
      `the embedded ${provider.name} plugin has no resource of type '${typeOfUrn(urn)}', only ${Object.keys(provider.resources).join(", ")}`,
    );
  };

  const context = (urn: string, signal: AbortSignal): Context => ({
    urn,
    configuration,
    signal,
    log: log.of(urn),
  });

  /** Answers a call about one resource. */
  function resourceCall<Request extends { getUrn(): string }, Response>(
    handle: (request: Request, resource: Resource, context: Context) => Promise<Response>,
    seconds: (request: Request, timeouts: Timeouts | undefined) => number = () => 0,
  ): grpc.handleUnaryCall<Request, Response> {
    return ({ request }, callback) => {
      const answer = async (): Promise<Response> => {
        const resource = resourceOf(request.getUrn());
        return running.run(seconds(request, resource.timeouts), (signal) =>
          handle(request, resource, context(request.getUrn(), signal)),
        );
      };
      answer().then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback(statusOf(error, provider.resources[typeOfUrn(request.getUrn())]?.properties)),
      );
    };
  }

  return {
    getPluginInfo: call(async () => new plugin.PluginInfo().setVersion(provider.version)),
    getSchema: call(async () =>
      new messages.GetSchemaResponse().setSchema(JSON.stringify(packageSchema(provider))),
    ),
    attach: call(async (request) => {
      log.attach(request.getAddress());
      return new empty.Empty();
    }),
    cancel: call(async () => {
      running.cancel();
      return new empty.Empty();
    }),

    checkConfig: call(async (request) =>
      checkResponse(
        checkSettings(provider, request.getUrn(), readStruct(request.getNews())),
        provider.settings,
      ),
    ),
    diffConfig: call(async () => new messages.DiffResponse()),
    configure: call(async (request) => {
      configuration = await provider.configure(decodeSettings(provider, readStruct(request.getArgs())));
      return new messages.ConfigureResponse()
        .setSupportspreview(true)
        .setAcceptresources(true)
        .setSupportsAutonamingConfiguration(true);
    }),

    invoke: call((request) =>
      running.run(0, (signal) => invoke(provider, request, context(request.getTok(), signal))),
    ),

    check: resourceCall(async (request, resource, about) =>
      checkResponse(await resource.check(checkRequest(request), about), resource.properties),
    ),
    diff: resourceCall(async (request, resource, about) =>
      diffResponse(await resource.diff(diffRequest(request), about)),
    ),
    create: resourceCall(
      async (request, resource, about) => {
        const inputs = readStruct(request.getProperties());
        if (request.getPreview()) {
          const planned = await resource.previewCreate({ inputs }, about);
          return new messages.CreateResponse().setProperties(
            writeStruct(withSecrets(planned, resource.properties)),
          );
        }
        const { id, outputs } = await resource.create({ inputs }, about);
        return new messages.CreateResponse()
          .setId(id)
          .setProperties(writeStruct(withSecrets(outputs, resource.properties)));
      },
      (request, timeouts) => request.getTimeout() || (timeouts?.create ?? 0),
    ),
    read: resourceCall(
      async (request, resource, about) => {
        const known = readStruct(request.getProperties());
        const isRefresh = Object.keys(known).length > 0;
        const found = await resource.read(
          {
            id: request.getId(),
            outputs: isRefresh ? known : undefined,
            inputs: isRefresh ? readStruct(request.getInputs()) : undefined,
          },
          about,
        );
        if (!found) return new messages.ReadResponse();
        return new messages.ReadResponse()
          .setId(found.id)
          .setInputs(writeStruct(withSecrets(found.inputs, resource.properties)))
          .setProperties(writeStruct(withSecrets(found.outputs, resource.properties)));
      },
      (request) => request.getTimeout(),
    ),
    update: resourceCall(
      async (request, resource, about) => {
        const change = {
          id: request.getId(),
          inputs: readStruct(request.getNews()),
          oldInputs: readStruct(request.getOldInputs()),
          outputs: readStruct(request.getOlds()),
        };
        const outputs = request.getPreview()
          ? await resource.previewUpdate(change, about)
          : await resource.update(change, about);
        return new messages.UpdateResponse().setProperties(
          writeStruct(withSecrets(outputs, resource.properties)),
        );
      },
      (request, timeouts) => request.getTimeout() || (timeouts?.update ?? 0),
    ),
    delete: resourceCall(
      async (request, resource, about) => {
        const inputs = request.hasOldInputs() ? readStruct(request.getOldInputs()) : undefined;
        await resource.delete(
          { id: request.getId(), inputs, outputs: readStruct(request.getProperties()) },
          about,
        );
        return new empty.Empty();
      },
      (request, timeouts) => request.getTimeout() || (timeouts?.delete ?? 0),
    ),
  };
}

/** Answers a call that is about no resource. */
function call<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    handle(request).then(
      (response) => callback(null, response),
      (error: unknown) => callback(statusOf(error, undefined)),
    );
  };
}
