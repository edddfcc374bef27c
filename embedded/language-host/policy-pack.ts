import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, { type AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { maximumMessageBytes, unary } from "./grpc.ts";

const channelOptions = {
  "grpc.max_receive_message_length": maximumMessageBytes,
  "grpc.max_send_message_length": maximumMessageBytes,
};

/** A promise that is settled from outside. */
class Deferred<Value> {
  resolve!: (value: Value) => void;
  reject!: (reason: unknown) => void;
  readonly promise = new Promise<Value>((resolve, reject) => Object.assign(this, { resolve, reject }));
}

const { handshake, configureStack, ...otherCalls } = rpc.AnalyzerService;

/**
 * Answers the engine in the place of a policy pack until the pack runs, then hands every call on to it: the engine says which stack it is
 * about only to a pack that answers already, and a pack wants to be told before it starts.
 */
export class PolicyPackProxy {
  readonly #server = new grpc.Server(channelOptions);
  readonly #stack = new Deferred<AnalyzerStackConfigureRequest | undefined>();
  readonly #pack = new Deferred<grpc.Client>();

  constructor() {
    // A pack that does not come up fails the calls that wait for it; without any, it is nobody's error.
    this.#pack.promise.catch(() => undefined);
    this.#server.addService(
      { handshake, configureStack },
      {
        handshake: unary(() => new analyzer.AnalyzerHandshakeResponse()),
        configureStack: unary((request: AnalyzerStackConfigureRequest) => {
          this.#stack.resolve(request);
          return new analyzer.AnalyzerStackConfigureResponse();
        }),
      },
    );
    const methods = Object.entries(otherCalls as grpc.ServiceDefinition);
    this.#server.addService(
      Object.fromEntries(methods.map(([name, method]) => [name, asBytes(method)])),
      Object.fromEntries(methods.map(([name, method]) => [name, this.#relay(method.path)])),
    );
  }

  /** Starts to answer. @returns the port */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** Waits until the engine has said which stack it is about, and answers the variables by which a policy pack learns of it. */
  async stackVariables(): Promise<Record<string, string>> {
    const stack = await this.#stack.promise;
    if (!stack) return {};
    return {
      PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
      PULUMI_NODEJS_PROJECT: stack.getProject(),
      PULUMI_NODEJS_STACK: stack.getStack(),
      PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().getEntryList())),
    };
  }

  /** Hands calls on to the pack that `child` runs: it prints its port on a line; all other lines are for the user. */
  attach(child: ChildProcess, output: (line: string) => void): void {
    if (!child.stdout) throw new Error("the policy pack's output is not piped");
    let connected = false;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (connected || !/^\d+$/.test(line)) return output(`${line}\n`);
      connected = true;
      this.#connect(line).then(this.#pack.resolve, this.#pack.reject);
    });
    child.once("close", () => this.#pack.reject(new Error("the policy pack ended before it could be asked")));
    child.once("error", this.#pack.reject);
  }

  /** Stops answering; who still waits for the stack learns of none. */
  close(): void {
    this.#stack.resolve(undefined);
    this.#server.forceShutdown();
    this.#pack.promise.then(
      (pack) => pack.close(),
      () => undefined,
    );
  }

  async #connect(port: string): Promise<grpc.Client> {
    const pack = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), channelOptions);
    const stack = await this.#stack.promise;
    if (stack) await tell(pack, stack);
    return pack;
  }

  #relay(path: string): grpc.handleUnaryCall<Buffer, Buffer> {
    return (call, done) => {
      // A call before the stack was said means that it will not be: `pulumi policy publish` asks for the rules only.
      this.#stack.resolve(undefined);
      this.#pack.promise.then(
        (pack) => pack.makeUnaryRequest(path, same, same, call.request, call.metadata, done),
        (error: unknown) => done({ code: grpc.status.UNAVAILABLE, details: String(error) }),
      );
    };
  }
}

/** Tells a pack of the stack; those made before that call existed do not know it. */
function tell(pack: grpc.Client, stack: AnalyzerStackConfigureRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = configureStack;
    pack.makeUnaryRequest(path, requestSerialize, responseDeserialize, stack, (error) =>
      error && error.code !== grpc.status.UNIMPLEMENTED ? reject(error) : resolve(),
    );
  });
}

/** The same call, with its messages left as they are. */
function asBytes(method: grpc.MethodDefinition<unknown, unknown>): grpc.MethodDefinition<Buffer, Buffer> {
  return {
    ...method,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

function same(message: Buffer): Buffer {
  return message;
}
