/** A URN reads `urn:pulumi:stack::project::parentType$type::name`; only the name may contain `::` itself. */
export function typeOfUrn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
