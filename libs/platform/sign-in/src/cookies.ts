import type { Request, Response } from 'express';

/** First value of a cookie of the request. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export interface CookieRules {
  readonly path: string;
  readonly sameSite: 'Strict' | 'Lax';
  readonly secure: boolean;
  /** Seconds; 0 removes the cookie; absent: until the browser closes. */
  readonly maxAge?: number;
}

/** Sets a cookie that scripts cannot read. Values are base64url, so nothing needs escaping. */
export function setCookie(response: Response, name: string, value: string, rules: CookieRules): void {
  const parts = [`${name}=${value}`, `Path=${rules.path}`, 'HttpOnly', `SameSite=${rules.sameSite}`];
  if (rules.secure) parts.push('Secure');
  if (rules.maxAge !== undefined) parts.push(`Max-Age=${rules.maxAge}`);
  response.append('Set-Cookie', parts.join('; '));
}
