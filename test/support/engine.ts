import * as pulumi from "@pulumi/pulumi";

/** One resource registration, as the engine would see it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, any>>;
  /** URNs that it waits for. */
  readonly dependencies: readonly string[];
  /** URNs that each of its properties was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  /** How long its making may take, as `90s`; empty where the provider decides. */
  readonly createTimeout: string;
}

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What stands in recorded inputs where a secret was. */
export const SECRET = "[secret]";

const secrets = new WeakMap<Registration, readonly string[]>();

/** The secrets of a registration, which its recorded inputs don't show. */
export function secretsOf(registration: Registration): readonly string[] {
  return secrets.get(registration) ?? [];
}

/** Outputs that the program reads, by resource type; any other resource answers with its inputs. */
const OUTPUTS: Readonly<Record<string, (name: string) => object>> = {
  "random:index/randomPassword:RandomPassword": (name) => ({ result: pulumi.secret(`generated-by-${name}`) }),
  "random:index/randomBytes:RandomBytes": (name) => ({ hex: pulumi.secret(`generated-by-${name}`) }),
  "random:index/randomId:RandomId": (name) => ({ b64Url: `id-of-${name}` }),
  "tls:index/privateKey:PrivateKey": (name) => ({ privateKeyPem: pulumi.secret(`generated-by-${name}`) }),
  "tls:index/certRequest:CertRequest": (name) => ({ certRequestPem: `request-of-${name}` }),
  "tls:index/selfSignedCert:SelfSignedCert": (name) => ({ certPem: `certificate-of-${name}` }),
  "tls:index/locallySignedCert:LocallySignedCert": (name) => ({ certPem: `certificate-of-${name}` }),
  "docker:index/container:Container": () => ({ exitCode: 0, containerLogs: "" }),
};

/** What a recording engine is told. */
export interface EngineArgs {
  /** Previews only: nothing has an id yet. */
  readonly preview?: boolean;
  /** Outputs that the program reads beside inputs, by resource type; they are laid over what is known of the type. */
  readonly outputs?: Readonly<Record<string, (name: string) => object>>;
  /** Answers to what the program asks, by the function's token. */
  readonly answers?: Readonly<Record<string, object>>;
}

/** Runs `program` against a recording engine and returns what it registered, in the order of type and name. */
export async function deploy(
  program: () => unknown,
  { preview = false, outputs = {}, answers = {} }: EngineArgs = {},
): Promise<Registration[]> {
  const recorded: Registration[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => answers[token] ?? { logsListStrings: [] },
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { name, ...inputs, ...OUTPUTS[type]?.(name), ...outputs[type]?.(name) },
      }),
    },
    "keelson",
    "test",
    preview,
  );
  const monitor = pulumi.runtime.getMonitor() as any;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: any, callback: any) => {
    const properties: [string, any][] = [...request.getPropertydependenciesMap().entries()];
    const index = recorded.push(undefined as never) - 1;
    return register(request, (error: unknown, response: any) => {
      const hidden: string[] = [];
      const registration: Registration = {
        type: request.getType(),
        name: request.getName(),
        urn: response?.getUrn(),
        inputs: redact(request.getObject().toJavaScript(), hidden) as Record<string, unknown>,
        dependencies: request.getDependenciesList(),
        propertyDependencies: Object.fromEntries(properties.map(([key, urns]) => [key, urns.getUrnsList()])),
        protect: request.getProtect(),
        retainOnDelete: request.getRetainondelete(),
        deleteBeforeReplace: request.getDeletebeforereplace(),
        createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
      };
      recorded[index] = registration;
      secrets.set(registration, hidden);
      callback(error, response);
    });
  };
  try {
    await program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return recorded
    .filter(Boolean)
    .toSorted((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`));
}

/** Replaces each secret, and puts it onto a list. */
function redact(value: unknown, hidden: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => redact(each, hidden));
  if (value === null || typeof value !== "object") return value;
  if (SECRET_SIGNATURE in value) {
    hidden.push(JSON.stringify(value));
    return SECRET;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redact(inner, hidden)]));
}
