import { z } from "zod";
import type { Target } from "../components/model/target.ts";
import { Docker } from "../components/targets/docker/docker.ts";
import type { Images } from "./images.ts";
import { flag, oneOf, port, whole } from "./settings.ts";

/** What a target takes from a stack, and how it is made of it. */
interface TargetEntry<Shape extends z.ZodRawShape> {
  readonly settings: Shape;
  /** Makes it; its name is the given one unless its settings have another. */
  readonly make: (
    name: string,
    settings: z.output<z.ZodObject<Shape>>,
    images: Images,
  ) => { name: string; target: Target };
}

const entry = <Shape extends z.ZodRawShape>(of: TargetEntry<Shape>): TargetEntry<Shape> => of;

const machine = z.strictObject({
  cpus: whole(1, 1024),
  memoryGiB: whole(1, 16384),
  storageGiB: whole(1, 1048576),
});

/** Every target, by the name that a stack gives. */
export const targets = {
  docker: entry({
    settings: {
      name: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: "small letters, digits and dashes, 31 at most" })
        .optional(),
      host: z
        .string()
        .regex(/^(ssh|unix|tcp):\/\//, { error: "ssh://user@host, unix:///path or tcp://host:port" })
        .optional(),
      machine: machine.optional(),
      httpPort: port.optional(),
      httpsPort: port.optional(),
      tls: oneOf(["off", "internal", "acme"]).optional(),
      publish: z.record(z.string(), z.record(z.string(), port)).optional(),
      subnets: z
        .string()
        .regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, { error: 'address/length, as in "10.128.0.0/9"' })
        .optional(),
      destroyData: flag.optional(),
    },
    make: (fallback, { name = fallback, ...settings }, images) => ({
      name,
      target: new Docker(name, {
        ...defined(settings),
        images: { tools: images["busybox"]!, proxy: images["caddy"]! },
      }),
    }),
  }),
} as const;

/** Name of a target. */
export type TargetName = keyof typeof targets;

/** An object without the keys whose value is undefined, which mean "the default" here. */
export function defined<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
