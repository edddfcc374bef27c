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
import { checkSettings, settingsOf } from "./settings.ts";
import { statusOf } from "./status.ts";
import { typeOfUrn } from "./urn.ts";
import { readMarkedStruct, readStruct, withSecrets, writeStruct } from "./wire.ts";

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
    const type = typeOfUrn(urn);
    const resource = provider.resources[type] ?? provider.otherResource?.(type);
    if (resource) return resource;
    throw new Error(
      `the embedded ${provider.name} plugin has no resource of type '${type}', only ${Object.keys(provider.resources).join(", ")}`,
    );
  };

  const read = provider.marksSecrets ? readMarkedStruct : readStruct;

  const context = (urn: string, signal: AbortSignal, timeoutSeconds = 0): Context => ({
    urn,
    configuration,
    signal,
    timeoutSeconds,
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
        const limit = seconds(request, resource.timeouts);
        return running.run(resource.keepsTime ? 0 : limit, (signal) =>
          handle(request, resource, context(request.getUrn(), signal, limit)),
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
    diffConfig: call(async (request) => {
      if (!provider.diffSettings) return new messages.DiffResponse();
      const [old, settings] = [readStruct(request.getOlds()), readStruct(request.getNews())];
      return diffResponse(provider.diffSettings(old, settings));
    }),
    configure: call(async (request) => {
      configuration = await provider.configure(settingsOf(provider, request));
      return new messages.ConfigureResponse()
        .setAcceptsecrets(provider.marksSecrets ?? false)
        .setSupportspreview(true)
        .setAcceptresources(true)
        .setSupportsAutonamingConfiguration(true);
    }),

    invoke: call((request) =>
      running.run(0, (signal) => invoke(provider, request, context(request.getTok(), signal))),
    ),

    check: resourceCall(async (request, resource, about) =>
      checkResponse(await resource.check(checkRequest(request, read), about), resource.properties),
    ),
    diff: resourceCall(async (request, resource, about) =>
      diffResponse(await resource.diff(diffRequest(request, read), about)),
    ),
    create: resourceCall(
      async (request, resource, about) => {
        const inputs = read(request.getProperties());
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
        const known = read(request.getProperties());
        const isRefresh = Object.keys(known).length > 0;
        const found = await resource.read(
          {
            id: request.getId(),
            outputs: isRefresh ? known : undefined,
            inputs: isRefresh ? read(request.getInputs()) : undefined,
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
          inputs: read(request.getNews()),
          oldInputs: read(request.getOldInputs()),
          outputs: read(request.getOlds()),
          ignoreChanges: request.getIgnorechangesList(),
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
        const inputs = request.hasOldInputs() ? read(request.getOldInputs()) : undefined;
        await resource.delete({ id: request.getId(), inputs, outputs: read(request.getProperties()) }, about);
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
