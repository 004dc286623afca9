// An identity provider on 127.0.0.1 that speaks OpenID Connect: a page with one button for each person.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

const client = 'plenum';
const secret = 'secret of the client';
const base64 = (value) => Buffer.from(value).toString('base64url');

/** Starts a provider that knows `people`, by their names: {name: claims}. */
export async function provider(t, people) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    const json = (status, value) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/.well-known/openid-configuration') {
      return json(200, {
        issuer,
        authorization_endpoint: `${issuer}/enter`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    }
    if (pathname === '/keys') {
      return json(200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }],
      });
    }
    if (pathname === '/enter') {
      const back = new URL(searchParams.get('redirect_uri'));
      const links = [...Object.keys(people), 'nobody'].map((name) => {
        const to = new URL(back);
        const code = randomUUID();
        codes.set(code, { name, ask: searchParams });
        to.searchParams.set('state', searchParams.get('state'));
        if (name === 'nobody') to.searchParams.set('error', 'access_denied');
        else to.searchParams.set('code', code);
        return `<p><a href="${to.href.replaceAll('&', '&amp;')}">I am ${name}</a>`;
      });
      response.writeHead(200, { 'Content-Type': 'text/html' });
      return response.end(`<!doctype html><title>Provider</title>${links.join('')}`);
    }
    if (pathname !== '/token') return json(404, {});
    let body = '';
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    const grant = codes.get(form.get('code'));
    codes.delete(form.get('code'));
    const made = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const known = Buffer.from(`${client}:${encodeURIComponent(secret).replaceAll('%20', '+')}`).toString(
      'base64',
    );
    if (request.headers.authorization !== `Basic ${known}`) return json(401, { error: 'invalid_client' });
    if (!grant || made !== grant.ask.get('code_challenge')) return json(400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: client,
      iat: now,
      exp: now + 60,
      nonce: grant.ask.get('nonce'),
      ...people[grant.name],
    };
    const head = `${base64(JSON.stringify({ alg: 'RS256', kid: '1' }))}.${base64(JSON.stringify(claims))}`;
    const token = `${head}.${base64(sign('sha256', Buffer.from(head), privateKey))}`;
    return json(200, { access_token: randomUUID(), token_type: 'Bearer', id_token: token });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  t.after(() => new Promise((done) => server.close(done).closeAllConnections()));
  return {
    env: {
      PLENUM_OIDC_ISSUER: issuer,
      PLENUM_OIDC_CLIENT: client,
      PLENUM_OIDC_SECRET: secret,
      PLENUM_OIDC_NAME: 'Example University',
    },
  };
}
