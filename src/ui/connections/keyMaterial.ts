import { createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../../base/assert';

/** What is in a file with a certificate or a key. */
export type Material =
  | {
      readonly kind: 'pem';
      readonly hasCertificate: boolean;
      readonly hasKey: boolean;
      readonly isLocked: boolean;
    }
  | { readonly kind: 'pkcs12'; readonly isLocked: boolean }
  | { readonly kind: 'unknown' };

export function materialOf(content: Uint8Array): Material {
  const text = Buffer.from(content).toString('latin1');
  if (text.includes('-----BEGIN ')) {
    return {
      kind: 'pem',
      hasCertificate: /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text),
      hasKey: /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text),
      isLocked: /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text),
    };
  }
  if (!isPkcs12(content)) return { kind: 'unknown' };
  return { kind: 'pkcs12', isLocked: failureOf(content, undefined) !== undefined };
}

/** A sequence that begins with the version, 3 (RFC 7292 §4); certificates and keys begin otherwise. */
function isPkcs12(content: Uint8Array): boolean {
  const [tag, length = 0] = content;
  const start = length > 0x80 ? 2 + (length & 0x7f) : 2;
  return tag === 0x30 && [0x02, 0x01, 0x03].every((byte, at) => content[start + at] === byte);
}

export function needsPassphrase(material: Material): boolean {
  return material.kind !== 'unknown' && material.isLocked;
}

/** Why a passphrase doesn't open a locked key: it is wrong, or the cause that OpenSSL gives. */
export function problemOfPassphrase(
  content: Uint8Array,
  passphrase: string,
): 'wrong' | { readonly cause: string } | undefined {
  const failure = failureOf(content, passphrase);
  if (failure === undefined) return undefined;
  return isWrongPassphrase(failure) ? 'wrong' : { cause: failure };
}

function failureOf(content: Uint8Array, passphrase: string | undefined): string | undefined {
  const bytes = Buffer.from(content);
  try {
    if (bytes.includes('-----BEGIN ')) createPrivateKey({ key: bytes, passphrase });
    else createSecureContext({ pfx: bytes, passphrase });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** There is no better sign than the texts, of Node's OpenSSL and of VS Code's BoringSSL. */
function isWrongPassphrase(failure: string): boolean {
  return /mac verify|bad.decrypt|(bad|incorrect).password|interrupted or cancelled/i.test(failure);
}
