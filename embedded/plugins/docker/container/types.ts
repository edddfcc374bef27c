import type { InputsOf, OutputsOf } from "../../provider/property.ts";
import type { containerProperties } from "../properties.ts";

export type ContainerInputs = InputsOf<typeof containerProperties>;
export type ContainerOutputs = OutputsOf<typeof containerProperties>;

type Element<List> = List extends readonly (infer One)[] ? One : never;
/** One element of a property that is a list or set: `ElementOf<"mounts">` is a mount. */
export type ElementOf<Name extends keyof ContainerInputs> = Element<NonNullable<ContainerInputs[Name]>>;
