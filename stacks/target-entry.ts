import { z } from "zod";
import type { Target } from "../components/model/target.ts";
import type { Neighbours } from "../components/targets/docker/neighbours.ts";
import type { Images } from "./images.ts";

/** A target, as a stack has it. */
export interface Made {
  readonly name: string;
  readonly target: Target;
  /** What the stack tells of the cluster that was made for it, if one was. */
  readonly cluster?: Readonly<Record<string, unknown>>;
}

/** What a target takes from a stack, and how it is made of it. */
export interface TargetEntry<Shape extends z.ZodRawShape> {
  readonly settings: Shape;
  /** How a stack says where a folder is that somebody else fills. */
  readonly folder: z.ZodType;
  /** Makes it; its name is the given one unless its settings have another. */
  readonly make: (
    name: string,
    settings: z.output<z.ZodObject<Shape>>,
    images: Images,
    neighbours: Neighbours,
  ) => Promise<Made> | Made;
  /** Asks what other stacks are promised already where it is, on targets that don't keep track of that themselves. */
  readonly neighbours?: (name: string, settings: z.output<z.ZodObject<Shape>>) => Promise<Neighbours>;
}

/** Type-checks an entry against its own settings. */
export const entry = <Shape extends z.ZodRawShape>(of: TargetEntry<Shape>): TargetEntry<Shape> => of;

/** Folders, by names that are checked where the platform is known. */
export const foldersOf = <Folder extends z.ZodType>(folder: Folder) =>
  z.record(z.string(), folder).optional();

/** Name of a target, which begins the names of all that it makes. */
export const prefix = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: "small letters, digits and dashes, 31 at most" })
  .optional()
  .describe("begins the names of all that is made; the platform's if it is left out");

/** The settings of a target, with the folders that a platform reads. */
export function targetSettings(
  { settings, folder }: TargetEntry<z.ZodRawShape>,
  folders: readonly string[],
): z.ZodRawShape {
  const known = Object.fromEntries(folders.map((name) => [name, folder.optional()]));
  const filled = z.strictObject(known).optional().describe("folders that somebody else fills");
  return { ...settings, folders: filled };
}

/** An object without the keys whose value is undefined, which mean "the default" here. */
export function defined<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
