import {
  anyExtendedKeyUsage,
  id_kp_clientAuth,
  id_kp_codeSigning,
  id_kp_emailProtection,
  id_kp_OCSPSigning,
  id_kp_serverAuth,
  id_kp_timeStamping,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";

/** What a certificate may be used for: a flag of the key usage, or the identifier of an extended one (RFC 5280, 4.2.1.3 and .12). */
export type Usage = { readonly flag: KeyUsageFlags } | { readonly purpose: string };

export const usages: Readonly<Record<string, Usage>> = {
  digital_signature: { flag: KeyUsageFlags.digitalSignature },
  content_commitment: { flag: KeyUsageFlags.nonRepudiation },
  key_encipherment: { flag: KeyUsageFlags.keyEncipherment },
  data_encipherment: { flag: KeyUsageFlags.dataEncipherment },
  key_agreement: { flag: KeyUsageFlags.keyAgreement },
  cert_signing: { flag: KeyUsageFlags.keyCertSign },
  crl_signing: { flag: KeyUsageFlags.cRLSign },
  encipher_only: { flag: KeyUsageFlags.encipherOnly },
  decipher_only: { flag: KeyUsageFlags.decipherOnly },
  any_extended: { purpose: anyExtendedKeyUsage },
  server_auth: { purpose: id_kp_serverAuth },
  client_auth: { purpose: id_kp_clientAuth },
  code_signing: { purpose: id_kp_codeSigning },
  email_protection: { purpose: id_kp_emailProtection },
  ipsec_end_system: { purpose: "1.3.6.1.5.5.7.3.5" },
  ipsec_tunnel: { purpose: "1.3.6.1.5.5.7.3.6" },
  ipsec_user: { purpose: "1.3.6.1.5.5.7.3.7" },
  timestamping: { purpose: id_kp_timeStamping },
  ocsp_signing: { purpose: id_kp_OCSPSigning },
  microsoft_server_gated_crypto: { purpose: "1.3.6.1.4.1.311.10.3.3" },
  netscape_server_gated_crypto: { purpose: "2.16.840.1.113730.4.1" },
  microsoft_commercial_code_signing: { purpose: "1.3.6.1.4.1.311.2.1.22" },
  microsoft_kernel_code_signing: { purpose: "1.3.6.1.4.1.311.61.1.1" },
};
