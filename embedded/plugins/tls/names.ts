import { isIP } from "node:net";
import {
  AttributeTypeAndValue,
  AttributeValue,
  GeneralName,
  Name,
  RelativeDistinguishedName,
} from "@peculiar/asn1-x509";
import type { InputsOf } from "../provider/property.ts";
import type { selfSignedCertProperties } from "./properties.ts";

type Inputs = InputsOf<typeof selfSignedCertProperties>;
type Subject = NonNullable<Inputs["subject"]>;

/** The parts of a distinguished name in the order in which Go writes them, by object identifier (RFC 4519; RFC 2985). */
const parts: readonly (readonly [identifier: string, name: keyof Subject])[] = [
  ["2.5.4.6", "country"],
  ["2.5.4.10", "organization"],
  ["2.5.4.11", "organizationalUnit"],
  ["2.5.4.7", "locality"],
  ["2.5.4.8", "province"],
  ["2.5.4.9", "streetAddresses"],
  ["2.5.4.17", "postalCode"],
  ["2.5.4.3", "commonName"],
  ["2.5.4.5", "serialNumber"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
];

export function distinguishedName(subject: Subject = {}): Name {
  const relative = parts.flatMap(([type, name]) => {
    const value = subject[name];
    const texts: readonly string[] = typeof value === "string" ? [value] : (value ?? []);
    if (texts.length === 0) return [];
    return [
      new RelativeDistinguishedName(
        texts.map((text) => new AttributeTypeAndValue({ type, value: attributeValue(name, text) })),
      ),
    ];
  });
  return new Name(relative);
}

function attributeValue(name: keyof Subject, text: string): AttributeValue {
  if (name === "emailAddress") return new AttributeValue({ ia5String: text });
  const isPrintable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
  return new AttributeValue(isPrintable ? { printableString: text } : { utf8String: text });
}

/** The names that a certificate is valid for. */
export function alternativeNames({
  dnsNames = [],
  ipAddresses = [],
  uris = [],
}: Pick<Inputs, "dnsNames" | "ipAddresses" | "uris">): readonly GeneralName[] {
  return [
    ...dnsNames.map((dNSName) => new GeneralName({ dNSName })),
    ...ipAddresses.map((iPAddress) => {
      if (isIP(iPAddress) === 0)
        throw new Error(`'${iPAddress}' is not an IP address: write one such as 10.0.0.1 or fd00::1`);
      return new GeneralName({ iPAddress });
    }),
    ...uris.map((uniformResourceIdentifier) => {
      if (!URL.canParse(uniformResourceIdentifier))
        throw new Error(
          `'${uniformResourceIdentifier}' is not a URI: write one such as spiffe://example.org/web`,
        );
      return new GeneralName({ uniformResourceIdentifier });
    }),
  ];
}
